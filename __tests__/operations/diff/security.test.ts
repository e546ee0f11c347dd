import type { PlainMap } from "../../../language/plain-map";
import { comparePolicies } from "../../../operations/diff/policy";
import { securityChange } from "../../../operations/diff/security";
import type { Resource } from "../../../operations/resources/resource";

const allow = (Action: unknown, Resource: unknown, more = {}) => ({ Effect: "Allow", Action, Resource, ...more });
const policy = (...Statement: readonly PlainMap[]): string => JSON.stringify({ Version: "2012-10-17", Statement });

describe("policies", () => {
  test.each([
    [
      "merged statements",
      policy(allow("s3:Get", "a"), allow("s3:Put", "a")),
      policy(allow(["s3:Put", "s3:Get"], "a")),
      undefined,
    ],
    [
      "a new action",
      policy(allow("s3:Get", "a")),
      policy(allow(["s3:Get", "s3:Put"], "a")),
      { effect: "broadened", details: ["allows s3:Put on a"] },
    ],
    [
      "a wildcard in place of an action",
      policy(allow("s3:Get", "a")),
      policy(allow("s3:*", "a")),
      { effect: "broadened", details: ["allows s3:* on a"] },
    ],
    [
      "an action in place of a wildcard",
      policy(allow("s3:*", "a")),
      policy(allow("S3:Get", "a")),
      { effect: "narrowed", details: ["no longer allows s3:* on a"] },
    ],
    [
      "another resource",
      policy(allow("s3:Get", "a/*")),
      policy(allow("s3:Get", ["a/b", "*"])),
      { effect: "broadened", details: ["allows s3:Get on *"] },
    ],
    [
      "a condition that is gone",
      policy(allow("s3:Get", "a", { Condition: { Bool: { x: "true" } } })),
      policy(allow("s3:Get", "a")),
      { effect: "broadened", details: ["allows s3:Get on a without a condition"] },
    ],
    [
      "a Deny that is gone",
      policy({ Effect: "Deny", Action: "*", Resource: "*" }),
      policy(),
      { effect: "broadened", details: ["no longer denies * on *"] },
    ],
    [
      "another principal",
      policy({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }),
      policy({ Effect: "Allow", Action: "sts:AssumeRole", Principal: "*" }),
      {
        effect: "broadened",
        details: ["allows sts:AssumeRole to *"],
      },
    ],
    [
      "a new Allow with NotAction",
      policy(),
      policy({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }),
      { effect: "broadened", details: ["has a new statement with NotAction, NotResource or NotPrincipal"] },
    ],
    [
      "a Deny with NotAction that is gone",
      policy({ Effect: "Deny", NotAction: "iam:*", Resource: "*" }),
      policy(),
      { effect: "broadened", details: ["loses a statement with NotAction, NotResource or NotPrincipal"] },
    ],
    [
      "a Deny with NotAction in place of another one",
      policy({ Effect: "Deny", NotAction: "iam:*", Resource: "*" }),
      policy({ Effect: "Deny", NotAction: "sts:*", Resource: "*" }),
      {
        effect: "changed",
        details: [
          "has a new statement with NotAction, NotResource or NotPrincipal",
          "loses a statement with NotAction, NotResource or NotPrincipal",
        ],
      },
    ],
    [
      "a condition in another order and spelling",
      policy(allow("s3:Get", "a", { Condition: { Bool: { x: "true", y: ["1"] } } })),
      policy(allow("s3:Get", "a", { Condition: { Bool: { y: "1", x: "true" } } })),
      undefined,
    ],
    [
      "a further condition",
      policy(allow("s3:Get", "a", { Condition: { Bool: { x: "true" } } })),
      policy(allow("s3:Get", "a", { Condition: { Bool: { x: "true", y: "1" } } })),
      { effect: "narrowed", details: ["no longer allows s3:Get on a if Bool x is true"] },
    ],
    [
      "a further value of a condition",
      policy(allow("s3:Get", "a", { Condition: { StringEquals: { x: "1" } } })),
      policy(allow("s3:Get", "a", { Condition: { StringEquals: { x: ["1", "2"] } } })),
      { effect: "broadened", details: ["allows s3:Get on a if StringEquals x is 1 or 2"] },
    ],
    [
      "a further value of a Not condition",
      policy(allow("s3:Get", "a", { Condition: { StringNotEquals: { x: "1" } } })),
      policy(allow("s3:Get", "a", { Condition: { StringNotEquals: { x: ["1", "2"] } } })),
      { effect: "narrowed", details: ["no longer allows s3:Get on a if StringNotEquals x is 1"] },
    ],
    [
      "a principal of the same name and another kind",
      policy({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "a" } }),
      policy({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Federated: "a" } }),
      {
        effect: "broadened",
        details: ["allows sts:AssumeRole to Federated a", "no longer allows sts:AssumeRole to Service a"],
      },
    ],
    ["text that is no policy", "${x}", "${y}", { effect: "changed", details: ["the policy cannot be read"] }],
  ])("compares %s", (_, before, after, expected) => {
    expect(comparePolicies(before, after)).toEqual(expected);
  });
});

const of = (type: string, body: PlainMap): Resource => ({
  address: `${type}.a`,
  stack: "s",
  mode: "managed",
  type,
  name: "a",
  path: "",
  body,
  meta: {},
});

