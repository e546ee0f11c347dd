import { refusedZones } from "../../offline/overlay/refuse";

const ZONES: Readonly<Record<string, string>> = {
  "subnet-a": "eu-west-1a",
  "subnet-a2": "eu-west-1a",
  "subnet-b": "eu-west-1b",
  "subnet-c": "eu-west-1c",
};
const cluster = (...subnet_ids: string[]) => ({ name: "demo", vpc_config: [{ subnet_ids }] });
const refusedFor = (from: string[], to: string[]) =>
  refusedZones("aws_eks_cluster", cluster(...from), cluster(...to), (id) => ZONES[id]);

test.each([
  ["subnet-a, subnet-b, subnet-c", "eu-west-1a, eu-west-1b, eu-west-1c"],
  ["subnet-a", "eu-west-1a"],
  ["subnet-a, subnet-c", "eu-west-1a, eu-west-1c"],
])("EKS refuses to move a control plane to %s", (to, zones) => {
  expect(refusedFor(["subnet-a", "subnet-b"], to.split(", "))).toBe(
    `InvalidParameterException: Provided subnets belong to the AZs '${zones}'. But they should belong to the exact set of AZs 'eu-west-1a, eu-west-1b' in which subnets were provided during cluster creation.`,
  );
});

test("EKS accepts other subnets in the same zones", () => {
  expect(refusedFor(["subnet-a", "subnet-b"], ["subnet-b", "subnet-a2", "subnet-a"])).toBeUndefined();
});

test("subnets of unknown zones are not compared", () => {
  expect(refusedFor(["subnet-a", "subnet-b"], ["subnet-a", "subnet-x"])).toBeUndefined();
});
