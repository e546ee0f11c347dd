import { guardOf } from "../../../cli/shared/stack-runs";
import type { PlanJson } from "../../../offline/terraform";
import { definition } from "../../support/definition";
import { withDefinitions } from "../../support/definitions";

const CLUSTER = "a.example.com";
const before = process.env["DEFINITIONS_DIR"];
afterEach(() => {
  if (before === undefined) delete process.env["DEFINITIONS_DIR"];
  else process.env["DEFINITIONS_DIR"] = before;
});

/** Returns what stops a plan that does something with the cluster's VPC, if another cluster has these lines too. */
const stopped = (actions: readonly string[], otherLines: string): readonly string[] =>
  withDefinitions(
    {
      [`clusters/${CLUSTER}.yaml`]: definition({}),
      "clusters/b.example.com.yaml": `${definition({ networking: "vpc_cidr: 10.1.0.0/16" }, "b.example.com")}${otherLines}`,
    },
    (directory) => {
      process.env["DEFINITIONS_DIR"] = directory;
      const vpc = { address: "aws_vpc.a", mode: "managed", type: "aws_vpc", name: "a", provider_name: "aws" };
      const json = {
        format_version: "1.2",
        terraform_version: "1.11.4",
        resource_changes: [{ ...vpc, change: { actions, before: {}, after: {} } }],
      };
      const changes = { stack: "networking" as const, create: [], update: [], replace: [], destroy: [], forget: [] };
      return guardOf("2026-11-30")({
        cluster: CLUSTER,
        slug: "a-example-com",
        stacks: ["networking"],
        peers: [],
        stack: "networking",
        changes: changes as never,
        json: json as unknown as PlanJson,
      });
    },
  );

test("an error in another definition stops no plan", () => {
  expect(stopped(["update"], "x: 1\n")).toEqual([]);
});

test("an error in another definition stops the destruction of a network, which could be connected to the other's", () => {
  expect(stopped(["delete"], "x: 1\n")).toEqual([
    "the plan destroys a network, and 1 error in other definitions may hide connections to it. Fix the errors that fleet validate shows first",
  ]);
  expect(stopped(["delete"], "").join()).not.toContain("other definitions");
});
