import type { Worker } from "../model/cluster";
import type { Subject } from "../model/subject";
import { namedTypes } from "../nodes/worker-kind";
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

/**
 * Returns a rule about each instance type that a group names. A type that is named twice is reported once.
 *
 * @param message what is wrong with a type of a group; undefined if nothing is
 */
export function eachNamedType(
  message: (type: string, worker: Worker) => string | undefined,
  severity?: "warning",
): WorkerRule {
  return (worker) => {
    const seen = new Set<string>();
    const rule = (type: string): Finding[] => {
      const wrong = seen.has(type) ? undefined : message(type, worker);
      seen.add(type);
      return wrong === undefined ? [] : [{ path: [], message: wrong, ...(severity && { severity }) }];
    };
    return eachItem(["instance_types"], namedTypes(worker), [rule]);
  };
}

/** True if another group uses this group's value: both can have it from the file's worker_defaults. */
export function usedByAnother<Key extends keyof Worker>(
  worker: Worker,
  { definition }: Subject,
  key: Key,
  uses: (other: Worker) => boolean,
): boolean {
  const value = JSON.stringify(worker[key]);
  return definition.tfvars.workers.some((other) => uses(other) && JSON.stringify(other[key]) === value);
}
