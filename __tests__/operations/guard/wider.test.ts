import { change, judge, plan } from "./support";

const of = (...changes: ReturnType<typeof change>[]) => judge({ "a.json": plan(changes) });
const lossesOf = (report: ReturnType<typeof judge>) => report.findings.map(({ loses }) => loses);

const ingress = (more: Record<string, unknown>) => ({
  security_group_id: "sg-1",
  ip_protocol: "tcp",
  from_port: 443,
  to_port: 443,
  cidr_ipv4: "10.0.0.0/16",
  ...more,
});
const INGRESS = "aws_vpc_security_group_ingress_rule";

test.each([
  ["more ports", { from_port: 0, to_port: 65535 }, ["opens every port of tcp to 10.0.0.0/16"]],
  ["every protocol", { ip_protocol: "-1", from_port: null, to_port: null }, ["opens every port to 10.0.0.0/16"]],
  ["another port", { from_port: 8443, to_port: 8443 }, []],
])("an existing rule that opens %s to its range is wider only if it still opens the old ports", (_, more, losses) => {
  expect(lossesOf(of(change(`${INGRESS}.a`, ["update"], ingress({}), ingress(more))))).toEqual(losses);
});

test("a range in the place of a group is wider", () => {
  const group = ingress({ cidr_ipv4: null, referenced_security_group_id: "sg-2" });

  expect(lossesOf(of(change(`${INGRESS}.a`, ["update"], group, ingress({}))))).toEqual([
    "opens port 443 of tcp to 10.0.0.0/16",
  ]);
});

test("a new rule that is wider than a removed one of its group is wider, but not one beside it", () => {
  const wider = change(`${INGRESS}.b`, ["create"], null, ingress({ cidr_ipv4: "10.0.0.0/8" }));
  const removed = (more = {}) => change(`${INGRESS}.a`, ["delete"], ingress(more), null);

  expect(lossesOf(of(removed(), wider))).toEqual(["opens port 443 of tcp to 10.0.0.0/8"]);
  expect(lossesOf(of(removed({ security_group_id: "sg-2" }), wider))).toEqual([]);
});

test("versioning that is removed is stopped if the bucket stays", () => {
  const versioning = (status: string) => ({ bucket: "logs", versioning_configuration: [{ status }] });
  const removed = (status: string) => change("aws_s3_bucket_versioning.a", ["delete"], versioning(status), null);

  expect(lossesOf(of(removed("Enabled")))).toEqual([
    "suspends versioning of a bucket that stays: overwritten and deleted objects cannot be restored",
  ]);
  expect(lossesOf(of(removed("Suspended")))).toEqual([]);
});

test("point-in-time recovery of a table that is turned off is stopped", () => {
  const table = (enabled: boolean) => ({ name: "locks", point_in_time_recovery: [{ enabled }] });

  expect(lossesOf(of(change("aws_dynamodb_table.a", ["update"], table(true), table(false))))).toEqual([
    "locks: turns off point-in-time recovery: deleted items cannot be restored",
  ]);
});

test("a list of all policies of a role is read", () => {
  const lists = (...names: string[]) => ({ policy_arns: names.map((name) => `arn:aws:iam::aws:policy/${name}`) });
  const exclusive = change(
    "aws_iam_role_policy_attachments_exclusive.a",
    ["update"],
    lists("ReadOnlyAccess"),
    lists("ReadOnlyAccess", "AdministratorAccess"),
  );

  expect(of(exclusive).findings.map(({ rule }) => rule)).toEqual(["widen-permissions"]);
});

test("an administrator whose principal is known after the apply is put into words", () => {
  const association = {
    policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
    access_scope: [{ type: "cluster" }],
  };
  const created = change("aws_eks_access_policy_association.a", ["create"], null, association, {
    after_unknown: { principal_arn: true },
  });

  expect(lossesOf(of(created))).toEqual([
    "adds a principal that is known only after the apply as an administrator of the cluster (AmazonEKSClusterAdminPolicy)",
  ]);
});

const resource = (address: string, before: unknown, after: unknown) =>
  change(address, [after === null ? "delete" : "update"], before, after);

