import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import type { StackName } from "../../fleet/model/stacks";
import { type OfflineProviders, startOfflineProviders } from "../../offline/offline-providers";
import { OfflineCluster } from "../support/offline-cluster";
import { scratch, synthesizeFleet } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

/**
 * Effects of one change of a definition on running resources. in place: nothing is deleted. rolling: the nodes of one group are
 * replaced, a few at a time. replace: a resource is deleted and created again. add, remove: other resources are not changed.
 */
type Kind = "in place" | "rolling" | "replace" | "add" | "remove";

/** Terraform's actions, joined by +, and the addresses that they are for, without their hashes. */
type Changes = Readonly<Record<string, readonly string[]>>;

interface Case {
  /** Below tfvars; a number is an item of a list. */
  readonly field: string;
  readonly value: unknown;
  readonly kind: Kind;
  readonly stack: StackName;
  readonly changes: Changes;
}

const PRIVATE_NAT_ROUTES = ["a", "b", "d"].map((zone) => `aws_route.network_routes_private-us-west-2${zone}-nat`);
const zones = (address: string, letters = ["a", "b", "d"]) =>
  letters.map((zone) => address.replace("*", `us-west-2${zone}`));
/** The tags of a managed group's Auto Scaling group, which is another after a replacement. */
const groupTags = (group: string) =>
  [
    "enabled",
    "node-template--label--examplecom--fleet",
    "node-template--resources--ephemeral-storage",
    "tools-eks-example-com",
  ].map((tag) => `aws_autoscaling_group_tag.workers_${group}_tag-k8sio--cluster-autoscaler--${tag}`);

const BACKBONE = "aws_ec2_transit_gateway_vpc_attachment.connections_transit-gateway_backbone";

/** A managed group whose nodes go, a share at a time. */
const ROLLED: Changes = {
  update: ["aws_eks_node_group.workers_general", "aws_launch_template.workers_general_launch-template"],
};

const network = (field: string, value: unknown, kind: Kind, changes: Changes): Case => ({
  field: `networking.${field}`,
  value,
  kind,
  stack: "networking",
  changes,
});
const controlPlane = (field: string, value: unknown, kind: Kind, changes: Changes): Case => ({
  field: `cluster.${field}`,
  value,
  kind,
  stack: "eks-cluster",
  changes,
});
const workers = (field: string, value: unknown, kind: Kind, changes: Changes): Case => ({
  field: `workers.${field}`,
  value,
  kind,
  stack: "eks-workers",
  changes,
});
const addons = (field: string, value: unknown, kind: Kind, changes: Changes): Case => ({
  field: `addons.${field}`,
  value,
  kind,
  stack: "addons",
  changes,
});

