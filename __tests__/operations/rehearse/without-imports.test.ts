import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { removeImports } from "../../../operations/rehearse/without-imports";
import { scratch } from "../../support/run-program";

const work = scratch();
const file = join(work.path, "cdk.tf.json");

afterAll(() => work.remove());

test.each([
  ["a stack with imports loses them", { resource: { aws_vpc: {} }, import: [{ to: "aws_vpc.a", id: "vpc-1" }] }],
  ["a stack without imports stays as it is", { resource: { aws_vpc: {} } }],
])("%s", (_, stack) => {
  writeFileSync(file, JSON.stringify(stack));
  removeImports(work.path);

  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ resource: { aws_vpc: {} } });
});
