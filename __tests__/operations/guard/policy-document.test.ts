import { statementsOf, widened } from "../../../operations/guard/facts/policy-document";
import type { PolicyKind } from "../../../operations/policies/policy-keys";

type Json = Record<string, unknown>;

const READ: Json = { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::a/x"] };
const document = (...statements: Json[]) => statementsOf(JSON.stringify({ Statement: statements })) ?? [];
const wider = (before: readonly Json[] | undefined, after: readonly Json[], kind: PolicyKind = "identity") =>
  widened(before && document(...before), document(...after), kind);

test.each([
  ["every action", [{ ...READ, Action: "*" }], "allows the actions *"],
  ["every action of a service", [{ ...READ, Action: "s3:*" }], "allows the actions s3:*"],
  ["every resource", [{ ...READ, Resource: "*" }], "allows s3:getobject on every resource"],
  ["a pattern of actions", [{ ...READ, Action: "s3:Get*" }], "widens s3:getobject to s3:get*"],
  [
    "a pattern of resources",
    [{ ...READ, Resource: "arn:aws:s3:::a/*" }],
    "widens arn:aws:s3:::a/x to arn:aws:s3:::a/*",
  ],
  [
    "everything but some actions",
    [READ, { ...READ, Action: undefined, NotAction: "iam:*" }],
    'allows everything but NotAction ["iam:*"]',
  ],
  [
    "everything but some resources",
    [READ, { ...READ, Resource: undefined, NotResource: "b" }],
    'allows everything but NotResource ["b"]',
  ],
])("reports %s", (_, after, reason) => {
  expect(wider([READ], after)).toEqual([reason]);
});

test.each([
  [
    "the same in another order",
    [{ ...READ, Action: ["s3:GetObject", "s3:PutObject"] }],
    [{ ...READ, Action: ["s3:PutObject", "s3:GetObject"] }],
  ],
  ["a text in the place of a list", [READ], [{ ...READ, Action: "s3:GetObject", Resource: "arn:aws:s3:::a/x" }]],
  ["other letters of an action", [READ], [{ ...READ, Action: "S3:getobject" }]],
  [
    "two statements in the place of one",
    [{ ...READ, Action: ["a:b", "a:c"] }],
    [
      { ...READ, Action: "a:b" },
      { ...READ, Action: "a:c" },
    ],
  ],
  ["something that a pattern allowed before", [{ ...READ, Action: "s3:*" }], [{ ...READ, Action: "s3:Get*" }]],
  ["another exact resource", [READ], [READ, { ...READ, Resource: "arn:aws:s3:::b/x" }]],
  [
    "reading of names on every resource",
    [READ],
    [READ, { ...READ, Action: ["ec2:DescribeVpcs", "s3:ListAllMyBuckets"], Resource: "*" }],
  ],
  ["nothing", [READ], []],
])("does not report %s", (_, before, after) => {
  expect(wider(before, after)).toEqual([]);
});

const TRUST: Json = {
  Effect: "Allow",
  Principal: { AWS: "111111111111" },
  Action: "sts:AssumeRole",
  Condition: { StringEquals: { "aws:PrincipalTag/team": "shop" } },
};

test.each([
  ["a lost condition", { ...TRUST, Condition: {} }, ["loosens the condition aws:principaltag/team of sts:assumerole"]],
  [
    "a condition with a pattern",
    { ...TRUST, Condition: { StringLike: { "aws:PrincipalTag/team": "*" } } },
    ["loosens the condition aws:principaltag/team of sts:assumerole"],
  ],
  ["everyone", { ...TRUST, Principal: "*" }, ["allows everyone"]],
  ["everyone of AWS", { ...TRUST, Principal: { AWS: ["*"] } }, ["allows everyone"]],
  ["everyone but some", { ...TRUST, Principal: undefined, NotPrincipal: { AWS: "x" } }, ["allows everyone"]],
  ["another value of a condition", { ...TRUST, Condition: { StringEquals: { "aws:PrincipalTag/team": "blog" } } }, []],
  [
    "a second condition",
    { ...TRUST, Condition: { StringEquals: { "aws:PrincipalTag/team": "shop", "aws:SourceAccount": "1" } } },
    [],
  ],
  ["the root of the same account", { ...TRUST, Principal: { AWS: "arn:aws:iam::111111111111:root" } }, []],
  ["another exact principal", { ...TRUST, Principal: { AWS: "arn:aws:iam::111111111111:role/a" } }, []],
])("judges %s in a trust policy", (_, after, reasons) => {
  expect(wider([TRUST], [after], "trust")).toEqual(reasons);
});

const under = (Condition: Json): Json => ({ ...TRUST, Condition });

test.each([
  ["an operator that is negated", under({ StringEquals: { k: "a" } }), under({ StringNotEquals: { k: "a" } })],
  [
    "an operator that a missing key meets",
    under({ StringEquals: { k: "a" } }),
    under({ StringEqualsIfExists: { k: "a" } }),
  ],
  [
    "all values, of which there may be none",
    under({ StringEquals: { k: "a" } }),
    under({ "ForAllValues:StringEquals": { k: "a" } }),
  ],
  ["the opposite of a boolean", under({ Bool: { k: "true" } }), under({ Bool: { k: "false" } })],
  ["a larger range", under({ IpAddress: { k: "10.0.0.0/24" } }), under({ IpAddress: { k: "10.0.0.0/16" } })],
  [
    "the internet",
    under({ IpAddress: { k: "10.0.0.0/24" } }),
    under({ IpAddress: { k: ["10.0.0.0/24", "0.0.0.0/0"] } }),
  ],
  ["fewer excluded values", under({ StringNotEquals: { k: ["a", "b"] } }), under({ StringNotEquals: { k: "a" } })],
  ["a higher limit", under({ NumericLessThan: { k: "60" } }), under({ NumericLessThan: { k: "3600" } })],
  ["a lower minimum", under({ NumericGreaterThan: { k: "60" } }), under({ NumericGreaterThan: { k: "6" } })],
  ["one unknown character", under({ StringEquals: { k: "ab" } }), under({ StringLike: { k: "a?" } })],
])("reports %s as a looser condition", (_, before, after) => {
  expect(wider([before], [after], "trust")).toEqual(["loosens the condition k of sts:assumerole"]);
});

test.each([
  [
    "the same condition twice, once wider",
    under({ StringEquals: { k: "a" } }),
    under({ StringEquals: { k: "a" }, StringLike: { k: "*" } }),
  ],
  ["a smaller range", under({ IpAddress: { k: "10.0.0.0/16" } }), under({ IpAddress: { k: "10.0.1.0/24" } })],
  ["another range", under({ IpAddress: { k: "10.0.0.0/24" } }), under({ IpAddress: { k: "10.0.1.0/24" } })],
  ["more excluded values", under({ StringNotEquals: { k: "a" } }), under({ StringNotEquals: { k: ["a", "b"] } })],
  ["a lower limit", under({ NumericLessThan: { k: "3600" } }), under({ NumericLessThan: { k: "60" } })],
  ["a key that must exist now", under({ StringEqualsIfExists: { k: "a" } }), under({ StringEquals: { k: "a" } })],
])("does not report %s as a looser condition", (_, before, after) => {
  expect(wider([before], [after], "trust")).toEqual([]);
});

test("reports a whole account that had no access", () => {
  const root = (account: string) => ({ ...TRUST, Principal: { AWS: `arn:aws:iam::${account}:root` } });

  expect(wider([TRUST], [TRUST, root("222222222222")], "trust")).toEqual(["allows the whole account 222222222222"]);
  expect(wider([TRUST], [TRUST, { ...root("111111111111"), Condition: {} }], "trust")).toEqual([
    "loosens the condition aws:principaltag/team of sts:assumerole",
  ]);
});

test("an ARN that names only a service is every resource, and ? is a pattern", () => {
  expect(wider([READ], [READ, { ...READ, Action: "s3:PutObject", Resource: "arn:aws:s3:::*" }])).toEqual([
    "allows s3:putobject on every resource (arn:aws:s3:::*)",
  ]);
  expect(wider([READ], [READ, { ...READ, Action: "s3:PutObject", Resource: "arn:aws:s3:::b/*" }])).toEqual([]);
  expect(wider([READ], [{ ...READ, Resource: "arn:aws:s3:::a/?" }])).toEqual([
    "widens arn:aws:s3:::a/x to arn:aws:s3:::a/?",
  ]);
});

const DENY: Json = { Effect: "Deny", Action: "s3:DeleteObject", Resource: "*" };

test("reports a Deny that is gone, but not one that a broader Deny replaces", () => {
  expect(wider([READ, DENY], [READ])).toEqual(["no longer denies s3:deleteobject"]);
  expect(wider([READ, DENY], [READ, { ...DENY, Action: "s3:Delete*" }])).toEqual([]);
});

test("reports a Deny that gets a condition", () => {
  expect(wider([DENY], [{ ...DENY, Condition: { Bool: { "aws:SecureTransport": "false" } } }])).toEqual([
    "no longer denies s3:deleteobject",
  ]);
});

test("of a new policy, reports every action and everyone, but not patterns and resources", () => {
  expect(wider(undefined, [{ ...READ, Action: "s3:*" }])).toEqual(["allows the actions s3:*"]);
  expect(wider(undefined, [{ ...TRUST, Principal: "*", Condition: {} }], "trust")).toEqual(["allows everyone"]);
  expect(wider(undefined, [{ ...TRUST, Principal: "*" }], "trust")).toEqual([]);
  expect(wider(undefined, [{ ...READ, Action: "s3:Get*", Resource: "*" }])).toEqual([]);
});

test("in a policy of a resource, * means this resource", () => {
  const key: Json = {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::111111111111:root" },
    Action: "kms:*",
    Resource: "*",
  };

  expect(wider(undefined, [key], "resource")).toEqual([]);
  expect(
    wider(
      [key],
      [key, { ...key, Principal: { AWS: "arn:aws:iam::111111111111:role/a" }, Action: "kms:Decrypt" }],
      "resource",
    ),
  ).toEqual([]);
});

test("a text that is no policy has no statements", () => {
  expect(["", "{", "[]", "5", "null", '{"Version":"2012-10-17"}'].map(statementsOf)).toEqual(Array(6).fill(undefined));
});