const CASES: readonly Case[] = [
  network("nat_gateways", "single", "remove", {
    delete: [
      ...zones("aws_eip.network_nat_*-address", ["b", "d"]),
      ...zones("aws_nat_gateway.network_nat_*", ["b", "d"]),
    ],
    update: PRIVATE_NAT_ROUTES.slice(1),
  }),
  network("gateway_endpoints", ["s3"], "remove", { delete: ["aws_vpc_endpoint.network_dynamodb-endpoint"] }),
  network("flow_logs.retention_days", 30, "in place", {
    update: ["aws_cloudwatch_log_group.network_flow-logs_log-group"],
  }),
  network("flow_logs.enabled", false, "remove", {
    delete: [
      "aws_cloudwatch_log_group.network_flow-logs_log-group",
      "aws_flow_log.network_flow-logs",
      "aws_iam_role.network_flow-logs_role",
      "aws_iam_role_policy.network_flow-logs_may-write",
    ],
  }),
  network("flow_logs.traffic_type", "REJECT", "replace", { "delete+create": ["aws_flow_log.network_flow-logs"] }),
  network("subnet_prefix_lengths.public", 25, "replace", {
    "delete+create": [
      ...zones("aws_nat_gateway.network_nat_*"),
      ...zones("aws_route_table_association.network_routes_public-*-association"),
      ...zones("aws_subnet.network_subnets_public-*"),
    ],
    update: PRIVATE_NAT_ROUTES,
  }),
  network("flow_logs.log_format", ["srcaddr", "dstaddr", "action"], "replace", {
    "delete+create": ["aws_flow_log.network_flow-logs"],
  }),
  network("connected_to", [], "in place", {}),
  network("interface_endpoints", ["sts", "sqs"], "add", { create: ["aws_vpc_endpoint.endpoints_sqs"] }),
  network("endpoint_policy", "account", "in place", {
    update: ["endpoints_sts", "network_dynamodb-endpoint", "network_s3-endpoint"].map((id) => `aws_vpc_endpoint.${id}`),
  }),
  network("transit_gateway_attachments.0.dns_support", false, "in place", { update: [BACKBONE] }),
  network("transit_gateway_attachments.0.destination_cidrs", ["10.60.0.0/16", "10.61.0.0/16"], "add", {
    create: zones("aws_route.connections_transit-gateway_backbone_private-*-to-10-61-0-0-16"),
  }),
  network("transit_gateway_attachments.0.tiers", ["intra", "private"], "add", {
    create: ["aws_route.connections_transit-gateway_backbone_intra-to-10-60-0-0-16"],
  }),
  network("transit_gateway_attachments.0.transit_gateway_id", "tgw-0fedcba9876543210", "replace", {
    "delete+create": [BACKBONE],
    update: zones("aws_route.connections_transit-gateway_backbone_private-*-to-10-60-0-0-16"),
  }),
  network("vpn_gateway.propagation_tiers", ["intra"], "add", {
    create: [
      "aws_vpn_gateway.connections_vpn_gateway",
      "aws_vpn_gateway_route_propagation.connections_vpn_propagation-intra",
    ],
  }),

  controlPlane("remote_networks.node_cidrs", ["10.200.0.0/16"], "in place", {
    create: ["aws_vpc_security_group_ingress_rule.eks_security-groups_control-plane-from-10-200-0-0-16"],
    update: ["aws_eks_addon.eks_addons_eks-pod-identity-agent", "aws_eks_cluster.eks"],
  }),
  controlPlane("zonal_shift", true, "in place", { update: ["aws_eks_cluster.eks"] }),
  controlPlane("control_plane_scaling_tier", "tier-xl", "in place", { update: ["aws_eks_cluster.eks"] }),
  controlPlane("enabled_cluster_log_types", ["audit"], "in place", { update: ["aws_eks_cluster.eks"] }),
  controlPlane("cluster_log_retention_days", 30, "in place", { update: ["aws_cloudwatch_log_group.eks_log-group"] }),
  controlPlane("upgrade_policy", "STANDARD", "in place", { update: ["aws_eks_cluster.eks"] }),
  controlPlane("kms.deletion_window_days", 7, "in place", { update: ["aws_kms_key.eks_secrets-key"] }),
  controlPlane("kms.rotation_period_days", 90, "in place", { update: ["aws_kms_key.eks_secrets-key"] }),
  controlPlane("kms.administrators", [], "in place", { update: ["aws_kms_key.eks_secrets-key"] }),
  controlPlane("private_access_cidrs", ["192.0.2.0/24"], "add", {
    create: ["aws_vpc_security_group_ingress_rule.eks_security-groups_control-plane-from-192-0-2-0-24"],
  }),
  controlPlane("access_entries.0.namespaces", ["builds", "more"], "replace", {
    "delete+create": ["aws_eks_access_policy_association.eks_access_listed-build-team-policy"],
  }),
  controlPlane("access_entries.0.access_policy", "AmazonEKSViewPolicy", "replace", {
    "delete+create": ["aws_eks_access_policy_association.eks_access_listed-build-team-policy"],
  }),
  controlPlane("vpc_cni.values", { nodeAgent: { enabled: true } }, "in place", {
    update: ["aws_eks_addon.eks_addons_vpc-cni"],
  }),
  controlPlane("deletion_protection", false, "in place", { update: ["aws_eks_cluster.eks"] }),

  workers("0.max_size", 12, "in place", { update: ["aws_eks_node_group.workers_general"] }),
  workers("0.min_size", 2, "in place", { update: ["aws_eks_node_group.workers_general"] }),
  workers("0.max_unavailable_percentage", 50, "in place", { update: ["aws_eks_node_group.workers_general"] }),
  workers("0.labels", { "example.com/x": "y" }, "in place", {
    create: [
      "aws_autoscaling_group_tag.workers_general_tag-k8sio--cluster-autoscaler--node-template--label--examplecom--x",
    ],
    update: ["aws_eks_node_group.workers_general"],
  }),
  workers("0.root_volume.size_gib", 120, "rolling", {
    update: [
      "aws_autoscaling_group_tag.workers_general_tag-k8sio--cluster-autoscaler--node-template--resources--ephemeral-storage",
      "aws_eks_node_group.workers_general",
      "aws_launch_template.workers_general_launch-template",
    ],
  }),
  workers("0.instance_types", ["m6i.large"], "replace", {
    "create+delete": ["aws_eks_node_group.workers_general"],
    "delete+create": groupTags("general"),
  }),
  workers("0.capacity_type", "SPOT", "replace", {
    "create+delete": ["aws_eks_node_group.workers_general"],
    "delete+create": groupTags("general"),
  }),
  workers("1.taints", [], "in place", {
    delete: [
      "aws_autoscaling_group_tag.workers_arm_tag-k8sio--cluster-autoscaler--node-template--taint--examplecom--arch",
    ],
    update: ["aws_eks_node_group.workers_arm"],
  }),
  workers("2.spot_allocation_strategy", "capacity-optimized", "in place", {
    update: ["aws_autoscaling_group.workers_builds"],
  }),
  workers("2.max_size", 30, "in place", { update: ["aws_autoscaling_group.workers_builds"] }),
  workers("2.root_volume.iops", 6000, "rolling", {
    update: ["aws_autoscaling_group.workers_builds", "aws_launch_template.workers_builds_launch-template"],
  }),

  network("map_public_ip_on_launch", true, "in place", { update: zones("aws_subnet.network_subnets_public-*") }),
  network("interface_endpoints", [], "remove", {
    delete: [
      "aws_security_group.endpoints_security-group",
      "aws_vpc_endpoint.endpoints_sts",
      "aws_vpc_security_group_ingress_rule.endpoints_from-10-1-0-0-16",
    ],
  }),
  network("dhcp_options.domain_name", "tools.internal", "add", {
    create: ["aws_vpc_dhcp_options.dhcp-options", "aws_vpc_dhcp_options_association.dhcp-options_association"],
  }),
  network("private_zones", [{ name: "internal", domain: "in.tools.example.com" }], "add", {
    create: ["aws_route53_zone.connections_names_zones_internal"],
  }),
  controlPlane(
    "security_groups.nodes.rules",
    [{ name: "scrape", direction: "ingress", protocol: "tcp", from_port: 9100, to_port: 9100, cidr: "10.1.0.0/16" }],
    "add",
    { create: ["aws_vpc_security_group_ingress_rule.eks_security-groups_node-rules_scrape"] },
  ),
  workers("0.kubelet", { max_pods: 50 }, "rolling", ROLLED),
  workers("0.metadata_options", { http_put_response_hop_limit: 2 }, "rolling", ROLLED),
  workers("0.max_unavailable", 1, "in place", { update: ["aws_eks_node_group.workers_general"] }),
  workers("0.node_repair", {}, "in place", { update: ["aws_eks_node_group.workers_general"] }),
  workers("0.force_update_version", true, "in place", { update: ["aws_eks_node_group.workers_general"] }),
  workers("0.availability_zones", ["us-west-2a", "us-west-2b"], "replace", {
    "create+delete": ["aws_eks_node_group.workers_general"],
    "delete+create": groupTags("general"),
  }),
  workers(
    "0.scheduled_scaling",
    [{ name: "night", recurrence: "0 20 * * *", time_zone: "Etc/UTC", max_size: 4 }],
    "add",
    { create: ["aws_autoscaling_schedule.workers_general_schedule-night"] },
  ),
  workers("2.instance_refresh", { skip_matching: true }, "in place", {
    update: ["aws_autoscaling_group.workers_builds"],
  }),
  {
    field: "fargate_profiles",
    value: [{ name: "batch", selectors: [{ namespace: "batch" }] }],
    kind: "add",
    stack: "eks-workers",
    changes: {
      create: [
        "aws_eks_fargate_profile.workers_fargate_batch",
        "aws_iam_role.workers_fargate_batch-role",
        "aws_iam_role_policy_attachment.workers_fargate_batch-role_AmazonEKSFargatePodExecutionRolePolicy",
        "aws_vpc_security_group_ingress_rule.workers_fargate_fargate-from-nodes",
        "aws_vpc_security_group_ingress_rule.workers_fargate_nodes-from-fargate",
      ],
    },
  },

  addons("external_dns_enabled", false, "remove", {
    delete: [
      "aws_eks_pod_identity_association.addons_external_dns_identity",
      "aws_iam_role.addons_external_dns_role",
      "aws_iam_role_policy.addons_external_dns_role_policy",
      "helm_release.addons_external_dns",
      "helm_release.addons_external_dns_manifests",
      "kubernetes_namespace_v1.addons_external_dns_namespace",
      "terraform_data.addons_external_dns_identity-effective",
    ],
  }),
  addons("metrics_server.values", { replicas: 5 }, "in place", { update: ["helm_release.addons_metrics_server"] }),
  addons("cluster_autoscaler.options.expander", "random", "in place", {
    update: ["helm_release.addons_cluster_autoscaler"],
  }),
];

