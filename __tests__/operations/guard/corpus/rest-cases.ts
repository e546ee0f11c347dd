import { all, type PlanCase, set } from "./case";
import { extraStack, type Json } from "./extra-stack";

/** Shares, protections, versions, and plans that are wrong as a whole. */

const LIMITED = { max_nodes_percent: 50, max_addons_percent: 50 };

const group = (name: string, values: Json) => set("aws_eks_node_group", name, values);
const cluster = (values: Json) => set("aws_eks_cluster", "main", values);
const charts = (...names: string[]) => all(...names.map((name) => set("helm_release", name, { version: "2.0.0" })));
const of = (
  id: string,
  rules: PlanCase["rules"],
  json: NonNullable<PlanCase["json"]>,
  more: Partial<PlanCase> = {},
): PlanCase => ({
  id,
  world: "extra",
  rules,
  json,
  ...more,
});
const IMAGE = { release_version: "1.34.2-20260201" };

const SHARES: readonly PlanCase[] = [
  of("roll: 8 of 14 nodes", ["roll-nodes"], all(group("a", IMAGE), group("b", IMAGE)), { settings: LIMITED }),
  of("roll: all managed groups", ["roll-nodes"], all(...["a", "b", "c"].map((name) => group(name, IMAGE))), {
    settings: { ...LIMITED, max_nodes_percent: 90 },
  }),
  of(
    "roll: end of most nodes by a smaller size",
    ["roll-nodes"],
    all(
      group("a", { scaling_config: [{ desired_size: 1, min_size: 0, max_size: 1 }] }),
      set("aws_autoscaling_group", "self", { max_size: 0, min_size: 0, desired_capacity: 0 }),
    ),
    { settings: LIMITED },
  ),
  of(
    "roll: by a launch template that is known after the apply",
    ["roll-nodes"],
    all(
      set("aws_launch_template", "a", { image_id: "ami-0bbbbbbbbbbbbbbbb" }),
      group("a", {
        launch_template: [{ id: "lt-0aaaaaaaaaaaaaaaa", version: `\${aws_launch_template.a.latest_version}` }],
      }),
      group("b", IMAGE),
    ),
    { settings: LIMITED },
  ),
  {
    id: "roll: a larger disk of a group in production",
    world: "production",
    stack: "eks-workers",
    rules: ["roll-nodes"],
    definition: { "workers.0.root_volume.size_gib": 120 },
  },
  of("roll: 3 of 5 charts", ["roll-addons"], charts("one", "two", "three", "four"), { settings: LIMITED }),
  of("roll: all charts", ["roll-addons"], charts("one", "two", "three", "four", "five"), {
    settings: { ...LIMITED, max_addons_percent: 99 },
  }),
  of("pass: 5 of 14 nodes", [], group("a", IMAGE), { settings: { ...LIMITED, max_nodes_percent: 36 } }),
  of("pass: a larger group", [], group("a", { scaling_config: [{ desired_size: 5, min_size: 1, max_size: 20 }] }), {
    settings: LIMITED,
  }),
  of(
    "pass: labels of every group",
    [],
    all(...["a", "b", "c"].map((name) => group(name, { labels: { team: "shop" } }))),
    { settings: LIMITED },
  ),
  of(
    "pass: an Auto Scaling group without a refresh",
    [],
    set("aws_autoscaling_group", "self", {
      launch_template: [{ id: "lt-0aaaaaaaaaaaaaaaa", version: "2" }],
      instance_refresh: [],
    }),
    { settings: LIMITED },
  ),
  of("pass: every node where a tier has no limit", [], all(...["a", "b", "c"].map((name) => group(name, IMAGE)))),
  of("pass: 3 of 6 addons", [], charts("one", "two", "three"), { settings: LIMITED }),
  of("pass: a single addon", [], set("aws_eks_addon", "coredns", { addon_version: "v1.13.0-eksbuild.1" }), {
    settings: { ...LIMITED, max_addons_percent: 1 },
  }),
  of(
    "pass: another time limit of every chart",
    [],
    all(...["one", "two", "three", "four", "five"].map((name) => set("helm_release", name, { timeout: 600 }))),
    { settings: LIMITED },
  ),
  of(
    "pass: a sixth chart",
    [],
    set("helm_release", "six", {
      name: "six",
      chart: "six",
      repository: "https://charts.example.com",
      version: "1.0.0",
    }),
    { settings: LIMITED },
  ),
];

