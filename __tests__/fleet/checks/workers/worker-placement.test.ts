import { testGroup } from "../../../support/worker-problems";

const lines = (...each: readonly string[]): string => each.join("\n");
const group = (keys: string): string => `placement_group: { ${keys} }`;
const efa = (count: number, type: string): string =>
  lines(`efa_interface_count: ${count}`, `instance_types: [${type}]`, "ami_type: BOTTLEROCKET_x86_64_NVIDIA");
const BLOCK = lines(
  "capacity_type: CAPACITY_BLOCK",
  "capacity_reservation: { id: cr-0123456789abcdef0 }",
  "availability_zones: [us-east-1a]",
);
const oneOf = (has: string): string =>
  `placement_group: must have one of existing_name (an existing group) and strategy (a new group), but has ${has}`;

testGroup({
  "requires a name or a strategy": [group(""), oneOf("none")],
  "refuses a name beside a strategy": [group("existing_name: near, strategy: spread"), oneOf("both")],
  "refuses the keys of another strategy": [
    `${group("strategy: cluster, partition_count: 2, spread_level: rack")}\nper_zone: true`,
    "placement_group.partition_count: requires strategy: partition. Remove it, or set strategy: partition",
    "placement_group.spread_level: requires strategy: spread. Remove it, or set strategy: spread",
  ],
  "refuses a cluster in all zones": [
    group("strategy: cluster"),
    "placement_group.strategy: requires one zone for cluster. List one zone in availability_zones, or set per_zone: true for a group in each zone",
  ],
  "refuses a cluster of T types": [
    lines(group("strategy: cluster"), "instance_types: [t3.large]", "per_zone: true"),
    "placement_group.strategy: cluster does not support T types. Remove t3.large from instance_types or use another strategy",
  ],
  "refuses more instances than racks": [
    lines(group("strategy: spread"), "max_size: 22"),
    "max_size: must be at most 7 instances of a spread group in each of 3 zones (21), but is 22",
  ],
  "accepts as many instances as racks": [lines(group("strategy: spread"), "max_size: 21")],
  "refuses a placement group of Dedicated Hosts": [
    lines(group("existing_name: near"), "tenancy: host"),
    "placement_group: conflicts with tenancy: host, because no Dedicated Host can be in a placement group. Remove one of them",
  ],
  "refuses Dedicated Instances in a spread group": [
    lines(group("strategy: spread"), "tenancy: dedicated"),
    "placement_group.strategy: spread does not support Dedicated Instances. Remove tenancy or use another strategy",
  ],
  "refuses 3 partitions of Dedicated Instances": [
    lines(group("strategy: partition, partition_count: 3"), "tenancy: dedicated"),
    "placement_group.partition_count: must be at most the partitions of Dedicated Instances (2), but is 3",
  ],
  "accepts 2 partitions of Dedicated Instances": [
    lines(group("strategy: partition, partition_count: 2"), "tenancy: dedicated"),
  ],
  "accepts 3 partitions of other instances": [group("strategy: partition, partition_count: 3")],
  "refuses hosts outside an Outpost": [
    group("strategy: spread, spread_level: host"),
    "placement_group.spread_level: requires subnets of an Outpost in existing_vpc.subnet_ids.private for host. Add them or use rack",
  ],
  "limits hosts of an Outpost by no number of racks": [
    lines(group("strategy: spread, spread_level: host"), "max_size: 22"),
    "placement_group.spread_level: requires subnets of an Outpost in existing_vpc.subnet_ids.private for host. Add them or use rack",
  ],
  "accepts a cluster of T types that requirements replace": [
    lines(
      group("strategy: cluster"),
      "instance_types: [t3.large]",
      "instance_requirements: { vcpu_count: { min: 1 }, memory_mib: { min: 1 } }",
      "per_zone: true",
    ),
    "instance_types: has no effect because instance_requirements select the types. Remove it, or remove instance_requirements",
  ],
  "accepts adapters in a group of reservations": [
    lines(
      efa(1, "p5.48xlarge"),
      "capacity_reservation: { resource_group_arn: 'arn:aws:resource-groups:us-east-1:111111111111:group/gpu' }",
      "availability_zones: [us-east-1a]",
    ),
  ],
  "requires one zone for adapters, and recommends a placement group": [
    efa(1, "p5.48xlarge"),
    "warning: efa_interface_count: is faster between instances that are close together. Set placement_group: { strategy: cluster }, or the existing_name of such a group",
    "efa_interface_count: requires one zone. List one zone in availability_zones, or set per_zone: true",
  ],
  "refuses adapters of a type that has none": [
    lines("efa_interface_count: 1", "instance_types: [m6i.large]", group("strategy: cluster"), "per_zone: true"),
    "efa_interface_count: m6i.large has no adapter. Remove this key or use another type",
  ],
  "refuses more adapters than the type has": [
    lines(efa(5, "p4d.24xlarge"), group("strategy: cluster"), "per_zone: true"),
    "efa_interface_count: must be at most the adapters of p4d.24xlarge (4), but is 5",
  ],
  "accepts all adapters of a type whose first card takes none": [
    lines(efa(16, "p6-b300.48xlarge"), group("strategy: cluster"), "per_zone: true"),
  ],
  "refuses more adapters than further cards": [
    lines(efa(17, "p6-b300.48xlarge"), group("strategy: cluster"), "per_zone: true"),
    "efa_interface_count: must be at most the adapters of p6-b300.48xlarge (16), but is 17",
  ],
  "refuses types with different network cards in one group": [
    lines(efa(16, "p6-b300.48xlarge, p5en.48xlarge"), group("strategy: cluster"), "per_zone: true"),
    "instance_types: requires types with the same network cards, but the first card of p6-b300.48xlarge supports no adapter. Create a group for it",
  ],
  "refuses an adapter of a large type without one": [
    lines(efa(1, "g5.4xlarge"), group("strategy: cluster"), "per_zone: true"),
    "efa_interface_count: g5.4xlarge has no adapter. Remove this key or use another type",
  ],
  "warns of adapters of a type that is not in the list": [
    lines(efa(8, "p9-b200.48xlarge"), group("strategy: cluster"), "per_zone: true"),
    "warning: efa_interface_count: p9-b200.48xlarge is not in the list of adapters of 2026-08-02. The first adapter is on the first network card, which must support EFA. Compare with AWS's list of instance types",
    'warning: instance_types[0]: "p9-b200.48xlarge" is not an instance type of 2026-08 or before. Did you mean "p6-b200.48xlarge"?',
  ],
  "accepts all adapters that the type has": [
    lines(efa(4, "p4d.24xlarge"), group("strategy: cluster"), "per_zone: true"),
  ],
  "refuses a public address for several adapters": [
    lines(
      efa(2, "p4d.24xlarge"),
      group("strategy: cluster"),
      "availability_zones: [us-east-1a]",
      "subnet_tier: public",
      "associate_public_ip_address: true",
      "kubelet: { max_pods: 5 }",
      "max_size: 1",
    ),
    "associate_public_ip_address: requires instances with one network interface, but efa_interface_count is 2. Remove one of them",
  ],
  "refuses a placement group beside a block of capacity": [
    lines(efa(1, "p5.48xlarge"), BLOCK, group("strategy: cluster")),
    "placement_group: conflicts with capacity_type: CAPACITY_BLOCK, whose instances are already close together and cannot be in a placement group. Remove it",
  ],
  "accepts adapters where the capacity was reserved": [lines(efa(1, "p5.48xlarge"), BLOCK)],
});
