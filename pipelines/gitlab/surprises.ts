import { setUpLinesIn } from "../model/set-up";
import { different, others, type Yaml } from "../model/surprises";

/** Keys that generated jobs have. A key that the reader does not understand may change what a job does. */
const JOB = [
  ...["after_script", "artifacts", "environment", "id_tokens", "image", "interruptible", "needs", "parallel"],
  ...["resource_group", "rules", "script", "stage", "tags", "timeout", "trigger", "variables"],
];
const ARTIFACTS = ["access", "expire_in", "paths", "reports", "when"];
const DEFAULT = ["before_script", "image", "retry"];

/** Describes unexpected keys in a job or in the defaults of its file: keys that no generated file has. */
export function surprisesIn(file: Yaml, job: Yaml): readonly string[] {
  const defaults = (file["default"] ?? {}) as Yaml;
  const artifacts = job["artifacts"] as Yaml | undefined;
  return [
    ...others("default", defaults, DEFAULT),
    ...different("before_script", defaults["before_script"], setUpLinesIn(JSON.stringify(defaults))),
    ...others("job", job, JOB),
    ...(artifacts === undefined
      ? []
      : [...others("artifacts", artifacts, ARTIFACTS), ...different("access", artifacts["access"], "developer")]),
  ];
}

/** Describes unexpected keys in a job that starts a child pipeline. */
export function triggerSurprises(job: Yaml): readonly string[] {
  return [
    ...others("trigger job", job, ["inherit", "needs", "rules", "stage", "trigger"]),
    ...different("inherit", job["inherit"], { variables: false }),
  ];
}
