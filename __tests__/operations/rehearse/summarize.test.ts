import type { StackName } from "../../../fleet/model/stacks";
import type { PlanJson } from "../../../offline/terraform";
import { doesSomething, summarize as summarizePlan } from "../../../operations/rehearse/summarize";

type Changes = NonNullable<PlanJson["resource_changes"]>;

const change = (
  address: string,
  actions: Changes[number]["change"]["actions"],
  rest: object = {},
): Changes[number] => ({
  address,
  mode: address.startsWith("data.") ? "data" : "managed",
  type: address.split(".")[0] ?? "",
  change: { actions, before: {}, after: {}, ...rest },
});

const summarize = (stack: StackName, plan: PlanJson) => summarizePlan(stack, { format_version: "1.2", ...plan });

const NOTHING = {
  stack: "networking",
  create: [],
  update: [],
  replace: [],
  destroy: [],
  forget: [],
  move: [],
  outputs: [],
};

test("sorts the changes of a plan by what they do", () => {
  const plan: PlanJson = {
    resource_changes: [
      change("aws_vpc.b", ["create"]),
      change("aws_vpc.a", ["create"]),
      change("aws_eip.old", ["delete"]),
      change("aws_kms_key.kept", ["forget"]),
      change("aws_subnet.same", ["no-op"]),
      change("data.aws_region.here", ["read"]),
    ],
  };
  expect(summarize("networking", plan)).toEqual({
    ...NOTHING,
    create: ["aws_vpc.a", "aws_vpc.b"],
    destroy: ["aws_eip.old"],
    forget: ["aws_kms_key.kept"],
  });
});

test("names the attributes that an update changes, those that are unknown too, and no others", () => {
  const before = { tags: { a: "1" }, version: "1.34", name: "x", arn: "arn:old" };
  const after = { tags: { a: "2" }, version: "1.35", name: "x" };
  const plan = {
    resource_changes: [change("aws_eks_cluster.eks", ["update"], { before, after, after_unknown: { arn: true } })],
  };
  expect(summarize("eks-cluster", plan).update).toEqual([
    { address: "aws_eks_cluster.eks", attributes: ["arn", "tags", "version"] },
  ]);
});

test("does not report a subtree without an unknown leaf as a change", () => {
  const plan = {
    resource_changes: [
      change("aws_vpc.a", ["update"], {
        before: { t: [{}], n: 1 },
        after: { t: [{}], n: 2 },
        after_unknown: { t: [{}] },
      }),
    ],
  };
  expect(summarize("networking", plan).update).toEqual([{ address: "aws_vpc.a", attributes: ["n"] }]);
});

test.each([
  [["delete", "create"], false],
  [["create", "delete"], true],
] as const)("reports %j as a replacement, with the paths that force it", (actions, create_before_destroy) => {
  const replace_paths = [["vpc_config", 0, "subnet_ids"], ["name"]];
  const plan = { resource_changes: [change("aws_eks_cluster.eks", actions, { replace_paths })] };
  expect(summarize("eks-cluster", plan)).toEqual({
    ...NOTHING,
    stack: "eks-cluster",
    replace: [{ address: "aws_eks_cluster.eks", because: ["name", "vpc_config[0].subnet_ids"], create_before_destroy }],
  });
});

test("counts a move and a changed output as something to do, and an empty plan as nothing", () => {
  const moved = { ...change("aws_vpc.new", ["no-op"]), previous_address: "aws_vpc.old" };
  const plans: PlanJson[] = [
    { resource_changes: [moved] },
    { output_changes: { vpc_id: { actions: ["update"] } } },
    { resource_changes: [change("aws_vpc.same", ["no-op"])], output_changes: { vpc_id: { actions: ["no-op"] } } },
  ];
  expect(plans.map((plan) => doesSomething(summarize("networking", plan)))).toEqual([true, true, false]);
});

test("refuses a plan of another major version of the format", () => {
  expect(() => summarizePlan("networking", { format_version: "2.0", resource_changes: [] })).toThrow(
    "the plan of Terraform has format version 2.0, but only 1.x can be read",
  );
});
