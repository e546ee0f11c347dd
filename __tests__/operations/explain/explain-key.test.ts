import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { explainKey } from "../../../operations/explain/explain-key";
import { explainResource } from "../../../operations/explain/explain-resource";
import { leavesOf } from "../../../operations/explain/leaves";
import { openCluster } from "../../../operations/explain/open-cluster";
import type { KeyReport } from "../../../operations/explain/report";
import { explainReport } from "../../../operations/explain/report";
import { shapedBy } from "../../../operations/explain/shaped-by";
import { WhatIf } from "../../../operations/explain/what-if";
import { TODAY } from "../../support/definitions";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

const scratch = mkdtempSync(join(tmpdir(), "explain-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const NAME = "staging.dev.example.com";
const open = openCluster({ directory: SAMPLE_FLEET, shipped: "definitions", select: NAME, today: TODAY });
const whatIf = new WhatIf(open, scratch);

const GROUP = "eks-workers aws_eks_node_group.workers_general_CE6D1FA2";
const CONTROL_PLANE = "eks-cluster aws_eks_cluster.eks_3E955FF2";

/** `stack address: attributes`, with `=` for attributes that carry the value as it is; `+` and `-` for the other effects. */
function shapes({ effect }: KeyReport): string[] {
  return effect.shapes.map(({ address, attributes, effect: kind, stack }) => {
    const names = attributes.map((each) => `${each.path}${each.carried_as_is ? "=" : ""}`);
    const what = { attributes: names.join(" "), existence: "exists", absence: "would exist" }[kind];
    return `${stack} ${address}: ${what}`;
  });
}

const explained = (key: string): KeyReport => explainKey(open, whatIf, key);

test("the Kubernetes version shapes the control plane, the nodes and the add-ons whose versions follow it", () => {
  expect(shapes(explained("cluster.kubernetes_version"))).toEqual([
    "eks-cluster aws_eks_addon.eks_addons_kube-proxy_537944FD: addon_version",
    `${CONTROL_PLANE}: version=`,
    "eks-cluster output.kubernetes_version: value=",
    `${GROUP}: release_version version=`,
    "addons aws_eks_addon.addons_coredns_63ED9C2D: addon_version",
    "addons output.installed_addons: value.coredns.version",
  ]);
});

test("the largest size of a group shapes the group alone", () => {
  const { effect, path, settings, value } = explained("workers[general].max_size");
  expect([path, value, effect.status, effect.tried]).toEqual(["tfvars.workers[general].max_size", 4, "shapes", [5, 3]]);
  expect(settings.map(({ layer, value: set }) => [layer, set])).toEqual([
    ["cluster", 4],
    ["defaults", 3],
  ]);
  expect(shapes(explained("workers[general].max_size"))).toEqual([
    `${GROUP}: scaling_config.desired_size scaling_config.max_size=`,
  ]);
});

test("a key that a group inherits shapes the group", () => {
  expect(shapes(explained("workers[general].max_unavailable_percentage"))).toEqual(
    shapes(explained("worker_defaults.max_unavailable_percentage")),
  );
  expect(shapes(explained("worker_defaults.max_unavailable_percentage"))).toEqual([
    `${GROUP}: update_config.max_unavailable_percentage=`,
  ]);
});

test("deletion protection shapes the VPC, the cluster and its key", () => {
  expect(shapes(explained("cluster.deletion_protection"))).toEqual([
    "networking aws_vpc.network_39EEAA36: lifecycle.prevent_destroy=",
    `${CONTROL_PLANE}: deletion_protection= lifecycle.prevent_destroy=`,
    "eks-cluster aws_kms_key.eks_secrets-key_646F0BF2: lifecycle",
  ]);
});

test("tags are on the provider of every stack, and in what AWS tags by itself", () => {
  expect(shapes(explained("common.tags"))).toEqual([
    "networking provider.aws: default_tags[0].tags",
    "eks-cluster provider.aws: default_tags[0].tags",
    "eks-workers aws_launch_template.workers_general_launch-template_B135DB22: tag_specifications[0].tags tag_specifications[1].tags tag_specifications[2].tags",
    "eks-workers provider.aws: default_tags[0].tags",
    "addons provider.aws: default_tags[0].tags",
  ]);
});

test("the tier intra is why its subnets, its route table and their associations exist", () => {
  const existing = shapes(explained("networking.subnet_tiers")).filter((line) => line.endsWith(": exists"));
  expect(existing).toEqual([
    "networking aws_route_table.network_routes_intra_3C932555: exists",
    "networking aws_route_table_association.network_routes_intra-eu-west-1a-association_45BE1AA8: exists",
    "networking aws_route_table_association.network_routes_intra-eu-west-1b-association_49235DD4: exists",
    "networking aws_route_table_association.network_routes_intra-eu-west-1c-association_4A611E54: exists",
    "networking aws_subnet.network_subnets_intra-eu-west-1a_D21C4F97: exists",
    "networking aws_subnet.network_subnets_intra-eu-west-1b_530D4286: exists",
    "networking aws_subnet.network_subnets_intra-eu-west-1c_57EC1D55: exists",
  ]);
});

test("a pin of the release shapes the release of its chart", () => {
  expect(shapes(explained("release.charts.external_dns.version"))).toEqual([
    "addons helm_release.addons_external_dns_C1786AF9: version=",
    "addons output.installed_addons: value.external_dns.version=",
  ]);
});

test("the service level shapes replicas, and so does its own profile", () => {
  expect(shapes(explained("sla_profiles.development.replicas"))).toContain(
    "addons helm_release.addons_metrics_server_59C5201E: values[0].replicas=",
  );
});

test("an option of an addon that the cluster does not have shapes nothing, because nothing reads it", () => {
  expect(explained("addons.velero.options.volumes").effect).toEqual({
    status: "nothing",
    reason: "Nothing in this cluster reads it.",
    tried: [],
    refused: [],
    shapes: [],
  });
});

test("a key that is read but decides nothing is tried", () => {
  expect(explained("networking.existing_vpc.subnet_ids.pod").effect).toMatchObject({
    status: "nothing",
    reason: 'The cluster is the same with {"us-east-1-bos-1a":"subnet-0123456789abcdef0"}.',
  });
});

test("the length of a subnet is tried with others than the one that null gives", () => {
  expect(explained("networking.subnet_prefix_lengths.private").effect).toMatchObject({
    status: "shapes",
    reason: "Found by building the cluster with 24, 26, 20, 22.",
  });
});

test("the effect of a key is unknown if it has no other value, or none can be built", () => {
  expect(explained("networking.existing_vpc.vpc_id").effect).toMatchObject({
    status: "unknown",
    reason:
      "It could not be found out, because the cluster cannot be built with vpc-0123456789abcdef0: zone eu-west-1a has no private subnet: eu-west-1a, eu-west-1b, eu-west-1c (at staging-dev-example-com-eks-workers/workers/general).",
    shapes: [],
  });
  expect(explained("addons.metrics_server.options").effect).toMatchObject({
    status: "unknown",
    reason: "The effect is unknown, because fleet found no other value that the schema accepts.",
  });
});

test("a section is explained key by key", () => {
  const { effect, keys } = explained("networking.flow_logs.s3");
  expect(keys.map(({ path, effect: { status } }) => [path, status])).toEqual([
    ["tfvars.networking.flow_logs.s3.bucket_arn", "nothing"],
    ["tfvars.networking.flow_logs.s3.file_format", "nothing"],
    ["tfvars.networking.flow_logs.s3.hive_compatible_partitions", "nothing"],
    ["tfvars.networking.flow_logs.s3.per_hour_partition", "nothing"],
  ]);
  expect(effect.status).toBe("nothing");
});

test("a section as large as tfvars is refused with its parts", () => {
  expect(() => explained("tfvars")).toThrow(/^tfvars has \d+ keys\. Name a part of it: tfvars\.common, /);
});

test("a resource is explained by the keys that shape it, first those that create it", () => {
  const answer = explainResource(open, whatIf, "aws_nat_gateway.network_nat_eu-west-1a_BCEA8F4A");
  expect(
    answer.resources.map(({ keys, stack }) => [stack, keys.map(({ path, effect }) => `${path} ${effect}`)]),
  ).toEqual([
    [
      "networking",
      [
        "tfvars.common.aws_region existence",
        "tfvars.networking.existing_vpc.vpc_id existence",
        "tfvars.networking.existing_vpc.vpc_tags existence",
        "tfvars.networking.nat_gateways existence",
        "tfvars.networking.private existence",
        "meta.CLUSTER_NAME attributes",
        "tfvars.networking.nat_gateway_eip_allocation_ids attributes",
      ],
    ],
  ]);
  expect(explainReport.safeParse({ version: 1, answer }).success).toBe(true);
});

test("an unknown address is refused with the nearest ones", () => {
  expect(() => explainResource(open, whatIf, "aws_eks_cluster.control-plane")).toThrow(
    'staging.dev.example.com has no "aws_eks_cluster.control-plane". The nearest addresses: aws_eks_cluster.eks_3E955FF2',
  );
  expect(() => explainResource(open, whatIf, "adons:aws_eks_cluster.x")).toThrow(
    'unknown stack "adons". Did you mean "addons"?',
  );
});

/** Leaves at steps of a prime number, so that they are in all sections. */
const LEAVES = leavesOf(open.written).filter((_, index) => index % 53 === 5);

test.each(LEAVES.map((leaf) => [leaf.path.join("."), leaf] as const))(
  "what %s shapes names it as the key that shapes it",
  (_, leaf) => {
    const { changes } = shapedBy(open, whatIf, leaf);
    const read = whatIf.readersOf(leaf)?.size !== 0;
    expect(read || changes.length === 0).toBe(true);
    for (const change of changes.filter(({ effect }) => effect !== "absence").slice(0, 8)) {
      expect(whatIf.mayShape(leaf, change.stack)).toBe(true);
      const target = whatIf.targetOf(change.stack, change.address);
      expect(shapedBy(open, whatIf, leaf, target).changes).toEqual([change]);
    }
  },
);

test("an address that several stacks have is suggested once", () => {
  const message = messageOf(() => explainResource(open, whatIf, "backend.s4"));

  expect(message.split("backend.s3")).toHaveLength(3); // the intended key and the nearest
});

test("the whole definition is too large a section", () => {
  expect(messageOf(() => explained(""))).toMatch(/^the definition has \d+ keys\. Name a part of it: meta, tfvars,/);
});

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

test.each([
  ["networking.subnet_prefix_lengths.public", "networking aws_subnet."],
  ["networking.subnet_ranges.private", "networking aws_subnet."],
  ["networking.client_vpn_associations", "networking aws_ec2_client_vpn_network_association."],
])("%s is found with values that fit the zones and the VPC of the cluster", (key, resource) => {
  const { effect } = explained(key);

  expect(effect.status).toBe("shapes");
  expect(effect.shapes.some(({ address, stack }) => `${stack} ${address}`.startsWith(resource))).toBe(true);
});