const PROTECTIONS: readonly PlanCase[] = [
  of("protection: of a control plane", ["remove-protection"], cluster({ deletion_protection: false })),
  of(
    "protection: of a table",
    ["remove-protection"],
    set("aws_dynamodb_table", "locks", { deletion_protection_enabled: false }),
  ),
  of(
    "protection: of a database",
    ["remove-protection"],
    set("aws_db_instance", "main", { deletion_protection: false }),
  ),
  of(
    "protection: force_destroy of a bucket",
    ["remove-protection"],
    set("aws_s3_bucket", "store", { force_destroy: true }),
  ),
  of(
    "protection: versions of a bucket",
    ["remove-protection"],
    set("aws_s3_bucket_versioning", "store", { versioning_configuration: [{ status: "Suspended" }] }),
  ),
  of("protection: a key is disabled", ["remove-protection"], set("aws_kms_key", "data", { is_enabled: false })),
  of("protection: no audit log", ["remove-protection"], cluster({ enabled_cluster_log_types: ["api"] })),
  of(
    "protection: a public bucket",
    ["remove-protection"],
    set("aws_s3_bucket_public_access_block", "store", { block_public_policy: false }),
  ),
  of("protection: no block of public access", ["remove-protection"], (stack) => {
    delete stack.resource["aws_s3_bucket_public_access_block"];
  }),
  of("pass: one log type more", [], cluster({ enabled_cluster_log_types: ["api", "audit", "scheduler"] })),
  of("pass: another password", [], set("aws_db_instance", "main", { password: "NEVER-PRINT-THIS-EITHER" })),
  of("pass: a longer retention", [], set("aws_cloudwatch_log_group", "audit", { retention_in_days: 365 })),
  of("pass: a shorter retention", [], set("aws_cloudwatch_log_group", "audit", { retention_in_days: 30 })),
];

const VERSIONS: readonly PlanCase[] = [
  of("version: skips one", ["control-plane-version"], cluster({ version: "1.35" })),
  of("version: goes down", ["control-plane-version"], cluster({ version: "1.32" })),
  of("pass: the next version", [], cluster({ version: "1.34" })),
  of("pass: nothing", [], () => {}),
  of("pass: an output", [], (stack) => {
    stack["output"] = { name: { value: "store" } };
  }),
];

const edited = (id: string, rules: PlanCase["rules"], plan: (plan: Json) => void): PlanCase => ({
  id,
  world: "extra",
  rules,
  plan,
});
const WHOLE: readonly PlanCase[] = [
  edited("whole: an error", ["plan-incomplete"], (plan) => Object.assign(plan, { errored: true })),
  {
    id: "whole: a part of the resources",
    world: "extra",
    rules: ["plan-incomplete"],
    args: ["-target=aws_kms_key.data"],
  },
  edited("whole: not complete", ["plan-incomplete"], (plan) => Object.assign(plan, { complete: false })),
  edited("whole: postponed", ["plan-incomplete"], (plan) =>
    Object.assign(plan, { deferred_changes: [{ reason: "resource_config_unknown" }] }),
  ),
  edited("whole: an old Terraform", ["terraform-version"], (plan) =>
    Object.assign(plan, { terraform_version: "1.9.8" }),
  ),
  edited("whole: an older plan than the code", ["stale-plan"], (plan) =>
    Object.assign(plan, { timestamp: "2026-01-01T00:00:00Z" }),
  ),
  edited("pass: a newer format", [], (plan) =>
    Object.assign(plan, { format_version: "1.9", action_invocations: [{}], from_the_future: {} }),
  ),
  edited("whole: an unknown action", ["plan-incomplete"], (plan) => {
    const [first] = plan["resource_changes"] as { change: Json }[];
    if (first !== undefined) first.change = { ...first.change, actions: ["teleport"] };
  }),
  edited("pass: an unknown reason", [], (plan) => {
    const [first] = plan["resource_changes"] as Json[];
    if (first !== undefined) first["action_reason"] = "of_the_future";
  }),
];

