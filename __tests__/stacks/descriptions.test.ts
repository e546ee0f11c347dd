import { loadFleet } from "../../fleet/load";
import { addClusterStacks } from "../../stacks/cluster-stacks";
import { TODAY } from "../support/definitions";
import { SAMPLE_FLEET } from "../support/sample-fleet";
import { synthStacks } from "../support/synth";

const TYPES = ["aws_security_group", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"];
const { clusters } = loadFleet({ directory: SAMPLE_FLEET, shipped: "definitions", today: TODAY });

test.each(clusters.map((cluster) => [cluster.name, cluster] as const))(
  "%s describes each security group and each rule",
  (_name, cluster) => {
    const stacks = Object.values(synthStacks((scope) => ({ ...addClusterStacks(scope, cluster) })));
    const all = stacks.flatMap((stack) => TYPES.flatMap((type) => Object.entries(stack.all(type))));

    expect(all.filter(([, { description }]) => !description).map(([address]) => address)).toEqual([]);
    expect(all.length).toBeGreaterThan(0);
  },
);
