import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createPlanFolder, openPlans, savePlans, stackHash } from "../../../operations/deploy/saved-plans";
import { scratch } from "../../support/run-program";

const ORIGIN = { commit: "abc", program: "1.0.0", terraform: "Terraform v1.11.4" };
const HASH = stackHash("{}");
const STACKS = new Map([["a-networking", HASH]]);

const work = scratch();
afterAll(() => work.remove());
const folder = join(work.path, "plans");
const planned = join(work.path, "made.tfplan");

beforeAll(() => {
  writeFileSync(planned, "plan");
  createPlanFolder(folder);
  savePlans(folder, new Map([["a-networking", { file: planned, hash: HASH }]]), {
    ...ORIGIN,
    created: "2026-11-30T00:00:00Z",
  });
});

test("plans are read by their owner only", () => {
  const modes = [folder, join(folder, "a-networking.tfplan"), join(folder, "plans.json")].map(
    (path) => statSync(path).mode & 0o777,
  );
  expect(modes).toEqual([0o700, 0o600, 0o600]);
});

test("a plan is found if nothing has changed", () => {
  const file = openPlans(folder, STACKS, ORIGIN)("a-networking") ?? "";
  expect(readFileSync(file, "utf8")).toBe("plan");
});

test.each([
  [{ commit: "def" }, "were created from commit abc, and this is def"],
  [{ commit: null }, "were created from commit abc, and this is unknown"],
  [{ program: "2.0.0" }, "were created from version 1.0.0 of the program, and this is 2.0.0"],
  [{ terraform: "OpenTofu v1.10.6" }, "were created from Terraform v1.11.4, and this is OpenTofu v1.10.6"],
])("plans are refused for %j", (different, message) => {
  expect(() => openPlans(folder, STACKS, { ...ORIGIN, ...different })).toThrow(message);
});

test("plans are refused if the stack changed since", () => {
  expect(() => openPlans(folder, new Map([["a-networking", stackHash("{ }")]]), ORIGIN)).toThrow(
    /^a-networking changed since the plans in .*\. Make the plans again$/,
  );
});

test("a folder without the plan of any stack is refused, and one that lacks some is not", () => {
  expect(() => openPlans(folder, new Map([["b-networking", HASH]]), ORIGIN)).toThrow(
    "contains no plan of b-networking",
  );
  expect(openPlans(folder, new Map([...STACKS, ["a-addons", HASH]]), ORIGIN)("a-addons")).toBeUndefined();
});

test.each([["[]"], ["{"], ['{"version":2}']])("a manifest of %j is refused", (text) => {
  const other = join(work.path, `other-${stackHash(text)}`);
  mkdirSync(other);
  writeFileSync(join(other, "plans.json"), text);
  expect(() => openPlans(other, STACKS, ORIGIN)).toThrow("was not written by fleet plan");
});

test("a folder without a manifest is refused, and a folder with other files is not overwritten", () => {
  expect(() => openPlans(work.path, STACKS, ORIGIN)).toThrow("contains no plans: it has no plans.json");
  expect(() => createPlanFolder(work.path)).toThrow("contains other files");
  expect(() => createPlanFolder(folder)).not.toThrow();
});

test("a file in place of the folder, or above it, is refused", () => {
  expect(() => createPlanFolder(planned)).toThrow(`${planned} cannot be used for plans: ENOTDIR`);
  expect(() => createPlanFolder(join(planned, "x"))).toThrow("cannot be used for plans: ENOTDIR");
  expect(() => createPlanFolder("")).toThrow("the folder of plans has an empty name");
});