/** Plans of real stacks that change nothing dangerous. */
const everyday = (id: string, stack: NonNullable<PlanCase["stack"]>, definition: Json): PlanCase[] =>
  (["production", "development"] as const).map((world) => ({
    id: `pass: ${id} (${world})`,
    world,
    stack,
    rules: [],
    definition,
  }));

const EVERYDAY: readonly PlanCase[] = [
  ...everyday("longer flow logs", "networking", { "networking.flow_logs.retention_days": 120 }),
  ...everyday("one interface endpoint more", "networking", { "networking.interface_endpoints": ["sts", "sqs"] }),
  ...everyday("a private zone", "networking", {
    "networking.private_zones": [{ name: "internal", domain: "in.example.com" }],
  }),
  ...everyday("a wider range for the API", "eks-cluster", { "cluster.private_access_cidrs": ["192.0.2.0/24"] }),
  ...everyday("zonal shift", "eks-cluster", { "cluster.zonal_shift": true }),
  ...everyday("another rotation of the key", "eks-cluster", { "cluster.kms.rotation_period_days": 90 }),
  ...everyday("a larger group", "eks-workers", { "workers.0.max_size": 12 }),
  ...everyday("a Fargate profile", "eks-workers", {
    fargate_profiles: [{ name: "batch", selectors: [{ namespace: "batch" }] }],
  }),
  ...everyday("values of an addon", "addons", { "addons.metrics_server.values": { replicas: 5 } }),
  ...everyday("one addon more", "addons", { "addons.reloader_enabled": true }),
];

/** A new cluster: nothing existed before. */
const NEW: readonly PlanCase[] = (["networking", "eks-cluster", "eks-workers", "addons"] as const).map((stack) => ({
  id: `pass: new ${stack}`,
  world: "production",
  stack,
  rules: [],
  state: (state) => {
    state["resources"] = [];
    state["outputs"] = {};
  },
  args: ["-refresh=false"],
}));

const PRODUCTION: readonly PlanCase[] = [
  {
    id: "admin: a new one in production",
    world: "production",
    stack: "eks-cluster",
    rules: ["add-cluster-admin"],
    definition: {
      "cluster.access_entries.1": {
        name: "intern",
        principal_arn: "arn:aws:iam::111111111111:role/intern",
        access_policy: "AmazonEKSClusterAdminPolicy",
      },
    },
  },
  {
    id: "endpoint: public in production",
    world: "production",
    stack: "eks-cluster",
    rules: ["widen-endpoint"],
    definition: { "cluster.endpoint_public_access": true, "cluster.public_access_cidrs": ["198.51.100.0/24"] },
  },
  {
    id: "protection: off in production",
    world: "production",
    stack: "eks-cluster",
    rules: ["remove-protection"],
    definition: { "cluster.deletion_protection": false },
  },
];

export const REST_CASES: readonly PlanCase[] = [
  ...SHARES,
  ...PROTECTIONS,
  ...VERSIONS,
  ...WHOLE,
  ...EVERYDAY,
  ...NEW,
  ...PRODUCTION,
];

/** Number of charts of the extra stack, which the shares above count with. */
export const CHARTS = Object.keys(extraStack().resource["helm_release"] ?? {}).length;
