import { misordered } from "../../offline/overlay/refuse";

const sizes = (min_size: number, desired_size: number, max_size: number) => ({
  scaling_config: [{ min_size, desired_size, max_size }],
});

test.each([
  ["fewer nodes than the least", sizes(3, 2, 4), "Minimum capacity 3 can't be greater than desired size 2"],
  ["more nodes than the most", sizes(1, 5, 4), "Desired capacity 5 can't be greater than max size 4"],
] as const)("refuses a group of %s", (_what, planned, message) => {
  expect(misordered("aws_eks_node_group", planned)).toBe(`InvalidParameterException: ${message}`);
});

test.each([
  ["aws_eks_node_group", sizes(2, 2, 2)],
  ["aws_eks_node_group", sizes(0, 0, 1)],
  ["aws_eks_node_group", {}],
  ["aws_vpc", sizes(3, 2, 1)],
] as const)("accepts %s with %j", (type, planned) => {
  expect(misordered(type, planned)).toBeUndefined();
});
