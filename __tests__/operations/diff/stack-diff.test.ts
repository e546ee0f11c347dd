import fc from "fast-check";
import type { PlainMap } from "../../../language/plain-map";
import { diffCluster } from "../../../operations/diff/cluster-diff";
import { diffStack } from "../../../operations/diff/stack-diff";
import { pathText } from "../../../operations/diff/values";
import { stackContent } from "../../../operations/resources/read-stack";

type Bodies = Readonly<Record<string, PlainMap>>;

/** Terraform JSON of resources by their addresses. */
function json(resources: Bodies, more: PlainMap = {}): PlainMap {
  const tree: Record<string, Record<string, Record<string, PlainMap>>> = { resource: {}, data: {} };
  for (const [address, body] of Object.entries(resources)) {
    const parts = address.split(".");
    const mode = parts.length === 3 ? "data" : "resource";
    const [type = "", name = ""] = parts.slice(-2);
    const types = tree[mode] ?? {};
    types[type] = { ...types[type], [name]: body };
  }
  return { ...tree, ...more };
}

/** Address -> action, then reasons, then paths that differ. */
function changes(before: Bodies, after: Bodies, more: PlainMap = {}): Record<string, string[]> {
  const { changes: found } = diffStack(
    stackContent("s", json(before)),
    stackContent("s", json(after, more)),
    () => undefined,
  );
  return Object.fromEntries(
    found.map(({ action, address, differences, prevented, reasons }) => [
      address,
      [action, ...(prevented ? ["prevented"] : []), ...reasons, ...differences.map(({ path }) => pathText(path))],
    ]),
  );
}

test("classes what Terraform does to a resource", () => {
  const before = { "aws_vpc.a": { cidr_block: "10.0.0.0/16" }, "aws_eip.gone": {}, "aws_s3_bucket.kept": {} };
  const after = { "aws_vpc.a": { cidr_block: "10.0.0.0/16", enable_dns_support: true }, "aws_eip.new": {} };

  expect(changes(before, after, { removed: [{ from: "aws_s3_bucket.kept", lifecycle: { destroy: false } }] })).toEqual({
    "aws_vpc.a": ["update", "enable_dns_support"],
    "aws_eip.gone": ["destroy"],
    "aws_s3_bucket.kept": ["forget"],
    "aws_eip.new": ["create"],
  });
});

test("classes a change as a replacement if the provider requires one, with the attribute", () => {
  const subnet = (cidr_block: string, lifecycle = {}) => ({
    "aws_subnet.a": { vpc_id: "vpc-1", cidr_block, lifecycle },
  });

  expect(changes(subnet("10.0.0.0/24"), subnet("10.0.1.0/24"))).toEqual({
    "aws_subnet.a": ["replace", "cidr_block cannot be changed in place", "cidr_block"],
  });
  const kept = { prevent_destroy: true };
  expect(changes(subnet("10.0.0.0/24", kept), subnet("10.0.1.0/24", kept))).toEqual({
    "aws_subnet.a": ["replace", "prevented", "cidr_block cannot be changed in place", "cidr_block"],
  });
});

test("a value that the provider computes stays if the configuration no longer sets it", () => {
  const group = (more = {}) => ({ "aws_eks_node_group.a": { cluster_name: "c", ...more } });

  expect(changes(group({ ami_type: "AL2023_x86_64_STANDARD" }), group())).toEqual({
    "aws_eks_node_group.a": ["update", "ami_type"],
  });
});

test("the order of a set is no difference, and the order of a list is one", () => {
  const group = (subnet_ids: string[], instance_types: string[]) => ({
    "aws_eks_node_group.a": { subnet_ids, instance_types },
  });

  expect(changes(group(["a", "b"], ["m5.large", "m6i.large"]), group(["b", "a"], ["m5.large", "m6i.large"]))).toEqual(
    {},
  );
  expect(changes(group(["a", "b"], ["m5.large", "m6i.large"]), group(["b", "a"], ["m6i.large", "m5.large"]))).toEqual({
    "aws_eks_node_group.a": ["replace", "instance_types cannot be changed in place", "instance_types"],
  });
});

test("a replacement spreads to resources whose reference to it forces one", () => {
  const bodies = (cidr_block: string, tag = "${aws_subnet.a.id}") => ({
    "aws_vpc.a": { cidr_block },
    "aws_subnet.a": { vpc_id: "${aws_vpc.a.id}" },
    "aws_eip.a": { tags: { subnet: tag, range: "${aws_vpc.a.enable_dns_support}" } },
    "aws_eip.b": { tags: { range: "${aws_vpc.a.cidr_block}" } },
    "aws_eip.c": { depends_on: ["aws_vpc.a"] },
  });

  expect(changes(bodies("10.0.0.0/16"), bodies("10.1.0.0/16"))).toEqual({
    "aws_vpc.a": ["replace", "cidr_block cannot be changed in place", "cidr_block"],
    "aws_subnet.a": ["replace", "vpc_id cannot be changed in place", "vpc_id"],
    "aws_eip.a": ["update", "tags.range", "tags.subnet"],
    "aws_eip.b": ["update", "tags.range"],
  });
});

