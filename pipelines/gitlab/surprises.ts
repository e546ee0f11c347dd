import { setUpLinesIn } from "../model/set-up";
import { different, others, type Yaml } from "../model/surprises";

/** Keys that generated jobs have. A key that the reader does not understand may change what a job does. */
const JOB = [
  ...["after_script", "artifacts", "environment", "id_tokens", "interruptible", "needs", "parallel"],
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
    // GitLab would start a failed apply again.
    ...different("retry", defaults["retry"], 0),
    ...different("before_script", defaults["before_script"], setUpLinesIn(JSON.stringify(defaults))),
    ...others("job", job, JOB),
    ...rulesOf(job).flatMap((rule) => others("rule", rule, ["if", "when"])),
    // With another action, an environment asks nobody.
    ...others("environment", job["environment"], ["deployment_tier", "name"]),
    ...(artifacts === undefined
      ? []
      : [
          ...others("artifacts", artifacts, ARTIFACTS),
          ...different("access", artifacts["access"], "developer"),
          ...reportSurprises(artifacts),
        ]),
  ];
}

const rulesOf = (job: Yaml): readonly Yaml[] => (job["rules"] ?? []) as readonly Yaml[];

/** A report that a job does not keep shows nothing. */
function reportSurprises({ paths, reports }: Yaml): string[] {
  const [folder] = (paths ?? []) as readonly string[];
  return reports === undefined ? [] : different("reports", reports, { codequality: `${folder}/code-quality.json` });
}

/** Describes unexpected keys in a job that starts a child pipeline. */
export function triggerSurprises(job: Yaml): readonly string[] {
  return [
    ...others("trigger job", job, ["inherit", "needs", "rules", "stage", "trigger"]),
    ...different("inherit", job["inherit"], { variables: false }),
    ...rulesOf(job).flatMap((rule) => others("rule", rule, ["if", "when"])),
    ...different("strategy", ((job["trigger"] ?? {}) as Yaml)["strategy"], "mirror"),
  ];
}
