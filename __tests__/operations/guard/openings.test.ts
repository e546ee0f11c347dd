import { change, judge, plan } from "./support";

const of = (...changes: ReturnType<typeof change>[]) => judge({ "a.json": plan(changes) });
const lossesOf = (report: ReturnType<typeof judge>) => report.findings.map(({ loses, rule }) => `${rule}: ${loses}`);

const notesOf = ({ notes }: ReturnType<typeof judge>) =>
  notes.map(({ message }) => message).filter((message) => !message.includes("has no definition"));

const ACTION = {
  address: "action.aws_ec2_stop_instance.nodes",
  type: "aws_ec2_stop_instance",
  lifecycle_action_trigger: {
    triggering_resource_address: "aws_instance.a",
    action_trigger_event: "AfterUpdate",
  },
};
const SHOWN = "runs the action aws_ec2_stop_instance after update of aws_instance.a, which no plan shows";

test("an action is stopped in a protected tier, and a note elsewhere", () => {
  const actions = { action_invocations: [ACTION] };
  const inTier = (Tier: string) => judge({ "a.json": plan([], actions, { Tier }) });

  expect(lossesOf(inTier("production"))).toEqual([`run-action: ${SHOWN}`]);
  expect(inTier("development").findings).toEqual([]);
  expect(notesOf(inTier("development"))).toEqual([SHOWN]);
});

test("postponed actions leave a plan incomplete, and an action of a form that is not known runs all the same", () => {
  expect(lossesOf(judge({ "a.json": plan([], { deferred_action_invocations: [{}] }) }))).toEqual([
    "plan-incomplete: it does not cover every resource, by -target or because Terraform postponed changes",
  ]);
  expect(notesOf(judge({ "a.json": plan([], { action_invocations: [{}] }) }))).toEqual([
    "runs the action of unknown type, which no plan shows",
  ]);
});

const BINDING = {
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRoleBinding",
  metadata: { name: "ops" },
  roleRef: { kind: "ClusterRole", name: "cluster-admin" },
  subjects: [{ kind: "Group", name: "ops" }],
};
const ROLE = {
  kind: "ClusterRole",
  metadata: { name: "all" },
  rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }],
};
const values = (...manifests: object[]) => ({ name: "x", values: [JSON.stringify({ manifests })] });
const yaml =
  "kind: RoleBinding\nmetadata: { name: a, namespace: kube-system }\nroleRef: { name: cluster-admin }\nsubjects: [{ kind: ServiceAccount, name: s, namespace: n }]\n";

test.each([
  ["values of a chart", "helm_release.a", values(BINDING), "Group ops as cluster-admin"],
  [
    "text in values of a chart",
    "helm_release.a",
    values({ text: `---\n${yaml}` }),
    "ServiceAccount n/s as cluster-admin of kube-system",
  ],
  ["a manifest", "kubernetes_manifest.a", { manifest: BINDING }, "Group ops as cluster-admin"],
  ["a cluster role in a chart", "helm_release.a", values(ROLE), "the cluster role all, which may do everything"],
  [
    "a cluster role",
    "kubernetes_cluster_role_v1.a",
    { metadata: [{ name: "all" }], rule: [{ api_groups: ["*"], resources: ["*"], verbs: ["get", "*"] }] },
    "the cluster role all, which may do everything",
  ],
  [
    "a role binding of kube-system",
    "kubernetes_role_binding_v1.a",
    {
      metadata: [{ namespace: "kube-system" }],
      role_ref: [{ kind: "ClusterRole", name: "cluster-admin" }],
      subject: [{ kind: "User", name: "jane" }],
    },
    "User jane as cluster-admin of kube-system",
  ],
  [
    "aws-auth",
    "kubernetes_config_map_v1_data.a",
    {
      metadata: [{ name: "aws-auth", namespace: "kube-system" }],
      data: { mapRoles: "- rolearn: arn:aws:iam::1:role/x\n  groups: [system:masters]\n" },
    },
    "arn:aws:iam::1:role/x as a member of system:masters",
  ],
])("a new administrator in %s is stopped, and one that was there passes", (_, address, after, who) => {
  expect(lossesOf(of(change(address, ["create"], null, after)))).toEqual([`add-cluster-admin: adds ${who}`]);
  expect(of(change(address, ["update"], after, { ...after, more: 1 })).findings).toEqual([]);
});

test.each([
  ["another role", { ...BINDING, roleRef: { kind: "ClusterRole", name: "view" } }],
  ["a role of another namespace", { ...BINDING, kind: "RoleBinding", metadata: { name: "a", namespace: "team" } }],
  ["a role for some resources", { ...ROLE, rules: [{ apiGroups: ["*"], resources: ["pods"], verbs: ["*"] }] }],
])("a chart with %s passes", (_, object) => {
  expect(of(change("helm_release.a", ["create"], null, values(object))).findings).toEqual([]);
});

const entry = (...kubernetes_groups: string[]) => ({ principal_arn: "arn:aws:iam::1:role/x", kubernetes_groups });

test("an access entry that joins a group of administrators is stopped, and another group is a note", () => {
  const joins = change("aws_eks_access_entry.a", ["update"], entry("dev"), entry("dev", "ops"));
  const bound = change("helm_release.a", ["no-op"], values(BINDING), values(BINDING));

  expect(lossesOf(of(joins, bound))).toEqual(["add-cluster-admin: adds arn:aws:iam::1:role/x as a member of ops"]);
  expect(of(joins).findings).toEqual([]);
  expect(notesOf(of(joins))).toEqual(["joins ops: what this Kubernetes group may do is decided in the cluster"]);
});

