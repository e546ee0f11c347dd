import type { Worker } from "../cluster";
import type { Finding, Subject } from "./finding";

/** Asks each group of a definition; what is found is told at the group's own keys. */
export function ofEachWorker({ definition }: Subject, check: (worker: Worker) => readonly Finding[]): Finding[] {
  return definition.tfvars.workers.flatMap((worker, index) => {
    const path = ["tfvars", "workers", index];
    return check(worker).map((finding) => ({
      ...finding,
      path: [...path, ...finding.path],
      given: (finding.given ?? []).map((other) => (other[0] === "tfvars" ? other : [...path, ...other])),
    }));
  });
}
