import { all, forget, move, type PlanCase, set, vanish, without } from "./case";
import type { Json } from "./extra-stack";

/** Changes by which something ends that cannot be made again. */

const DATA = [
  ["aws_ebs_volume", "data", "destroy-data"],
  ["aws_ebs_snapshot", "data", "destroy-data"],
  ["aws_efs_file_system", "shared", "destroy-data"],
  ["aws_fsx_lustre_file_system", "scratch", "destroy-data"],
  ["aws_backup_vault", "daily", "destroy-data"],
  ["aws_dynamodb_table", "locks", "destroy-data"],
  ["aws_s3_bucket", "store", "destroy-data"],
  ["aws_db_instance", "main", "destroy-data"],
  ["aws_kms_key", "data", "destroy-key"],
  ["aws_iam_openid_connect_provider", "ci", "destroy-identity-provider"],
  ["aws_eks_cluster", "main", "destroy-control-plane"],
  ["aws_cloudwatch_log_group", "audit", "destroy-audit-log"],
] as const;

const destroyed: readonly PlanCase[] = DATA.map(([type, name, rule]) => ({
  id: `destroy ${type}`,
  world: "extra",
  rules: [rule],
  json: without(type, name),
}));

const replaced: readonly PlanCase[] = DATA.map(([type, name, rule]) => ({
  id: `replace ${type}`,
  world: "extra",
  rules: [rule],
  args: [`-replace=${type}.${name}`],
}));

const vanished: readonly PlanCase[] = (
  ["aws_kms_key", "aws_eks_cluster", "aws_ebs_volume", "aws_s3_bucket", "aws_launch_template"] as const
).map((type) => ({
  id: `vanished ${type}`,
  world: "extra",
  rules: ["recreate-vanished"],
  cloud: vanish(type),
}));

/** Adds an object that a failed replacement has left in the state. */
const depose =
  (type: string, name: string) =>
  (state: Json): void => {
    const resource = instancesOf(state, type, name);
    const [current] = resource;
    resource.push({ ...current, deposed: "0a1b2c3d" });
  };

function instancesOf(state: Json, type: string, name: string): Json[] {
  const found = (state["resources"] as Json[]).find(
    (each) => each["type"] === type && String(each["name"]).startsWith(name) && each["mode"] === "managed",
  );
  if (found === undefined) throw new Error(`no ${type}.${name} in the state`);
  return found["instances"] as Json[];
}

const taint =
  (type: string, name: string) =>
  (state: Json): void => {
    const [current] = instancesOf(state, type, name);
    if (current !== undefined) current["status"] = "tainted";
  };

const cbd = { lifecycle: { create_before_destroy: true } };

export const LOSS_CASES: readonly PlanCase[] = [
  ...destroyed,
  ...replaced,
  ...vanished,
  {
    id: "replace a key, the new one first",
    world: "extra",
    rules: ["destroy-key"],
    json: set("aws_kms_key", "data", cbd),
    args: ["-replace=aws_kms_key.data"],
  },
  {
    id: "destroy a deposed volume",
    world: "extra",
    rules: ["destroy-data"],
    state: depose("aws_ebs_volume", "data"),
  },
  { id: "replace a tainted volume", world: "extra", rules: ["destroy-data"], state: taint("aws_ebs_volume", "data") },
  {
    id: "rename a bucket without a moved block",
    world: "extra",
    rules: ["destroy-data"],
    json: move("aws_s3_bucket", "store", "renamed", false),
  },
  {
    id: "change a volume's zone",
    world: "extra",
    rules: ["destroy-data"],
    json: set("aws_ebs_volume", "data", { availability_zone: "eu-west-1b" }),
  },
  {
    id: "replace a table by a trigger",
    world: "extra",
    rules: ["destroy-data"],
    json: all(
      set("aws_dynamodb_table", "locks", {
        lifecycle: { replace_triggered_by: ["aws_cloudwatch_log_group.application.retention_in_days"] },
      }),
      set("aws_cloudwatch_log_group", "application", { retention_in_days: 14 }),
    ),
  },
  {
    id: "drop one of several keys by count",
    world: "extra",
    rules: ["destroy-key"],
    json: set("aws_kms_key", "data", { count: 0 }),
  },
  { id: "destroy the whole extra stack", world: "extra", rules: [...WHOLE_EXTRA()], args: ["-destroy"] },
  {
    id: "replace a subnet of a development cluster",
    world: "development",
    stack: "networking",
    rules: Array.from({ length: 3 }, () => "destroy-network" as const),
    definition: { "networking.subnet_prefix_lengths.public": 25 },
  },
  {
    id: "another service range",
    world: "development",
    stack: "eks-cluster",
    rules: ["destroy-control-plane", "destroy-identity-provider"],
    definition: { "cluster.service_ipv4_cidr": "172.21.0.0/16" },
  },
  {
    id: "flow logs off in development",
    world: "development",
    stack: "networking",
    rules: ["destroy-audit-log", "remove-protection"],
    definition: { "networking.flow_logs.enabled": false },
  },
  {
    id: "another log class",
    world: "development",
    stack: "eks-cluster",
    rules: ["destroy-audit-log"],
    definition: { "cluster.cluster_log_group_class": "INFREQUENT_ACCESS" },
  },
  {
    id: "vanished subnet of a development cluster",
    world: "development",
    stack: "networking",
    rules: ["recreate-vanished"],
    cloud: (store) => {
      const [first] = store.objects("aws_subnet");
      if (first !== undefined) store.remove(first);
    },
  },
  ...protectedTier(),
  ...nodesFirst(),
  // Changes that pass.
  { id: "forget a bucket", world: "extra", rules: [], json: forget("aws_s3_bucket", "store") },
  { id: "forget a control plane", world: "extra", rules: [], json: forget("aws_eks_cluster", "main") },
  { id: "move a key", world: "extra", rules: [], json: move("aws_kms_key", "data", "renamed", true) },
  {
    id: "rename a log group of an application",
    world: "extra",
    rules: [],
    json: without("aws_cloudwatch_log_group", "application"),
  },
  {
    id: "destroy a launch template in development",
    world: "extra",
    rules: [],
    json: without("aws_launch_template", "a"),
  },
  { id: "grow a volume", world: "extra", rules: [], json: set("aws_ebs_volume", "data", { size: 200 }) },
  { id: "tag a bucket", world: "extra", rules: [], json: set("aws_s3_bucket", "store", { tags: { Team: "shop" } }) },
  {
    id: "a tag that was edited in AWS",
    world: "extra",
    rules: [],
    cloud: (store) =>
      store.edit(store.only("aws_s3_bucket"), { tags: { Edited: "by hand" }, tags_all: { Edited: "by hand" } }),
  },
  {
    id: "vanished without being made again",
    world: "extra",
    rules: [],
    cloud: vanish("aws_ebs_volume"),
    json: without("aws_ebs_volume", "data"),
  },
  { id: "vanished, refresh only", world: "extra", rules: [], cloud: vanish("aws_kms_key"), args: ["-refresh-only"] },
  { id: "add a second key", world: "extra", rules: [], json: set("aws_kms_key", "more", { description: "more" }) },
  {
    id: "change a description of a key",
    world: "extra",
    rules: [],
    json: set("aws_kms_key", "data", { description: "all data" }),
  },
  { id: "import a bucket", world: "extra", rules: [], json: importBucket },
];

