import { setUpLinesIn } from "../model/set-up";
import { different, others, type Yaml } from "../model/surprises";
import { VARIABLE_VALUES } from "./render-job";

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
  const variables = (job["variables"] ?? {}) as Yaml;
  return [
    ...different("GIT_DEPTH", variables["GIT_DEPTH"], "0"),
    ...Object.entries(VARIABLE_VALUES).flatMap(([name, value]) =>
      variables[name] === undefined ? [] : different(name, variables[name], value),
    ),
    ...(isChild(file) ? [] : [...cancelSurprises(file), ...rulesOf(job).flatMap(branchSurprises)]),
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

/** True for the file of a child pipeline, which starts where its parent has started. */
const isChild = ({ variables }: Yaml): boolean => ((variables ?? {}) as Yaml)["FLEET_PIPELINE"] === undefined;

/** A newer commit ends jobs that may be ended, such as plans, and no apply. */
function cancelSurprises({ workflow }: Yaml): string[] {
  return different("auto_cancel", ((workflow ?? {}) as Yaml)["auto_cancel"], { on_new_commit: "interruptible" });
}

/** A job runs for merge requests, for one branch, or as the pipeline that a person has chosen. */
function branchSurprises({ if: condition }: Yaml): string[] {
  const isExact = /merge_request_event|\$CI_COMMIT_BRANCH == "|\$FLEET_PIPELINE == "/.test(String(condition));
  return condition === undefined || isExact ? [] : [`the rule ${String(condition)} names no branch`];
}

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
