import type { Worker } from "../model/cluster";
import type { Subject } from "../model/subject";
import type { Check, Finding } from "./finding";

/** Asks each group of a definition; what is found is told at the group's own keys. */
export function ofEachWorker({ definition }: Subject, check: (worker: Worker) => readonly Finding[]): Finding[] {
  const found: Finding[] = [];
  definition.tfvars.workers.forEach((worker, index) => {
    for (const finding of check(worker)) {
      const path = ["tfvars", "workers", index];
      found.push({
        ...finding,
        path: [...path, ...finding.path],
        given: (finding.given ?? []).map((other) => (other[0] === "tfvars" ? other : [...path, ...other])),
      });
    }
  });
  return found;
}

/** A rule about one group. */
export type WorkerRule = (worker: Worker, subject: Subject) => Finding[];

/** Asks several rules of each group. */
export function eachWorker(rules: readonly WorkerRule[]): Check {
  return (subject) => ofEachWorker(subject, (worker) => rules.flatMap((rule) => rule(worker, subject)));
}

/** Whether another group uses what this one does not: then both may have it by the file's worker_defaults. */
export function usedByAnother<Key extends keyof Worker>(
  worker: Worker,
  { definition }: Subject,
  key: Key,
  uses: (other: Worker) => boolean,
): boolean {
  const value = JSON.stringify(worker[key]);
  return definition.tfvars.workers.some((other) => uses(other) && JSON.stringify(other[key]) === value);
}