describe("rules of security groups", () => {
  const rule = (more: PlainMap): Resource =>
    of("aws_vpc_security_group_ingress_rule", {
      security_group_id: "sg-1",
      ip_protocol: "tcp",
      from_port: 443,
      to_port: 443,
      cidr_ipv4: "10.0.0.0/16",
      ...more,
    });

  test.each([
    ["new", undefined, rule({}), "broadened", "allows tcp 443 from 10.0.0.0/16 (sg-1)"],
    ["gone", rule({}), undefined, "narrowed", "no longer allows tcp 443 from 10.0.0.0/16 (sg-1)"],
    ["a wider range", rule({}), rule({ cidr_ipv4: "0.0.0.0/0" }), "broadened", "allows tcp 443 from 0.0.0.0/0 (sg-1)"],
    [
      "a narrower range",
      rule({}),
      rule({ cidr_ipv4: "10.0.1.0/24" }),
      "narrowed",
      "allows tcp 443 from 10.0.1.0/24 (sg-1)",
    ],
    ["more ports", rule({}), rule({ to_port: 444 }), "broadened", "allows tcp 443-444 from 10.0.0.0/16 (sg-1)"],
    [
      "every protocol",
      rule({}),
      rule({ ip_protocol: "-1" }),
      "broadened",
      "allows all traffic from 10.0.0.0/16 (sg-1)",
    ],
  ])("%s", (_, before, after, effect, first) => {
    const change = securityChange(before, after);

    expect([change?.effect, change?.details[0]]).toEqual([effect, first]);
  });

  test("another description is no change of access", () => {
    expect(securityChange(rule({}), rule({ description: "x" }))).toBeUndefined();
  });
});

test("reports new access to the cluster, and new permissions of roles", () => {
  const entry = of("aws_eks_access_policy_association", {
    policy_arn: "AmazonEKSClusterAdminPolicy",
    principal_arn: "role/x",
    access_scope: { type: "namespace", namespaces: ["a"] },
  });
  expect(securityChange(undefined, entry)).toEqual({
    effect: "broadened",
    details: ["gives AmazonEKSClusterAdminPolicy for role/x in namespace a"],
  });
  const attachment = of("aws_iam_role_policy_attachment", { policy_arn: "p", role: "r" });
  expect(securityChange(attachment, undefined)).toEqual({ effect: "narrowed", details: ["removes p for r"] });
});

test("a public endpoint without ranges is open to everyone", () => {
  const cluster = (vpc_config: PlainMap) => of("aws_eks_cluster", { vpc_config });
  const open = cluster({ endpoint_public_access: true });
  const ranges = (...public_access_cidrs: string[]) => cluster({ endpoint_public_access: true, public_access_cidrs });

  expect(securityChange(cluster({}), open)).toEqual({
    effect: "broadened",
    details: ["opens the Kubernetes API to 0.0.0.0/0"],
  });
  expect(securityChange(open, ranges("192.0.2.0/24"))?.effect).toBe("narrowed");
  expect(securityChange(ranges("192.0.2.0/24"), ranges("192.0.2.0/25"))?.effect).toBe("narrowed");
});

test("a role without its permissions boundary is broader", () => {
  const role = (more: PlainMap) => of("aws_iam_role", { assume_role_policy: policy(), ...more });
  const bound = role({ permissions_boundary: "limits" });

  expect(securityChange(bound, role({}))).toEqual({
    effect: "broadened",
    details: ["loses the permissions boundary limits"],
  });
  expect(securityChange(role({}), bound)?.effect).toBe("narrowed");
});

test("an endpoint without its policy allows everything", () => {
  const endpoint = of("aws_vpc_endpoint", { policy: policy(allow("s3:Get", "a", { Principal: "*" })) });

  expect(securityChange(endpoint, of("aws_vpc_endpoint", {}))).toEqual({
    effect: "broadened",
    details: ["allows * on * to *"],
  });
});

test("a rule inside of a security group is a rule", () => {
  const rule = { protocol: "tcp", from_port: 22, to_port: 22, cidr_blocks: ["0.0.0.0/0"] };

  expect(securityChange(of("aws_security_group", {}), of("aws_security_group", { ingress: [rule] }))).toEqual({
    effect: "broadened",
    details: ["allows tcp 22 from 0.0.0.0/0"],
  });
});

test("a new rule of the client VPN gives access to a range", () => {
  const rule = of("aws_ec2_client_vpn_authorization_rule", {
    target_network_cidr: "10.0.0.0/16",
    authorize_all_groups: true,
  });

  expect(securityChange(undefined, rule)).toEqual({
    effect: "broadened",
    details: ["gives everyone on the VPN access to 10.0.0.0/16"],
  });
});

test.each([
  ["aws_sns_topic", "policy"],
  ["aws_iam_group_policy", "policy"],
  ["aws_cloudwatch_log_resource_policy", "policy_document"],
  ["aws_opensearch_domain", "access_policies"],
])("the policy of an %s is compared, as the guard compares it", (type, key) => {
  const [before, after] = ["s3:Get", "s3:*"].map((action) => of(type, { [key]: policy(allow(action, "a")) }));

  expect(securityChange(before, after)).toEqual({ effect: "broadened", details: ["allows s3:* on a"] });
});
