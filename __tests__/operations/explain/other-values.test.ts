import { z } from "zod";
import { ipv4Block } from "../../../language/words/network";
import { schemaOf } from "../../../operations/explain/keys";
import { enoughValues, otherValues } from "../../../operations/explain/other-values";

test.each<[string, unknown, z.ZodType | undefined, unknown[]]>([
  ["a switch is flipped", true, z.boolean(), [false]],
  ["a number goes up and down within its bounds", 1, z.int().min(1), [2, 11]],
  ["a word of a list becomes the others", "b", z.enum(["a", "b", "c"]), ["a", "c"]],
  ["a range becomes another aligned range", "10.0.0.0/16", ipv4Block(16, 16), ["10.1.0.0/16", "10.16.0.0/16"]],
  ["a version becomes the next", "v1.9.09", z.string().regex(/^v\d\.\d\.\d\d$/), ["v1.9.10", "v2.9.09"]],
  ["null becomes a value", null, z.int().min(3).max(4).nullable(), [3]],
  ["a list gets an item", [], z.array(z.string()), [["another-value"], ["another.example.com"]]],
  ["a list that must not grow loses an item", ["a", "b"], z.array(z.enum(["a", "b"])).max(2), [["a"], ["b"]]],
  ["a map gets a key", {}, z.record(z.string().regex(/^k/), z.boolean()), [{ "key=value": true }]],
  ["a value of any kind changes too", "x1", undefined, ["x2", "x0"]],
  ["the only value of a key has no other", "eks", z.literal("eks"), []],
])("%s", (_, value, schema, others) => {
  expect(otherValues(value, schema).slice(0, enoughValues(schema))).toEqual(others);
});

test("if only names are valid, nothing else is tried", () => {
  expect(otherValues("b", z.string(), ["a", "b"])).toEqual(["a"]);
});

const EITHER = z.strictObject({ name: z.string(), cidr: ipv4Block().optional(), peer: z.enum(["nodes"]).optional() });

test("a map whose keys exclude each other gets one of them at a time", () => {
  expect(otherValues([], z.array(EITHER))).toContainEqual([{ name: "another-value", peer: "nodes" }]);
});

test("there are further values in case no cluster can be built with the first ones", () => {
  expect(otherValues("a", z.string()).length).toBeGreaterThan(enoughValues(z.string()));
});

test.each([
  "networking.transit_gateway_attachments",
  "networking.resolver_rule_associations",
  "networking.client_vpn_associations",
  "cluster.security_groups.nodes.rules",
  "worker_defaults.scheduled_scaling",
  "worker_defaults.data_volumes",
  "worker_defaults.additional_policy_statements",
  "worker_defaults.license_configuration_arns",
  "worker_defaults.target_group_arns",
  "worker_defaults.kubelet.reserved_memory",
])("%s has other values", (key) => {
  expect(otherValues([], schemaOf(["tfvars", ...key.split(".")]))).not.toEqual([]);
});
