import { setUpLines } from "../model/set-up";

type Yaml = Readonly<Record<string, unknown>>;

/** Keys that generated jobs have. A key that the reader does not understand may change what a job does. */
const JOB = [
  ...["after_script", "artifacts", "environment", "id_tokens", "image", "interruptible", "needs", "parallel"],
  ...["resource_group", "rules", "script", "stage", "tags", "timeout", "trigger", "variables"],
];
const ARTIFACTS = ["access", "expire_in", "paths", "reports", "when"];
const DEFAULT = ["before_script", "image", "retry"];

/** Returns what is in a job, or in the defaults of its file, that no generated file has: in words, for the list of its steps. */
export function surprisesIn(file: Yaml, job: Yaml): readonly string[] {
  const defaults = (file["default"] ?? {}) as Yaml;
  const artifacts = job["artifacts"] as Yaml | undefined;
  return [
    ...others("default", defaults, DEFAULT),
    ...different("before_script", defaults["before_script"], setUpLines()),
    ...others("job", job, JOB),
    ...(artifacts === undefined
      ? []
      : [...others("artifacts", artifacts, ARTIFACTS), ...different("access", artifacts["access"], "developer")]),
  ];
}

function others(what: string, map: Yaml, known: readonly string[]): string[] {
  return Object.keys(map)
    .filter((key) => !known.includes(key))
    .map((key) => `${what} has ${key}`);
}

function different(what: string, found: unknown, expected: unknown): string[] {
  return JSON.stringify(found) === JSON.stringify(expected) ? [] : [`${what} is ${JSON.stringify(found)}`];
}
