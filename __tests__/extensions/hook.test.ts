import "../support/extended/attacks"; // first: extensions are chosen when the program is loaded
import { loadFleet } from "../../fleet/load";
import type { Cluster } from "../../fleet/model/cluster";
import { synthesizeCluster } from "../../synth/synthesize-cluster";
import { removeAttacks } from "../support/extended/attacks";
import { scratch } from "../support/run-program";

const work = scratch();
afterAll(() => {
  work.remove();
  removeAttacks();
});

const [found] = loadFleet({
  directory: process.env["DEFINITIONS_DIR"] ?? "",
  shipped: "definitions",
  today: "2026-11-30",
}).clusters;
if (found === undefined) throw new Error("there is no cluster");
const cluster: Cluster = found;

/** Synthesizes the cluster, whose owner and tier tell the extensions what to do. Returns the error; undefined if there is none. */
function errorOf(attack: string): string | undefined {
  try {
    synthesizeCluster({ ...cluster, meta: { ...cluster.meta, OWNER: attack, TIER: attack } }, work.path);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^.*\/extensions\//, "") : String(error);
  }
}

test.each([
  ["adds a tag", "tag"],
  ["adds a resource of its own", "add"],
  ["changes an argument of a resource", "argument"],
  ["removes what allowed_changes lists", "allowed"],
])("a hook may do this: it %s", (_what, attack) => {
  expect(errorOf(attack)).toBeUndefined();
});

const GROUP = "aws_default_security_group.network_default-security-group_F40826B8";
const LOST = "Terraform would destroy it. Change the hook, or list each address in allowed_changes, with a reason";

test.each([
  ["removes a resource", "remove", "aws_vpc.network_39EEAA36"],
  ["renames a resource", "rename", GROUP],
  ["renames a resource in an aspect", "rename-late", GROUP],
  ["gives a resource a count", "count", "aws_vpc.network_39EEAA36"],
  [
    "removes two resources",
    "remove-two",
    "aws_vpc.network_39EEAA36, aws_internet_gateway.network_internet-gateway_E855E801",
  ],
  ["removes an output that other stacks read", "output", "output.vpc_id"],
  ["removes the variable with the role", "variable", "variable.role_arn"],
])("a hook that %s is refused with the list of addresses", (_what, attack, addresses) => {
  expect(errorOf(attack)).toBe(
    `hook.ts:1:1 error: the hook removes or renames what the program has in networking of tools.dev.example.com: ${addresses}. ${LOST}`,
  );
});

test("a hook that moves the state is refused", () => {
  expect(errorOf("backend")).toContain("the hook changes where the state of networking of tools.dev.example.com is");
});

test("an override of a whole stack, which would be lost, is refused", () => {
  expect(errorOf("stack-override")).toContain("addOverride of a stack has no effect (resource)");
});

test.each([
  [
    "the hook",
    "throw",
    /^hook\.ts:\d+:\d+ error: the hook failed on networking of tools\.dev\.example\.com: TypeError: boom$/,
  ],
  [
    "an aspect of the hook",
    "throw-late",
    /^hook\.ts:\d+:\d+ error: tools\.dev\.example\.com cannot be synthesized: TypeError: late boom$/,
  ],
  [
    "a stack",
    "throw-stack",
    /^stacks\/attacked\.ts:\d+:\d+ error: tools\.dev\.example\.com cannot be built: RangeError: no room$/,
  ],
  ["an addon", "throw-addon", /^addons\/acme-portal\.ts:\d+:\d+ error: values failed: Error: no values$/],
])("an error of %s has its place in the extension, and is no defect of the program", (_what, attack, expected) => {
  expect(errorOf(attack)).toMatch(expected);
});