test("a new version of a launch template rolls the groups that use it, and new tags of it do not", () => {
  const bodies = (template: PlainMap, refresh = {}) => ({
    "aws_launch_template.a": template,
    "aws_eks_node_group.a": {
      launch_template: { id: "${aws_launch_template.a.id}", version: "${aws_launch_template.a.latest_version}" },
    },
    "aws_autoscaling_group.a": {
      launch_template: { id: "${aws_launch_template.a.id}", version: "${aws_launch_template.a.latest_version}" },
      ...refresh,
    },
  });
  const refresh = { instance_refresh: { strategy: "Rolling" } };

  expect(changes(bodies({ image_id: "1" }, refresh), bodies({ image_id: "2" }, refresh))).toEqual({
    "aws_launch_template.a": ["update", "image_id"],
    "aws_eks_node_group.a": [
      "roll",
      "EKS replaces the group's nodes with nodes of the new launch template version",
      "launch_template.version",
    ],
    "aws_autoscaling_group.a": ["roll", "the instance refresh replaces the group's nodes", "launch_template.version"],
  });
  expect(changes(bodies({ image_id: "1" }), bodies({ image_id: "2" }))["aws_autoscaling_group.a"]).toEqual([
    "update",
    "only new nodes follow, because the group has no instance refresh",
    "launch_template.version",
  ]);
  expect(changes(bodies({ tags: { a: "1" } }, refresh), bodies({ tags: { a: "2" } }, refresh))).toEqual({
    "aws_launch_template.a": ["update", "tags.a"],
  });
});

test("a trigger that an Auto Scaling group names starts its instance refresh, as its launch template does", () => {
  const body = (size: number, triggers: readonly string[]) => ({
    "aws_autoscaling_group.a": { max_size: size, instance_refresh: [{ strategy: "Rolling", triggers }] },
  });
  const reasons = (triggers: readonly string[]) =>
    changes(body(1, triggers), body(2, triggers))["aws_autoscaling_group.a"];

  expect(reasons(["max_size"])).toEqual(["roll", "the instance refresh replaces the group's nodes", "max_size"]);
  expect(reasons(["tag"])).toEqual(["update", "max_size"]);
});

test("changed data spreads to resources that refer to it", () => {
  const bodies = (name: string) => ({
    "data.aws_ssm_parameter.image": { name },
    "aws_launch_template.a": { image_id: "${data.aws_ssm_parameter.image.insecure_value}" },
  });

  expect(changes(bodies("1"), bodies("2"))).toEqual({ "aws_launch_template.a": ["update", "image_id"] });
});

test("a changed node class or pool replaces nodes by drift, and changed limits do not", () => {
  const release = (kind: string, spec: PlainMap) => ({
    "helm_release.a": {
      chart: "./assets/x/y",
      values: [JSON.stringify({ manifests: [{ kind, metadata: { name: "n" }, spec }] })],
    },
  });
  const drift = "Karpenter replaces nodes that no longer match their pool or node class (drift)";

  expect(changes(release("NodePool", { limits: 1 }), release("NodePool", { limits: 2 }))).toEqual({
    "helm_release.a": ["update", "values.manifests[NodePool/n].spec.limits"],
  });
  expect(changes(release("NodePool", { template: 1 }), release("NodePool", { template: 2 }))).toEqual({
    "helm_release.a": ["roll", drift, "values.manifests[NodePool/n].spec.template"],
  });
  expect(changes(release("EC2NodeClass", { role: 1 }), release("EC2NodeClass", { role: 2 }))).toEqual({
    "helm_release.a": ["roll", drift, "values.manifests[EC2NodeClass/n].spec.role"],
  });
});

test("follows moves, and ignores what Terraform ignores", () => {
  const moved = { moved: [{ from: "aws_vpc.old", to: "aws_vpc.new" }] };
  const vpc = { cidr_block: "10.0.0.0/16" };
  expect(changes({ "aws_vpc.old": vpc }, { "aws_vpc.new": vpc }, moved)).toEqual({ "aws_vpc.new": ["move"] });
  expect(changes({ "aws_vpc.old": vpc }, { "aws_vpc.new": { ...vpc, tags: {} } }, moved)).toEqual({
    "aws_vpc.new": ["update", "tags"],
  });
  expect(changes({ "aws_vpc.new": vpc }, { "aws_vpc.new": vpc }, moved)).toEqual({});

  const group = (desired_size: number) => ({
    "aws_eks_node_group.a": {
      scaling_config: { desired_size },
      lifecycle: { ignore_changes: ["scaling_config[0].desired_size"] },
    },
  });
  expect(changes(group(1), group(2))).toEqual({});
});

