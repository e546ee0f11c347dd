import { all, type PlanCase, set, without } from "./case";
import { allow, BUCKET_STATEMENTS, EVERYWHERE, inline, type Json, policy, READ_STATEMENTS, trust } from "./extra-stack";

/** Changes of IAM and of the network. */

const [OBJECTS, LIST, DENY] = READ_STATEMENTS as [Json, Json, Json];
const A = "arn:aws:s3:::example-store/a/*";

const of = (id: string, rules: PlanCase["rules"], json: NonNullable<PlanCase["json"]>): PlanCase => ({
  id,
  world: "extra",
  rules,
  json,
});
const role = (...statements: Json[]) => set("aws_iam_role_policy", "web", { policy: policy(...statements) });
const wide = (id: string, ...statements: Json[]) => of(`iam: ${id}`, ["widen-permissions"], role(...statements));
const same = (id: string, ...statements: Json[]) => of(`iam: ${id}`, [], role(...statements));
const trusts = (more: Json) => set("aws_iam_role", "web", { assume_role_policy: policy(trust(more)) });
const bucket = (...statements: Json[]) => set("aws_s3_bucket_policy", "store", { policy: policy(...statements) });
const office = (values: Json) => set("aws_vpc_security_group_ingress_rule", "office", values);
const rule = (name: string, values: Json, type = "ingress") =>
  set(`aws_vpc_security_group_${type}_rule`, name, {
    security_group_id: "sg-0aaaaaaaaaaaaaaaa",
    ip_protocol: "tcp",
    from_port: 443,
    to_port: 443,
    ...values,
  });
const endpoint = (values: Json) => (stack: Parameters<ReturnType<typeof without>>[0]) => {
  const cluster = stack.resource["aws_eks_cluster"]?.["main"] ?? {};
  const [config] = cluster["vpc_config"] as Json[];
  cluster["vpc_config"] = [{ ...config, ...values }];
};
const attach = (name: string) =>
  set("aws_iam_role_policy_attachment", "more", { role: "web", policy_arn: `arn:aws:iam::aws:policy/${name}` });
const access = (key: string, principal: string, name: string, scope: Json) =>
  set("aws_eks_access_policy_association", key, {
    cluster_name: "staging-dev-example-com",
    principal_arn: `arn:aws:iam::222222222222:role/${principal}`,
    policy_arn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
    access_scope: [scope],
  });