test.each<[string, ReturnType<typeof change>, string]>([
  [
    "rotation of a key",
    resource("aws_kms_key.a", { key_id: "k", enable_key_rotation: true }, { key_id: "k", enable_key_rotation: false }),
    "k: stops the rotation of the key",
  ],
  [
    "encryption of secrets",
    resource("aws_eks_cluster.a", { name: "c", encryption_config: [{}] }, { name: "c", encryption_config: [] }),
    "c: no longer encrypts secrets with a key",
  ],
  [
    "encryption of a log",
    resource("aws_cloudwatch_log_group.a", { name: "l", kms_key_id: "arn" }, { name: "l", kms_key_id: "" }),
    "l: no longer encrypts the log with a key",
  ],
  [
    "tokens of a node's metadata",
    resource(
      "aws_launch_template.a",
      { name: "n", metadata_options: [{ http_tokens: "required" }] },
      { name: "n", metadata_options: [{ http_tokens: "optional" }] },
    ),
    "n: lets pods and their visitors read the node's credentials without a token (IMDSv1)",
  ],
  [
    "pod security of a namespace",
    resource(
      "kubernetes_namespace_v1.a",
      { id: "n", metadata: [{ labels: { "pod-security.kubernetes.io/enforce": "restricted" } }] },
      { id: "n", metadata: [{ labels: { "pod-security.kubernetes.io/enforce": "privileged" } }] },
    ),
    "n: lets privileged pods into the namespace",
  ],
  ["a flow log", resource("aws_flow_log.a", { vpc_id: "vpc-1" }, null), "ends the record of a network's traffic"],
  ["a backup plan", resource("aws_backup_plan.a", { name: "daily" }, null), "ends the backups of the plan"],
])("the destruction of %s is reported", (_, ended, loses) => {
  expect(of(ended).findings.map((found) => [found.rule, found.loses])).toEqual([["remove-protection", loses]]);
});

test("a flow log can be destroyed with its network", () => {
  const findings = of(
    resource("aws_flow_log.a", { vpc_id: "vpc-1" }, null),
    resource("aws_vpc.a", { id: "vpc-1" }, null),
  ).findings;

  expect(findings.map(({ rule }) => rule)).toEqual(["destroy-network"]);
});

const inLists = (...ranges: string[]) => ({ id: "pl-1", entry: ranges.map((cidr) => ({ cidr })) });

test.each<[string, readonly string[], readonly string[], readonly string[]]>([
  ["the internet", ["10.0.0.0/16"], ["10.0.0.0/16", "0.0.0.0/0"], ["opens every port to 0.0.0.0/0"]],
  ["a wider range", ["10.0.0.0/16"], ["10.0.0.0/12"], ["opens every port to 10.0.0.0/12"]],
  ["a range less", ["10.0.0.0/16", "10.1.0.0/16"], ["10.0.0.0/16"], []],
])("a list of ranges with %s opens the rules that use it", (_, before, after, losses) => {
  const list = "aws_ec2_managed_prefix_list.a";

  expect(lossesOf(of(change(list, ["update"], inLists(...before), inLists(...after))))).toEqual(losses);
});

const policy = (Action: string, Resource: string) => ({
  role: "deployer",
  policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action, Resource }] }),
});

test.each([
  ["iam:PassRole", "arn:aws:iam::111111111111:role/*", "allows iam:PassRole on every resource"],
  ["s3:PutObject", "arn:aws:s3:::*/*", "allows s3:PutObject on every resource"],
  ["s3:Delete*", "arn:aws:s3:::logs/*", "allows the actions s3:Delete*"],
  ["secretsmanager:Get*", "arn:aws:secretsmanager:eu-west-1:1:secret:a", "allows the actions secretsmanager:Get*"],
])("an existing policy that gets %s on %s is wider", (action, where, loses) => {
  const earlier = policy("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111111111111:jobs");
  const [loss = ""] = lossesOf(of(change("aws_iam_role_policy.a", ["update"], earlier, policy(action, where))));

  expect(loss).toContain(loses.toLowerCase().replace("allows", "allows"));
});

test.each([
  ["s3:Get*", "arn:aws:s3:::logs/*"],
  ["iam:PassRole", "arn:aws:iam::111111111111:role/deployer-*"],
])("%s on %s is no wider than a person can review", (action, where) => {
  const earlier = policy("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111111111111:jobs");

  expect(lossesOf(of(change("aws_iam_role_policy.a", ["update"], earlier, policy(action, where))))).toEqual([]);
});