test("the subjects of a binding in sensitive values are not shown", () => {
  const hidden = change("helm_release.a", ["create"], null, values(BINDING), { after_sensitive: { values: true } });

  expect(lossesOf(of(hidden))).toEqual(["add-cluster-admin: adds an administrator of the cluster (sensitive)"]);
});

test.each([
  [
    "aws_subnet",
    { map_public_ip_on_launch: false },
    { map_public_ip_on_launch: true },
    "gives each new machine in the subnet a public address",
  ],
  [
    "aws_launch_template",
    { network_interfaces: [{ associate_public_ip_address: "false" }] },
    { network_interfaces: [{ associate_public_ip_address: "true" }] },
    "gives each new node a public address",
  ],
  ["aws_lb", { internal: true }, { internal: false }, "opens the load balancer to the internet"],
  [
    "aws_db_instance",
    { publicly_accessible: false },
    { publicly_accessible: true },
    "gives the database a public address",
  ],
  [
    "aws_vpc_security_group_ingress_rule",
    { name: "x", cidr_ipv4: "10.0.0.0/16" },
    { prefix_list_id: "pl-1" },
    "opens ports to the list pl-1, whose ranges are in no plan",
  ],
])("%s that becomes reachable is stopped, in one direction only", (type, closed, open, loses) => {
  const named = (side: object) => ({ name: "x", ...side });
  const losses = (before: object, after: object) =>
    of(change(`${type}.a`, ["update"], named(before), named(after))).findings.map(
      (each) => `${each.rule} ${each.loses}`,
    );

  expect(losses(closed, open)).toEqual([expect.stringMatching(new RegExp(`^widen-network (x: )?${loses}$`))]);
  if (type !== "aws_vpc_security_group_ingress_rule") expect(losses(open, closed)).toEqual([]);
});

test("a route of an existing table to an internet gateway is stopped, unless the table had one", () => {
  const route = (more = {}) => ({
    route_table_id: "rtb-1",
    destination_cidr_block: "0.0.0.0/0",
    gateway_id: "igw-1",
    ...more,
  });
  const added = change("aws_route.a", ["create"], null, route());

  expect(lossesOf(of(added))).toEqual([
    "widen-network: opens the subnets of rtb-1 to the internet by a route to the gateway",
  ]);
  expect(of(added, change("aws_route.b", ["delete"], route(), null)).findings).toEqual([]);
  expect(of(change("aws_route.a", ["create"], null, route({ route_table_id: undefined }))).findings).toEqual([]);
  expect(of(change("aws_route.a", ["create"], null, route({ gateway_id: undefined }))).findings).toEqual([]);
});

test.each([
  ["aws_s3_bucket_acl", { acl: "private" }, { acl: "public-read" }, "has the ACL public-read"],
  [
    "aws_kms_grant",
    { grantee_principal: "arn:aws:iam::1:role/x", operations: ["Decrypt"] },
    { grantee_principal: "arn:aws:iam::1:role/x", operations: ["CreateGrant", "Decrypt"] },
    "lets arn:aws:iam::1:role/x give others the key (CreateGrant)",
  ],
  [
    "aws_kms_grant",
    null,
    { grantee_principal: "arn:aws:iam::222222222222:root", operations: ["Decrypt"] },
    "lets the whole account of arn:aws:iam::222222222222:root use the key",
  ],
  ["aws_lambda_permission", null, { principal: "*" }, "allows everyone"],
  ["aws_lambda_function_url", { authorization_type: "AWS_IAM" }, { authorization_type: "NONE" }, "allows everyone"],
  ["aws_ami_launch_permission", null, { group: "all" }, "allows everyone"],
  [
    "aws_ram_resource_share",
    { allow_external_principals: false },
    { allow_external_principals: true },
    "can be shared with accounts of others",
  ],
  ["aws_iam_access_key", null, { user: "ci" }, "creates a permanent key of user ci"],
  ["aws_iam_user_login_profile", null, { user: "jane" }, "lets user jane log in with a password"],
])("%s that gives more without a policy is stopped, and passes unchanged", (type, before, after, loses) => {
  const found = of(change(`${type}.a`, [before === null ? "create" : "update"], before, after)).findings;

  expect(found.map(({ loses: words, rule }) => [rule, words.replace(/^.*?: /, "")])).toEqual([
    ["widen-permissions", loses],
  ]);
  expect(of(change(`${type}.a`, ["update"], after, { ...after, more: 1 })).findings).toEqual([]);
});

test.each([
  ["aws_s3_account_public_access_block", { block_public_acls: true }, { block_public_acls: false }],
  [
    "aws_s3_bucket_ownership_controls",
    { rule: [{ object_ownership: "BucketOwnerEnforced" }] },
    { rule: [{ object_ownership: "ObjectWriter" }] },
  ],
  [
    "aws_vpc_block_public_access_options",
    { internet_gateway_block_mode: "block-ingress" },
    { internet_gateway_block_mode: "off" },
  ],
  ["aws_ebs_snapshot_block_public_access", { state: "block-all-sharing" }, { state: "unblocked" }],
  ["aws_cloudtrail", { enable_logging: true }, { enable_logging: false }],
])("%s that is turned off is stopped", (type, on, off) => {
  expect(of(change(`${type}.a`, ["update"], on, off)).findings.map(({ rule }) => rule)).toEqual(["remove-protection"]);
  expect(of(change(`${type}.a`, ["update"], off, on)).findings).toEqual([]);
});
