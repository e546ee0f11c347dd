import { testGroup } from "../../../support/worker-problems";

describe("where instances start", () => {
  testGroup({
    "a group by nothing": [
      "placement_group: {}",
      "placement_group: must have one of existing_name (a group that exists) and strategy (one that is made), got none",
    ],
    "a group by both": [
      "placement_group: { existing_name: near, strategy: spread }\nmax_size: 21",
      "placement_group: must have one of existing_name (a group that exists) and strategy (one that is made), got both",
    ],
    "keys of other strategies": [
      "placement_group: { strategy: spread, partition_count: 2 }",
      "placement_group.partition_count: is for strategy partition only: remove it, or set strategy: partition",
    ],
    "a cluster in all zones, of T types": [
      "placement_group: { strategy: cluster }\ninstance_types: [t3.large]",
      "placement_group.strategy: cluster lies in one zone: name one zone in availability_zones, or set per_zone: true for a group in each",
      "placement_group.strategy: cluster takes no T types: take t3.large out of instance_types, or another strategy",
    ],
    "more than racks": [
      "placement_group: { strategy: spread }\nmax_size: 22",
      "max_size: must be at most 21, because a spread group has 7 instances in each of its zones, got 22",
    ],
    "a group on Dedicated Hosts": [
      "placement_group: { existing_name: near }\ntenancy: host",
      "placement_group: cannot be with tenancy host: EC2 puts no Dedicated Host into a placement group. Remove one of them",
    ],
    "dedicated instances on racks of their own": [
      "placement_group: { strategy: spread }\ntenancy: dedicated",
      "placement_group.strategy: spread takes no dedicated instances: remove tenancy, or take another strategy",
    ],
    "dedicated instances in many partitions": [
      "placement_group: { strategy: partition, partition_count: 3 }\ntenancy: dedicated",
      "placement_group.partition_count: must be at most 2 for dedicated instances, got 3",
    ],
    "dedicated instances in two partitions": [
      "placement_group: { strategy: partition, partition_count: 2 }\ntenancy: dedicated",
    ],
    "hosts of no Outpost": [
      "placement_group: { strategy: spread, spread_level: host }",
      "placement_group.spread_level: host is for subnets of an Outpost, which only existing_vpc.subnet_ids name: take rack, which holds by default",
    ],
    "the fabric, anywhere": [
      "efa_interface_count: 1\ninstance_types: [m6i.large]",
      "efa_interface_count: needs instances close together: set placement_group: { strategy: cluster }, or the existing_name of one",
      "efa_interface_count: needs one zone, which the fabric does not leave: name one in availability_zones, or set per_zone: true",
      "efa_interface_count: m6i.large has no adapter: remove it, or take a type that has",
    ],
    "the fabric, in a placement group beside a block of capacity": [
      "efa_interface_count: 1\nami_type: AL2023_x86_64_NVIDIA\ninstance_types: [p5.48xlarge]\ncapacity_type: CAPACITY_BLOCK\ncapacity_reservation: { id: cr-0123456789abcdef0 }\navailability_zones: [us-east-1a]\nplacement_group: { strategy: cluster }",
      "placement_group: cannot be with CAPACITY_BLOCK, whose instances are close together already, and which lies in no placement group: remove it",
    ],
    "the fabric, where the capacity was reserved": [
      "efa_interface_count: 1\nami_type: AL2023_x86_64_NVIDIA\ninstance_types: [p5.48xlarge]\ncapacity_type: CAPACITY_BLOCK\ncapacity_reservation: { id: cr-0123456789abcdef0 }\navailability_zones: [us-east-1a]",
    ],
    "more adapters than cards": [
      "efa_interface_count: 8\nami_type: AL2023_x86_64_NVIDIA\ninstance_types: [p4d.24xlarge]\nplacement_group: { strategy: cluster }\nper_zone: true",
      "efa_interface_count: must be at most 4, the adapters of p4d.24xlarge, got 8",
    ],
  });
});
