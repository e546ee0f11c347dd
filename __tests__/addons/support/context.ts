import type { z } from "zod";
import type { Manifest, Values } from "../../../addons/contract/addon";
import type {
  AddonContext,
  InterruptionQueue,
  QueueReader,
  ServiceLevel,
} from "../../../addons/contract/addon-context";
import type { AddonFinding, AddonRule } from "../../../addons/contract/rule";
import type { PolicyStatement } from "../../../language/words/iam";
import { shipped } from "../../support/shipped";

/** Service levels whose numbers differ in every field, and are the tests' own. */
export const LEVELS = {
  one: {
    name: "development",
    replicas: 1,
    metrics_retention_days: 7,
    metrics_volume_gib: 20,
    logs_retention_days: 6,
    traces_retention_days: 2,
    backup_schedule: null,
    backup_retention_days: 8,
    alert_severity: "info",
  },
  three: {
    name: "critical",
    replicas: 3,
    metrics_retention_days: 30,
    metrics_volume_gib: 100,
    logs_retention_days: 60,
    traces_retention_days: 12,
    backup_schedule: "15 */6 * * *",
    backup_retention_days: 80,
    alert_severity: "page",
  },
} as const satisfies Readonly<Record<string, ServiceLevel>>;

/** Facts that replace those of the cluster of `contextOf`; `enabled` lists the addons that are enabled. */
type Differences = Partial<Omit<AddonContext, "enabled">> & { readonly enabled?: readonly string[] };

/** A cluster with a domain, two replicas of everything, and no addon besides the one in question. */
export function contextOf({ enabled = [], ...differences }: Differences = {}): AddonContext {
  const { account_id = "111111111111", cluster_name = "demo", partition = "aws", region = "eu-west-1" } = differences;
  const queueOf = (reader: QueueReader): InterruptionQueue => ({
    reader,
    name: `${cluster_name}-${reader}`,
    arn: `arn:${partition}:sqs:${region}:${account_id}:${cluster_name}-${reader}`,
    url: `https://sqs.${region}.amazonaws.com/${account_id}/${cluster_name}-${reader}`,
  });
  return {
    cluster_name: "demo",
    region: "eu-west-1",
    partition: "aws",
    account_id: "111111111111",
    tier: "production",
    vpc_id: "vpc-1",
    kubernetes_version: "1.35",
    images: {},
    k8s_base_domain: "demo.example.com",
    hosted_zone_id: "Z1",
    hosted_zone_role_arn: null,
    cluster_dns_ip: "172.20.0.10",
    service_level: {
      name: "production",
      replicas: 2,
      metrics_retention_days: 15,
      metrics_volume_gib: 50,
      logs_retention_days: 30,
      traces_retention_days: 7,
      backup_schedule: "30 2 * * *",
      backup_retention_days: 31,
      alert_severity: "warning",
    },
    autoscaled_workers: ["general"],
    enabled: Object.fromEntries(enabled.map((addon) => [addon, true])),
    system_namespaces: ["kube-system", "platform"],
    teleport_secret: null,
    runbooks_url: "https://example.com/runbooks",
    operating_systems: ["AL2023"],
    ipv6_pods: false,
    private_network: false,
    kube_proxy_mode: null,
    refuses_privileged: [],
    alb_class: "alb",
    published: {},
    on_fargate: [],
    dns_on_fargate: false,
    pods_in_own_subnets: false,
    volumes: enabled.includes("aws_ebs_csi_driver"),
    gpu_pools: [],
    auto_mode_only: false,
    karpenter_node_role_arn: `arn:${partition}:iam::111111111111:role/${cluster_name}-karpenter-node`,
    interruption_queues: {
      karpenter: queueOf("karpenter"),
      "node-termination-handler": queueOf("node-termination-handler"),
    },
    ...differences,
  };
}

/** The same cluster with Prometheus on it. */
export const monitoredContext = contextOf({ enabled: ["kube_prometheus_stack"] });

interface AnyAddon<Options extends z.ZodType> {
  readonly name: string;
  readonly options: Options;
  values(context: AddonContext, options: z.output<Options>): Values;
  permissions?(context: AddonContext, options: z.output<Options>): readonly PolicyStatement[];
  manifests?(context: AddonContext, options: z.output<Options>): readonly Manifest[];
}

/** The options that `definitions/defaults.yaml` gives an addon, with some set otherwise, as its schema parses them. */
export function optionsOf<Options extends z.ZodType>(
  { name, options }: AnyAddon<Options>,
  differences: Partial<z.input<Options>> = {},
): z.output<Options> {
  return options.parse({ ...defaults(name).options, ...differences });
}

export function defaults(addon: string): {
  readonly enabled: boolean;
  readonly options: Values;
  readonly values: Values;
  readonly further_values?: Values;
} {
  const { tfvars } = shipped("defaults.yaml") as { tfvars: { addons: Record<string, ReturnType<typeof defaults>> } };
  const section = tfvars.addons[addon];
  if (section === undefined) throw new Error(`definitions/defaults.yaml has no section ${addon}`);
  return section;
}

export function valuesOf<Options extends z.ZodType>(
  addon: AnyAddon<Options>,
  context: AddonContext = contextOf(),
  differences: Partial<z.input<Options>> = {},
): Values {
  return addon.values(context, optionsOf(addon, differences));
}

export function permissionsOf<Options extends z.ZodType>(
  addon: AnyAddon<Options>,
  context: AddonContext = contextOf(),
  differences: Partial<z.input<Options>> = {},
): readonly PolicyStatement[] {
  return addon.permissions?.(context, optionsOf(addon, differences)) ?? [];
}

export function manifestsOf<Options extends z.ZodType>(
  addon: AnyAddon<Options>,
  context: AddonContext = contextOf(),
  differences: Partial<z.input<Options>> = {},
): readonly Manifest[] {
  return addon.manifests?.(context, optionsOf(addon, differences)) ?? [];
}

type WithRules<Options extends z.ZodType> = AnyAddon<Options> & {
  readonly checks?: readonly AddonRule<z.output<Options>>[];
};

/** Returns what the rules of an addon report of its options. */
export function reportsOf<Options extends z.ZodType>(
  { checks = [] }: WithRules<Options>,
  context: AddonContext,
  options: z.output<Options>,
): readonly AddonFinding[] {
  return checks.flatMap((rule) => rule(context, options));
}

/** The same as `path: message`. */
export function findingsOf<Options extends z.ZodType>(
  addon: WithRules<Options>,
  differences: Partial<z.input<Options>> = {},
  context: AddonContext = contextOf(),
): readonly string[] {
  const findings = reportsOf(addon, context, optionsOf(addon, differences));
  return findings.map(({ path, message }) => `${path.join(".")}: ${message}`);
}
