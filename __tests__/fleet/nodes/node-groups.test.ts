import { nodeGroups } from "../../../fleet/nodes/node-groups";
import { workerOf } from "../../support/cluster";

const ZONES = ["eu-west-1a", "eu-west-1b"];

test("a worker is one group", () => {
  const worker = workerOf({ name: "general" });

  expect(nodeGroups(worker, ZONES)).toEqual([worker]);
});

test.each([
  ["the network's zones", [], ["general-a", "general-b"]],
  ["the zones it names", ["eu-west-1b"], ["general-b"]],
] as const)("a worker with per_zone is one group in each of %s", (_what, availability_zones, names) => {
  const worker = workerOf({ name: "general", per_zone: true, availability_zones: [...availability_zones] });
  const groups = nodeGroups(worker, ZONES);

  expect(groups.map(({ name }) => name)).toEqual(names);
  expect(groups.map((group) => group.availability_zones)).toEqual(names.map((name) => [`eu-west-1${name.slice(-1)}`]));
});
