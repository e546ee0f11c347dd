import type { Worker } from "../cluster";
import type { Check, Finding, Subject } from "./finding";

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

/** A rule about one group. */
export type WorkerRule = (worker: Worker, subject: Subject) => Finding[];

/** Asks several rules of each group. */
export function eachWorker(rules: readonly WorkerRule[]): Check {
  return (subject) => ofEachWorker(subject, (worker) => rules.flatMap((rule) => rule(worker, subject)));
}
