import { VARIABLES } from "../model/model";
import { actionReference, NODE_VERSION, TERRAFORM } from "../model/pins";
import { FLEET_CI } from "../model/read-command";
import { different, others, type Yaml } from "../model/surprises";
import { changeGroup, inputValue, VARIABLE_VALUES } from "./expressions";
import { REQUIRED, requiredJob, SARIF_ACTION, sarifOf } from "./render-job";

/** Keys that generated workflows have. A key that the reader does not understand may change what a job does. */
const KEYS = {
  workflow: ["concurrency", "defaults", "jobs", "name", "on", "permissions"],
  job: [
    ...["concurrency", "env", "environment", "if", "name", "needs", "outputs", "permissions", "runs-on", "steps"],
    ...["strategy", "timeout-minutes"],
  ],
  step: ["env", "id", "if", "run", "uses", "with"],
  jobEnv: ["FLEET_IDENTITY", "TERRAFORM_BINARY_NAME"],
} as const;

/** Describes unexpected keys in a job or around it: keys that no generated workflow has. */
export function surprisesIn(workflow: Yaml, job: Yaml): readonly string[] {
  const steps = (job["steps"] ?? []) as readonly Yaml[];
  const env = (job["env"] ?? {}) as Yaml;
  const hasIdentity = env["FLEET_IDENTITY"] !== undefined;
  const scans = steps.some(({ uses }) => String(uses).startsWith(`${SARIF_ACTION}@`));
  const permissions = (job["permissions"] ?? {}) as Yaml;
  return [
    ...others("workflow", workflow, KEYS.workflow),
    ...different("permissions of the workflow", workflow["permissions"], {}),
    ...different("defaults", workflow["defaults"], { run: { shell: "bash" } }),
    ...requiredSurprises(workflow),
    ...others("job", job, KEYS.job),
    ...branchSurprises(job),
    ...others("env", env, KEYS.jobEnv),
    ...different("security-events", permissions["security-events"], scans ? "write" : undefined),
    ...different("actions", permissions["actions"], scans ? "read" : undefined),
    ...(job["environment"] === undefined
      ? []
      : different("environment", job["environment"], { name: "${{ matrix.environment }}" })),
    ...strategySurprises(job["strategy"] as Yaml | undefined),
    ...(workflow["concurrency"] === undefined
      ? []
      : different("group", (workflow["concurrency"] as Yaml)["group"], changeGroup(String(workflow["name"])))),
    ...steps.flatMap((step) => [
      ...others("step", step, KEYS.step),
      ...actionSurprises(step, hasIdentity, steps),
      ...valueSurprises(step, job["strategy"] !== undefined),
      ...secretsIn(step),
    ]),
  ];
}

/** A job that changes an account runs for one branch: a person may start its workflow from any. */
function branchSurprises({ env, if: condition }: Yaml): string[] {
  const identity = ((env ?? {}) as Yaml)["FLEET_IDENTITY"];
  const isFree = !/(?:^|&& )github\.ref == 'refs\/heads\/[^']+'/.test(String(condition));
  return (identity === "apply" || identity === "destroy") && isFree ? ["it runs for every branch"] : [];
}

/** The failure of one cluster must not end the jobs of others half-way. */
function strategySurprises(strategy: Yaml | undefined): string[] {
  if (strategy === undefined) return [];
  return [
    ...others("strategy", strategy, ["fail-fast", "matrix"]),
    ...different("fail-fast", strategy["fail-fast"], false),
  ];
}

/** The job that branch protection requires must notice every other job of the workflow. */
function requiredSurprises({ concurrency, jobs = {} }: Yaml): string[] {
  const { [REQUIRED]: found, ...rest } = jobs as Yaml;
  const names = Object.keys(rest).map((name) => ({ name }));
  return different(REQUIRED, found, concurrency === undefined ? undefined : requiredJob(names));
}

/**
 * Returns the expected settings of an action that sets a job up. A job with an identity must use no cache, because any other job can write
 * to it.
 */
function settingsOf(action: string, hasIdentity: boolean, steps: readonly Yaml[]): Yaml | undefined {
  switch (action) {
    case "actions/checkout":
      return { "persist-credentials": false, "fetch-depth": 0 };
    case "actions/setup-node":
      return {
        "node-version": NODE_VERSION,
        ...(hasIdentity ? { "package-manager-cache": false } : { cache: "npm" }),
      };
    case "hashicorp/setup-terraform":
      return { terraform_version: TERRAFORM.version, terraform_wrapper: false };
    case SARIF_ACTION:
      return sarifOf(steps.some(({ run }) => run === `${FLEET_CI} findings`) ? "findings" : "check");
    default:
      return undefined;
  }
}

function actionSurprises({ uses, with: given }: Yaml, hasIdentity: boolean, steps: readonly Yaml[]): string[] {
  if (typeof uses !== "string") return [];
  const [action = ""] = uses.split("@");
  const expected = settingsOf(action, hasIdentity, steps);
  return [
    ...(uses === pinnedOrNot(action) ? [] : [`uses ${uses}`]),
    ...(expected === undefined ? [] : different(`with of ${action}`, given, expected)),
  ];
}

/** Returns the reference of an action; undefined for one that no generated workflow uses. */
function pinnedOrNot(action: string): string | undefined {
  try {
    return actionReference(action);
  } catch {
    return undefined;
  }
}

/** The author of a pull request must not choose the values of variables. */
function valueSurprises({ env = {} }: Yaml, hasMatrix: boolean): string[] {
  return VARIABLES.flatMap((name) => {
    const value = (env as Yaml)[name];
    const expected = name === "CLUSTER_NAME" && !hasMatrix ? inputValue(name) : VARIABLE_VALUES[name];
    return value === undefined ? [] : different(name, value, expected);
  });
}

/** Steps that may get a secret, or the token of the run, by its variable. */
const MAY_HAVE: readonly (readonly [variable: RegExp, step: RegExp])[] = [
  [/^FLEET_(?:SLACK_TOKEN|SLACK_WEBHOOK|WEBHOOK_URL)$/, /fleet ci tell$/],
  [/^FLEET_CI_TOKEN$/, /fleet ci (?:bump|comment|drill|promote|report)$/],
  [/^FLEET_AWS$/, /fleet ci affected$/],
];

function secretsIn({ env = {}, run = "" }: Yaml): string[] {
  return Object.keys(env as Yaml)
    .filter((name) => name.startsWith("FLEET_"))
    .filter((name) => !MAY_HAVE.some(([variable, step]) => variable.test(name) && step.test(String(run))))
    .map((name) => `${run} gets ${name}`);
}