test("a changed output spreads to the stacks that read that part of it", () => {
  const state = (kind: string): PlainMap => ({ bucket: "b", key: `c/${kind}.tfstate` });
  const networking = (cidr: string): PlainMap =>
    json(
      { "aws_subnet.a": { cidr_block: cidr }, "aws_subnet.b": { cidr_block: "10.0.9.0/24" } },
      {
        output: { subnet_ids: { value: { a: "${aws_subnet.a.id}", b: "${aws_subnet.b.id}" } } },
        terraform: { backend: { s3: state("networking") } },
      },
    );
  const workers = json({
    "data.terraform_remote_state.networking": { config: state("networking") },
    "aws_eks_node_group.a": {
      subnet_ids: ['${data.terraform_remote_state.networking.outputs.subnet_ids["a"]}'],
    },
    "aws_eks_node_group.b": {
      subnet_ids: ["${data.terraform_remote_state.networking.outputs.subnet_ids.b}"],
    },
  });
  const [network, nodes] = diffCluster([
    {
      kind: "networking",
      before: stackContent("n", networking("10.0.0.0/24")),
      after: stackContent("n", networking("10.0.1.0/24")),
    },
    { kind: "eks-workers", before: stackContent("w", workers), after: stackContent("w", workers) },
  ]);

  expect(network?.outputs.map(({ differences }) => differences)).toEqual([
    [{ path: ["a"], before: "${aws_subnet.a.id}", after: undefined, because: "aws_subnet.a is replaced" }],
  ]);
  expect(nodes?.changes.map(({ address, action, reasons }) => [address, action, reasons])).toEqual([
    ["aws_eks_node_group.a", "replace", ["subnet_ids cannot be changed in place"]],
  ]);
});

describe("of any two versions", () => {
  const address = fc.constantFrom("aws_vpc.a", "aws_vpc.b", "aws_eip.a", "helm_release.a", "data.aws_region.a");
  const value = fc.oneof(fc.string(), fc.integer(), fc.array(fc.string()), fc.constant("${aws_vpc.a.id}"));
  const body = fc.dictionary(fc.constantFrom("cidr_block", "tags", "name", "values"), value);
  const bodies = fc.dictionary(address, body);

  test("equal versions have no difference", () => {
    fc.assert(fc.property(bodies, (each) => expect(changes(each, structuredClone(each))).toEqual({})));
  });

  test("what one direction creates, the other destroys", () => {
    const of = (found: Record<string, string[]>, action: string) =>
      Object.keys(found).filter((each) => found[each]?.[0] === action);
    fc.assert(
      fc.property(bodies, bodies, (a, b) => {
        expect(of(changes(a, b), "create").sort()).toEqual(of(changes(b, a), "destroy").sort());
      }),
    );
  });
});

test("what the provider computes inside of a block stays if the block's arguments change", () => {
  const stack = (endpoint_public_access: boolean) => ({
    "aws_eks_cluster.c": { name: "c", vpc_config: { endpoint_public_access } },
    "aws_security_group.a": { name: "${aws_eks_cluster.c.vpc_config[0].cluster_security_group_id}" },
    "aws_security_group.b": { name: "${aws_eks_cluster.c.vpc_config[0].endpoint_public_access}" },
  });

  expect(Object.keys(changes(stack(false), stack(true)))).toEqual(["aws_eks_cluster.c", "aws_security_group.b"]);
});

test.each<[string, PlainMap, PlainMap, readonly string[]]>([
  ["prevent_destroy", { lifecycle: { prevent_destroy: true } }, {}, ["meta", "lifecycle"]],
  [
    "an ignored attribute",
    { lifecycle: [{}] },
    { lifecycle: [{ ignore_changes: ["tags"] }] },
    ["meta", "lifecycle.ignore_changes"],
  ],
  [
    "what it waits for",
    { depends_on: ["aws_vpc.b"] },
    { depends_on: ["aws_vpc.b", "aws_vpc.c"] },
    ["meta", "depends_on[]"],
  ],
  [
    "count",
    { count: 1 },
    { count: 2 },
    ["meta", "count decides how many there are: the plan shows which are created or destroyed", "count"],
  ],
])("a change of %s alone is shown", (_, before, after, told) => {
  expect(changes({ "aws_vpc.a": before }, { "aws_vpc.a": after })).toEqual({ "aws_vpc.a": told });
});

test("the order of depends_on is no difference", () => {
  const waits = (...depends_on: string[]) => ({ "aws_vpc.a": { depends_on } });

  expect(changes(waits("aws_vpc.b", "aws_vpc.c"), waits("aws_vpc.c", "aws_vpc.b"))).toEqual({});
});

test("a meta-argument that changes beside an attribute is shown with it, and triggers nothing", () => {
  const version = (more: PlainMap, meta: PlainMap) => ({
    "aws_vpc.a": { ...more, ...meta },
    "aws_eip.b": { lifecycle: { replace_triggered_by: ["aws_vpc.a"] } },
  });

  expect(changes(version({}, {}), version({}, { depends_on: ["aws_vpc.c"] }))).toEqual({
    "aws_vpc.a": ["meta", "depends_on"],
  });
  expect(
    changes(version({ enable_dns_support: false }, {}), version({ enable_dns_support: true }, { count: 1 }))[
      "aws_vpc.a"
    ],
  ).toEqual([
    "update",
    "count decides how many there are: the plan shows which are created or destroyed",
    "enable_dns_support",
    "count",
  ]);
});