const IAM: readonly PlanCase[] = [
  wide("every action", allow("*", "*")),
  wide("every action of a service", OBJECTS, LIST, DENY, allow("s3:*", A)),
  wide("every resource", OBJECTS, LIST, DENY, allow("s3:PutObject", "*")),
  wide("a broader action", allow(["s3:Get*", "s3:PutObject"], OBJECTS["Resource"]), LIST, DENY),
  wide("a broader resource", allow(OBJECTS["Action"], "arn:aws:s3:::example-store/*"), LIST, DENY),
  wide("a Deny less", OBJECTS, LIST),
  wide("everything but", OBJECTS, LIST, DENY, { Effect: "Allow", NotAction: "iam:*", Resource: A }),
  of("iam: a condition less", ["widen-permissions"], trusts({ Condition: {} })),
  of(
    "iam: a condition with a pattern",
    ["widen-permissions"],
    trusts({ Condition: { StringLike: { "oidc.example.com/id/A:sub": "system:serviceaccount:*:*" } } }),
  ),
  of("iam: everyone may assume the role", ["widen-permissions"], trusts({ Principal: "*" })),
  of(
    "iam: everyone may read the bucket",
    ["widen-permissions"],
    bucket(...BUCKET_STATEMENTS, { Effect: "Allow", Principal: { AWS: "*" }, Action: "s3:GetObject", Resource: A }),
  ),
  of("iam: the bucket no longer denies plain text", ["widen-permissions"], bucket(...BUCKET_STATEMENTS.slice(1))),
  of("iam: no bucket policy", ["widen-permissions"], without("aws_s3_bucket_policy", "store")),
  of("iam: no permissions boundary", ["widen-permissions"], set("aws_iam_role", "web", { permissions_boundary: null })),
  of("iam: AdministratorAccess", ["widen-permissions"], attach("AdministratorAccess")),
  of("iam: AmazonS3FullAccess", ["widen-permissions"], attach("AmazonS3FullAccess")),
  of(
    "iam: a new role that may do everything",
    ["widen-permissions"],
    set("aws_iam_role_policy", "new", { name: "new", role: "web", policy: policy(allow("*", "*")) }),
  ),
  of(
    "iam: a policy that is known after the apply",
    ["widen-permissions"],
    all(
      set("aws_s3_bucket", "new", { bucket_prefix: "new-" }),
      set("aws_iam_role_policy", "web", { policy: policy(allow("s3:GetObject", `\${aws_s3_bucket.new.arn}/*`)) }),
    ),
  ),
  same(
    "another order",
    DENY,
    LIST,
    allow([...(OBJECTS["Action"] as string[])].reverse(), [...(OBJECTS["Resource"] as string[])].reverse()),
  ),
  same(
    "one statement in two",
    allow("s3:GetObject", OBJECTS["Resource"]),
    allow("s3:PutObject", OBJECTS["Resource"]),
    LIST,
    DENY,
  ),
  same("another case of letters", allow(["S3:getobject", "s3:PUTObject"], OBJECTS["Resource"]), LIST, DENY),
  same("with statement ids", { ...OBJECTS, Sid: "Objects" }, { ...LIST, Sid: "List" }, DENY),
  same("less than before", allow("s3:GetObject", A), DENY),
  same("another exact resource", OBJECTS, LIST, DENY, allow("s3:GetObject", "arn:aws:s3:::example-other/x")),
  same("another exact action", OBJECTS, LIST, DENY, allow("s3:GetObjectTagging", A)),
  same("descriptions of everything", OBJECTS, LIST, DENY, allow(["ec2:DescribeSubnets", "ec2:DescribeVpcs"], "*")),
  same("one Deny more", OBJECTS, LIST, DENY, {
    Effect: "Deny",
    Action: "s3:*",
    Resource: "*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  }),
  of(
    "iam: one condition more",
    [],
    trusts({
      Condition: {
        StringEquals: {
          "oidc.example.com/id/A:sub": "system:serviceaccount:shop:web",
          "oidc.example.com/id/A:aud": "sts.amazonaws.com",
        },
      },
    }),
  ),
  of(
    "iam: another service account",
    [],
    trusts({ Condition: { StringEquals: { "oidc.example.com/id/A:sub": "system:serviceaccount:shop:api" } } }),
  ),
  of(
    "iam: formatted otherwise",
    [],
    set("aws_s3_bucket_policy", "store", {
      policy: JSON.stringify({ Statement: [...BUCKET_STATEMENTS].reverse(), Version: "2012-10-17" }, null, 4),
    }),
  ),
  of("iam: a policy of AWS for one purpose", [], attach("AmazonEKS_CNI_Policy")),
  of(
    "iam: a new role with descriptions",
    [],
    all(
      set("aws_iam_role", "new", { name: "new", assume_role_policy: policy(trust()) }),
      set("aws_iam_role_policy", "new", {
        name: "new",
        role: "new",
        policy: policy(allow("ec2:Describe*", "*"), allow("ec2:CreateTags", "*")),
      }),
    ),
  ),
  of(
    "iam: a second policy for every resource",
    ["widen-permissions"],
    set("aws_iam_role_policy", "more", { name: "more", role: "web", policy: policy(allow("ec2:CreateTags", "*")) }),
  ),
  of(
    "iam: a policy under another name",
    [],
    all(
      without("aws_iam_role_policy", "web"),
      set("aws_iam_role_policy", "more", { name: "more", role: "web", policy: policy(OBJECTS, LIST, DENY) }),
    ),
  ),
  of(
    "iam: bucket and policy go together",
    ["destroy-data"],
    all(
      ...["aws_s3_bucket", "aws_s3_bucket_policy", "aws_s3_bucket_versioning", "aws_s3_bucket_public_access_block"].map(
        (type) => without(type, "store"),
      ),
    ),
  ),
];

const NETWORK: readonly PlanCase[] = [
  of("net: a rule for the internet", ["widen-network"], rule("all", { cidr_ipv4: "0.0.0.0/0" })),
  of("net: a rule for the internet of IPv6", ["widen-network"], rule("all", { cidr_ipv6: "::/0" })),
  of(
    "net: half of the internet",
    ["widen-network", "widen-network"],
    all(rule("low", { cidr_ipv4: "0.0.0.0/1" }), rule("high", { cidr_ipv4: "128.0.0.0/1" })),
  ),
  of("net: the office becomes the internet", ["widen-network"], office({ cidr_ipv4: "0.0.0.0/0" })),
  of("net: a wider office", ["widen-network"], office({ cidr_ipv4: "198.51.0.0/16" })),
  of(
    "net: inside of a group",
    ["widen-network"],
    set("aws_security_group", "inline", { ingress: [inline("10.0.0.0/16", "0.0.0.0/0")] }),
  ),
  of(
    "net: the old form of a rule",
    ["widen-network"],
    set("aws_security_group_rule", "old", {
      type: "ingress",
      security_group_id: "sg-0bbbbbbbbbbbbbbbb",
      protocol: "-1",
      from_port: 0,
      to_port: 0,
      cidr_blocks: ["0.0.0.0/0"],
    }),
  ),
  of(
    "net: out to everywhere from an existing group",
    ["widen-network"],
    rule("out", { cidr_ipv4: "0.0.0.0/0" }, "egress"),
  ),
  of(
    "net: a range that is known after the apply",
    ["widen-network"],
    all(set("aws_eip", "new", { domain: "vpc" }), office({ cidr_ipv4: `\${aws_eip.new.public_ip}/32` })),
  ),
  of("endpoint: for everyone", ["widen-endpoint"], endpoint({ public_access_cidrs: ["0.0.0.0/0"] })),
  of(
    "endpoint: one range more",
    ["widen-endpoint"],
    endpoint({ public_access_cidrs: ["198.51.100.0/24", "203.0.113.0/24", "192.0.2.0/24"] }),
  ),
  of(
    "endpoint: a wider range",
    ["widen-endpoint"],
    endpoint({ public_access_cidrs: ["198.51.0.0/16", "203.0.113.0/24"] }),
  ),
  of("admin: a new one", ["add-cluster-admin"], access("new", "intern", "AmazonEKSClusterAdminPolicy", EVERYWHERE)),
  of(
    "admin: a namespace's one becomes the cluster's",
    ["add-cluster-admin"],
    access("team", "team", "AmazonEKSAdminPolicy", EVERYWHERE),
  ),
  of(
    "admin: in every namespace",
    ["add-cluster-admin"],
    access("new", "intern", "AmazonEKSAdminPolicy", { type: "namespace", namespaces: ["*"] }),
  ),
  of("net: a rule for a range", [], rule("vpn", { cidr_ipv4: "10.20.0.0/16" })),
  of("net: a smaller office", [], office({ cidr_ipv4: "198.51.100.0/28" })),
  of("net: another office", [], office({ cidr_ipv4: "192.0.2.0/24" })),
  of("net: a described rule", [], office({ description: "the office" })),
  of(
    "net: the same rule at another address",
    [],
    all(without("aws_vpc_security_group_ingress_rule", "office"), rule("renamed", { cidr_ipv4: "198.51.100.0/24" })),
  ),
  of(
    "net: a new group that may reach everything",
    [],
    all(
      set("aws_security_group", "new", { name: "new", vpc_id: "vpc-0aaaaaaaaaaaaaaaa" }),
      set("aws_vpc_security_group_egress_rule", "new", {
        security_group_id: `\${aws_security_group.new.id}`,
        ip_protocol: "-1",
        cidr_ipv4: "0.0.0.0/0",
      }),
    ),
  ),
  of("net: a rule less", [], without("aws_vpc_security_group_ingress_rule", "office")),
  of("endpoint: private", [], endpoint({ endpoint_public_access: false, public_access_cidrs: null })),
  of("endpoint: fewer ranges", [], endpoint({ public_access_cidrs: ["203.0.113.0/24"] })),
  of("endpoint: a part of a range", [], endpoint({ public_access_cidrs: ["203.0.113.0/24", "198.51.100.128/25"] })),
  of("admin: a viewer", [], access("new", "intern", "AmazonEKSViewPolicy", EVERYWHERE)),
  of(
    "admin: an editor of a namespace",
    [],
    access("new", "intern", "AmazonEKSEditPolicy", { type: "namespace", namespaces: ["shop"] }),
  ),
  of("admin: one less", [], without("aws_eks_access_policy_association", "admin")),
  of(
    "admin: the same at another address",
    [],
    all(
      without("aws_eks_access_policy_association", "admin"),
      access("renamed", "admin", "AmazonEKSClusterAdminPolicy", EVERYWHERE),
    ),
  ),
];

/** The plan of docs/guard.md. */
export const EXAMPLE: PlanCase = of(
  "the example of the page",
  ["destroy-data", "widen-network"],
  all(without("aws_s3_bucket", "store"), rule("ssh", { cidr_ipv4: "0.0.0.0/0", from_port: 22, to_port: 22 })),
);

export const WIDER_CASES: readonly PlanCase[] = [...IAM, ...NETWORK, EXAMPLE];