function importBucket(stack: Parameters<NonNullable<PlanCase["json"]>>[0]): void {
  stack["removed"] = [{ from: "aws_s3_bucket.store", lifecycle: [{ destroy: false }] }];
  const bucket = stack.resource["aws_s3_bucket"]?.["store"] ?? {};
  without("aws_s3_bucket", "store")(stack);
  set("aws_s3_bucket", "adopted", bucket)(stack);
  stack["import"] = [{ to: "aws_s3_bucket.adopted", id: "example-store" }];
}

/** Every rule that the end of the whole extra stack meets. */
function WHOLE_EXTRA(): PlanCase["rules"] {
  return DATA.map(([, , rule]) => rule).sort();
}

function protectedTier(): readonly PlanCase[] {
  const removed = (id: string, stack: PlanCase["stack"], count: number, definition: Json): PlanCase => ({
    id: `protected: ${id}`,
    world: "production",
    ...(stack !== undefined && { stack }),
    rules: Array.from({ length: count }, () => "protected-tier" as const),
    definition,
  });
  return [
    removed("one gateway endpoint less", "networking", 1, { "networking.gateway_endpoints": ["s3"] }),
    removed("interface endpoints off", "networking", 3, { "networking.interface_endpoints": [] }),
    {
      ...removed("another traffic type", "networking", 1, { "networking.flow_logs.traffic_type": "REJECT" }),
      rules: ["protected-tier", "remove-protection"],
    },
    removed("fewer NAT gateways", "networking", 4, { "networking.nat_gateways": "single" }),
    removed("another transit gateway", "networking", 1, {
      "networking.transit_gateway_attachments.0.transit_gateway_id": "tgw-0fedcba9876543210",
    }),
    removed("other namespaces of an access entry", "eks-cluster", 1, {
      "cluster.access_entries.0.namespaces": ["builds", "more"],
    }),
    removed("a taint less", "eks-workers", 1, { "workers.1.taints": [] }),
    removed("external-dns off", "addons", 6, { "addons.external_dns_enabled": false }),
  ];
}

function nodesFirst(): readonly PlanCase[] {
  const groups = [
    ["aws_eks_node_group", "a"],
    ["aws_autoscaling_group", "self"],
    ["aws_launch_template", "a"],
  ] as const;
  return [
    ...groups.map(
      ([type, name]): PlanCase => ({
        id: `replace ${type}, the old one first`,
        world: "extra",
        rules: ["replace-nodes"],
        args: [`-replace=${type}.${name}`],
      }),
    ),
    {
      id: "replace a node group, the new one first",
      world: "extra",
      rules: [],
      json: set("aws_eks_node_group", "a", cbd),
      args: ["-replace=aws_eks_node_group.a"],
    },
    {
      id: "destroy a node group in development",
      world: "development",
      stack: "eks-workers",
      rules: [],
      definition: { "workers.1": undefined },
    },
  ];
}
