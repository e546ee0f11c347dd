import { different, others, type Yaml } from "../model/surprises";
import { GRACE_PERIOD, MESSAGE_SECRETS, secret, TIDE, TOKEN, tokenVolume } from "./render-job";

/** Keys that generated jobs have. */
const KEYS = {
  job: [
    ...["always_run", "annotations", "branches", "clone_uri", "cluster", "context", "cron", "decorate"],
    ...["decoration_config", "error_on_eviction", "extra_refs", "job_queue_name", "max_concurrency", "name"],
    ...["reporter_config", "rerun_auth_config", "spec"],
  ],
  spec: ["automountServiceAccountToken", "containers", "serviceAccountName", "volumes"],
  container: ["args", "command", "env", "image", "volumeMounts"],
} as const;

/** Secrets that a container may get, as they are written. */
const SECRETS = [
  secret("FLEET_CI_TOKEN", "fleet-ci-token", "token"),
  ...MESSAGE_SECRETS.map(([name, key]) => secret(name, "fleet-messages", key)),
].map((each) => JSON.stringify(each));

/** A job runs for one branch, which a pattern names in full. */
function branchSurprises(branches: readonly string[] | undefined): string[] {
  const isExact = branches === undefined || (branches.length === 1 && /^\^(?:[\w/@-]|\\.)+\$$/.test(branches[0] ?? ""));
  return isExact ? [] : [`branches are ${JSON.stringify(branches)}`];
}

/** Describes what would let Tide merge unapproved changes, or let two jobs of a cluster run at once. */
export function configSurprises(config: Yaml): readonly string[] {
  const { plank = {}, tide = {}, ...rest } = config as Readonly<Record<string, Yaml | undefined>>;
  const queries = (tide["queries"] ?? []) as readonly Yaml[];
  return [
    ...others("config", rest, ["slack_reporter_configs"]),
    ...others("plank", plank, ["job_queue_capacities"]),
    ...Object.entries((plank["job_queue_capacities"] ?? {}) as Yaml).flatMap(([queue, capacity]) =>
      different(`capacity of ${queue}`, capacity, 1),
    ),
    ...others("tide", tide, ["queries"]),
    ...queries.flatMap(({ includedBranches: _, repos: __, ...labels }) => different("labels of Tide", labels, TIDE)),
    ...(queries.length === 1 ? [] : [`${queries.length} queries of Tide`]),
  ];
}

/** Describes unexpected keys in a job: keys that no generated job has. */
export function surprisesIn(job: object): readonly string[] {
  const { decoration_config: decoration, spec: given, ...rest } = job as Yaml;
  const spec = (given ?? {}) as Yaml;
  const containers = (spec["containers"] ?? []) as readonly Yaml[];
  const env = containers.flatMap((each) => (each["env"] ?? []) as readonly Yaml[]);
  const identity = env.find(({ name }) => name === "FLEET_IDENTITY")?.["value"];
  const changes = identity === "apply" || identity === "destroy";
  const minutes = Number(/^(\d+)m0s$/.exec(String(((decoration ?? {}) as Yaml)["timeout"]))?.[1]);
  const withToken = spec["serviceAccountName"] !== undefined;
  return [
    ...others("job", rest, KEYS.job),
    ...different("decorate", rest["decorate"], true),
    ...different("grace_period", ((decoration ?? {}) as Yaml)["grace_period"], GRACE_PERIOD),
    ...different("error_on_eviction", rest["error_on_eviction"], changes ? true : undefined),
    ...(changes && rest["rerun_auth_config"] === undefined ? ["anybody may start it again"] : []),
    ...others("rerun_auth_config", rest["rerun_auth_config"], ["github_team_slugs"]),
    ...branchSurprises(rest["branches"] as readonly string[] | undefined),
    ...others("spec", spec, KEYS.spec),
    ...different("automountServiceAccountToken", spec["automountServiceAccountToken"], false),
    ...different("volumes", spec["volumes"], withToken ? [tokenVolume(minutes)] : undefined),
    ...containers.flatMap((container) => [
      ...others("container", container, KEYS.container),
      ...different("command", container["command"], ["/bin/sh", "-c"]),
      ...different(
        "volumeMounts",
        container["volumeMounts"],
        withToken ? [{ name: TOKEN.volume, mountPath: TOKEN.folder, readOnly: true }] : undefined,
      ),
    ]),
    ...(containers.length === 1 ? [] : [`${containers.length} containers`]),
    ...env
      .filter((each) => each["valueFrom"] !== undefined && !SECRETS.includes(JSON.stringify(each)))
      .map(({ name }) => `${name} is another secret`),
  ];
}
