import type { Worker } from "../model/cluster";
import type { Subject } from "../model/subject";
import { eachItem } from "./each-item";
import type { Check, Finding } from "./finding";

const WORKERS = ["tfvars", "workers"] as const;

/** A rule about one worker group. Its paths begin at the group, or with `tfvars`. */
export type WorkerRule = (worker: Worker, subject: Subject) => readonly Finding[];

/** Returns a check that applies rules to each worker group. */
export function eachWorker(rules: readonly WorkerRule[]): Check {
  return (subject) =>
    eachItem(
      WORKERS,
      subject.definition.tfvars.workers,
      rules.map((rule) => (worker) => rule(worker, subject)),
    );
}

/** Applies one rule to each worker group. */
export function ofEachWorker({ definition }: Subject, rule: (worker: Worker) => readonly Finding[]): Finding[] {
  return eachItem(WORKERS, definition.tfvars.workers, [rule]);
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