const NAME = "tools.eks.example.com";
const work = scratch();
const definitions = join(work.path, "definitions");
const file = join(definitions, "clusters/platform", `${NAME}.yaml`);
let providers: OfflineProviders;
let cluster: OfflineCluster;
let original: string;

beforeAll(async () => {
  cpSync(SAMPLE_FLEET, definitions, { recursive: true });
  original = readFileSync(file, "utf8");
  const [all, more] = ["all", "more"].map((folder) => join(work.path, folder)) as [string, string];
  await synthesizeFleet(all, definitions, NAME);
  // The providers know the types of resources that they have seen, and some changes add others.
  writeFileSync(file, changed(CASES.filter(({ kind }) => kind === "add")));
  await synthesizeFleet(more, definitions, NAME);
  writeFileSync(file, original);
  const stacks = [all, more].map((directory) => join(directory, "stacks"));
  providers = await startOfflineProviders({ stacks, storeDirectory: join(work.path, "store") });
  cluster = new OfflineCluster({ definitions, name: NAME, work: work.path, providers });
  cluster.synthesize();
  await cluster.apply();
});

afterAll(async () => {
  await providers.close();
  work.remove();
});

afterEach(() => {
  writeFileSync(file, original);
  cluster.synthesize();
});

describe("a change of one field plans changes of its own resources only", () => {
  test.each(CASES)("$field: $kind", async ({ field, value, kind, stack, changes }) => {
    writeFileSync(file, changed([{ field, value }]));

    const planned: Partial<Record<StackName, Changes>> = {};
    for (const changed of cluster.synthesize()) {
      const found = await plan(changed);
      if (Object.keys(found).length > 0) planned[changed] = found;
    }

    expect(planned).toEqual(Object.keys(changes).length === 0 ? {} : { [stack]: changes });
    expect(kindOf(changes)).toBe(kind);
  });
});

/** The sample with other values. */
function changed(fields: readonly Pick<Case, "field" | "value">[]): string {
  const document = parseDocument(original);
  for (const { field, value } of fields)
    document.setIn(["tfvars", ...field.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key))], value);
  return String(document);
}

async function plan(stack: StackName): Promise<Changes> {
  const { changes } = await cluster.stack(stack).plan(["-refresh=false"]); // nothing but the definition has changed
  const byActions: Record<string, string[]> = {};
  for (const [address, actions] of Object.entries(changes)) {
    const key = actions.join("+");
    byActions[key] = [...(byActions[key] ?? []), address.replace(/_[0-9A-F]{8}$/, "")].sort();
  }
  return byActions;
}

function kindOf(changes: Changes): Kind {
  const actions = Object.keys(changes);
  if (actions.some((action) => action.includes("+"))) return "replace";
  if ((changes["update"] ?? []).some((address) => address.startsWith("aws_launch_template."))) return "rolling";
  if (actions.includes("delete") && !(changes["update"] ?? []).some(ofNodes)) return "remove";
  return actions.includes("create") && !actions.includes("update") ? "add" : "in place";
}

function ofNodes(address: string): boolean {
  return address.startsWith("aws_eks_node_group.");
}
