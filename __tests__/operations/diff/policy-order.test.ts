import { withSamePolicies } from "../../../operations/diff/policy-order";

const policy = (...Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const read = { Effect: "Allow", Action: ["s3:Get", "s3:List"], Resource: "*" };
const write = { Effect: "Allow", Action: "s3:Put", Resource: ["b"] };

test.each([
  ["statements in another order", policy(write, read), policy(read, write)],
  [
    "actions in another order, and one item as a list",
    policy({ ...read, Action: ["s3:List", "s3:Get"], Resource: ["*"] }, write),
    policy(read, write),
  ],
  ["another action", policy(write, { ...read, Action: "s3:Get" }), policy(write, { ...read, Action: "s3:Get" })],
])("a policy keeps its earlier text if only the order differs: %s", (_, after, expected) => {
  expect(withSamePolicies("aws_iam_policy", { policy: policy(read, write) }, { policy: after })).toEqual({
    policy: expected,
  });
});
