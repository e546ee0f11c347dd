import { readPlan } from "../../../operations/plans/plan-file";
import { plan } from "../guard/support";

const read = (text: string | Uint8Array) => () => readPlan(typeof text === "string" ? Buffer.from(text) : text);
const HOW = "Write it with: terraform show -json FILE.tfplan > FILE.json";
const PLAN = JSON.stringify(plan([]));

test.each([
  ["an empty file", "", `is empty. ${HOW}`],
  ["blanks", " \n", `is empty. ${HOW}`],
  ["a binary plan", Buffer.from("PK\u0003\u0004tfplan"), `is a plan in Terraform's own binary form. ${HOW}`],
  ["HCL", 'resource "aws_vpc" "a" {}', `is text, not JSON. ${HOW}`],
  ["the plan that people read", "Terraform will perform the following actions:", `is text, not JSON. ${HOW}`],
  ["zeros", "\0\0\0\0", `is not text. ${HOW}`],
  ["a list", "[]", "is not a plan of Terraform. It contains a list, not an object"],
  ["broken JSON", '{"format_version": 1.2,,}', `is not valid JSON. ${HOW}`],
  ["a state", JSON.stringify({ format_version: "1.0", values: {} }), `is the JSON of a state, not of a plan. ${HOW}`],
  ["a state file", JSON.stringify({ version: 4, serial: 3, lineage: "a" }), `is a state file, not a plan. ${HOW}`],
  ["another JSON", "{}", `is not a plan of Terraform. ${HOW}`],
  [
    "the log of a plan",
    '{"@level":"info"}\n{"@level":"info"}\n',
    `is the log of terraform plan -json, not the plan. ${HOW}`,
  ],
  ["one line of the log", '{"@level":"info"}', `is the log of terraform plan -json, not the plan. ${HOW}`],
])("refuses %s in one sentence", (_, text, message) => {
  expect(read(text)).toThrow(new Error(message));
});

test("refuses a plan that is cut off anywhere", () => {
  for (let length = 1; length < PLAN.length; length += 1)
    expect(read(PLAN.slice(0, length))).toThrow(`is cut off: its JSON ends too early. ${HOW}`);
});

test("refuses another major version of the format, and accepts every minor one", () => {
  expect(read(JSON.stringify(plan([], { format_version: "2.0" })))).toThrow(
    "has format version 2.0, but only 1.x can be read. Use a Terraform that writes format 1.x",
  );
  expect(read(JSON.stringify(plan([], { format_version: "1.99" })))()).toMatchObject({ formatVersion: "1.99" });
});

test.each([
  ["address", { type: "aws_vpc", change: { actions: ["delete"] } }],
  ["type", { address: "aws_vpc.a", change: { actions: ["delete"] } }],
  ["change.actions", { address: "aws_vpc.a", type: "aws_vpc", change: {} }],
  ["change.actions", { address: "aws_vpc.a", type: "aws_vpc", change: { actions: "delete" } }],
  ["change.actions", { address: "aws_vpc.a", type: "aws_vpc", change: { actions: ["delete", 5] } }],
  ["address", "aws_vpc.a"],
  ["address", null],
])("refuses an entry without %s, because it cannot be judged", (missing, entry) => {
  expect(read(JSON.stringify(plan([entry as never])))).toThrow(
    `has an entry that cannot be judged: resource_changes[0] has no ${missing}. Make the plan again`,
  );
});

test("refuses changes that are not a list", () => {
  expect(read(JSON.stringify(plan({} as never)))).toThrow("Its resource_changes must be a list, but is a map");
});

test("reads what PowerShell writes: UTF-16 with a mark", () => {
  const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(PLAN, "utf16le")]);

  expect(read(bytes)()).toEqual(read(PLAN)());
});

test("reads UTF-8 with a mark", () => {
  expect(read(`\uFEFF${PLAN}`)()).toEqual(read(PLAN)());
});
