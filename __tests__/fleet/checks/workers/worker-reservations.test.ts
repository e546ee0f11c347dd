import { testGroup } from "../../../support/worker-problems";

const ID = "id: cr-0123456789abcdef0";

describe("reservations", () => {
  testGroup({
    "refuses two keys of a reservation": [
      `capacity_reservation: { preference: open, ${ID} }\navailability_zones: [us-east-1a]`,
      "capacity_reservation: must have one of preference, id, resource_group_arn, but has preference and id",
    ],
    "refuses a reservation without a key": [
      "capacity_reservation: {}",
      "capacity_reservation: must have one of preference, id, resource_group_arn, but has none",
    ],
    "refuses a reservation for spot instances": [
      "capacity_type: SPOT\ncapacity_reservation: { preference: open }",
      "capacity_reservation: has no effect because the group buys spot instances only. Remove it, or set capacity_type: ON_DEMAND without a spot_price",
    ],
    "reports the spot instances alone, not also the zones and types of the reservation": [
      `capacity_type: SPOT\ncapacity_reservation: { ${ID} }\ninstance_types: [m6i.large, m5.large]`,
      "capacity_reservation: has no effect because the group buys spot instances only. Remove it, or set capacity_type: ON_DEMAND without a spot_price",
    ],
    "refuses a group of reservations in another region": [
      "capacity_reservation: { resource_group_arn: 'arn:aws:resource-groups:eu-west-1:111111111111:group/gpu' }",
      "capacity_reservation.resource_group_arn: is in eu-west-1, but the cluster is in us-east-1. Use one in us-east-1",
    ],
    "refuses a reservation for two types": [
      `capacity_reservation: { ${ID} }\ninstance_types: [m6i.large, m5.large]\navailability_zones: [us-east-1a]`,
      "capacity_reservation.id: is a reservation for one instance type, but the group has several. List that type in instance_types, or use resource_group_arn",
    ],
    "warns of a reservation for several zones": [
      `capacity_reservation: { ${ID} }`,
      "warning: capacity_reservation.id: is a reservation in one zone, so no instance starts in the other zones of the group. Set availability_zones to its zone",
    ],
  });
});

describe("capacity blocks", () => {
  const block = `capacity_type: CAPACITY_BLOCK\ncapacity_reservation: { ${ID} }\navailability_zones: [us-east-1a]`;
  const gpus = "ami_type: BOTTLEROCKET_x86_64_NVIDIA\ninstance_types: [p5.48xlarge]";
  testGroup({
    "accepts one type in one zone": [`${block}\n${gpus}`],
    "requires one type, one zone and the id, at the group's own lines": [
      "capacity_type: CAPACITY_BLOCK\nami_type: BOTTLEROCKET_x86_64_NVIDIA\ninstance_types: [p5.48xlarge, p5e.48xlarge]",
      "availability_zones: must be the zone of the capacity block, but is all zones",
      "capacity_type: requires the id of the capacity block. Set capacity_reservation: { id: cr-... }",
      "instance_types: must be one type, because a capacity block has one, but lists p5.48xlarge, p5e.48xlarge",
    ],
    "refuses an on-demand base in a self-managed group": [
      `kind: self_managed\n${block}\n${gpus}\non_demand_base_capacity: 1`,
      "on_demand_base_capacity: conflicts with capacity_type CAPACITY_BLOCK, which does not support it. Remove one of them",
    ],
    "refuses a bid": [
      `kind: self_managed\nspot_price: 0.1\n${block}\n${gpus}`,
      "spot_price: conflicts with capacity_type CAPACITY_BLOCK, which does not support it. Remove one of them",
      "warning: spot_price: buys spot instances in a self-managed group, but nothing drains the nodes before EC2 ends them. Set addons.aws_node_termination_handler_enabled: true",
    ],
    "refuses types without accelerators": [
      `${block}\ninstance_types: [m6i.large]`,
      "instance_types[0]: m6i.large has no capacity blocks, which EC2 sells for P and Trn types. Use the type of the block, or another capacity_type",
    ],
    "warns of types with accelerators that have no blocks today": [
      `${block}\nami_type: BOTTLEROCKET_x86_64_NVIDIA\ninstance_types: [g6e.48xlarge]`,
      "warning: instance_types[0]: g6e.48xlarge has no capacity blocks, which EC2 sells for P and Trn types. Use the type of the block, or another capacity_type",
    ],
  });
});
