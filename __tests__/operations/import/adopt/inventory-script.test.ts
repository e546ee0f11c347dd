import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { INVENTORY_SCRIPT } from "../../../../operations/import/adopt/inventory-script";
import { scratch } from "../../../support/run-program";

/** An AWS CLI that answers each call with its own words. */
const AWS = `#!/bin/sh
case "$*" in
*fail-now*) exit 254 ;;
*"--output text"*authenticationMode*) echo API ;;
*"--output text"*list-access-entries*) printf 'arn:aws:iam::222222222222:role/a\\tarn:aws:iam::222222222222:role/b\\n' ;;
*"--output text"*list-nodegroups*) echo None ;;
*"--output text"*associations*) echo None ;;
*"--output text"*) echo one ;;
*) printf '"%s"' "$4 $5 $6 $7" ;;
esac
`;

const work = scratch();
const script = join(work.path, "inventory.sh");

beforeAll(() => {
  writeFileSync(script, INVENTORY_SCRIPT);
  writeFileSync(join(work.path, "aws"), AWS);
  chmodSync(join(work.path, "aws"), 0o755);
});

afterAll(() => work.remove());

const printed = (...args: readonly string[]): string =>
  execFileSync("sh", [script, ...args], {
    encoding: "utf8",
    env: { PATH: `${work.path}:${process.env["PATH"]}` },
    stdio: ["ignore", "pipe", "pipe"],
  });

test("is valid for sh", () => {
  expect(() => execFileSync("sh", ["-n", script])).not.toThrow();
});

test("calls nothing but describe, list and get", () => {
  const services = "sts|eks|ec2|iam|logs|kms|cloudformation";
  const calls = [...INVENTORY_SCRIPT.matchAll(new RegExp(`\\b(?:${services}) ([a-z]+(?:-[a-z]+)+)`, "g"))].map(
    ([, verb = ""]) => verb,
  );

  expect(calls.length).toBeGreaterThan(30);
  expect(calls.filter((call) => !/^(?:describe|list|get)-/.test(call))).toEqual([]);
  // The CLI is called by two functions only, so that no call is missed above.
  expect(INVENTORY_SCRIPT.match(/\baws --/g)).toHaveLength(2);
  expect(INVENTORY_SCRIPT).not.toMatch(/user-data|UserData|get-parameter|get-secret/);
});

test("prints one JSON, with a call for each item", () => {
  const inventory = JSON.parse(printed("shop-dev", "eu-west-1")) as Record<string, unknown>;

  expect(inventory).toMatchObject({
    version: 1,
    region: "eu-west-1",
    access_entries: [{}, {}],
    nodegroups: [],
    cni_policies: [],
    complete: true,
  });
});

test("prints nothing if a call fails", () => {
  let output = "";
  try {
    output = printed("fail-now", "eu-west-1");
  } catch (error) {
    output = String((error as { readonly stdout?: unknown }).stdout);
  }
  expect(output).toBe("");
});

test("names its arguments if they are missing", () => {
  expect(() => printed()).toThrow(/usage: sh inventory.sh <cluster> <region>/);
});
