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
