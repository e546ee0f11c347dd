import { change, judge, plan, rulesOf } from "./support";

type Change = ReturnType<typeof change>;

const update = (address: string, before: object, after: object): Change =>
  change(address, ["update"], { ...before }, { ...before, ...after });
const destroy = (address: string, before: object): Change => change(address, ["delete"], { ...before }, null);
const create = (address: string, after: object): Change => change(address, ["create"], null, { ...after });
const same = (address: string, side: object): Change => change(address, ["no-op"], { ...side }, { ...side });
const igw = { cidr_block: "0.0.0.0/0", gateway_id: "igw-0a", nat_gateway_id: "" };
const nat = { cidr_block: "0.0.0.0/0", gateway_id: "", nat_gateway_id: "nat-0a" };
const DANGEROUS: Readonly<Record<string, readonly Change[]>> = {
  "widen-network: a route to the internet inside of a table": [
    update("aws_route_table.p", { id: "rtb-1", route: [nat] }, { route: [igw] }),
  ],
  "widen-network: a route to the internet inside of the default table": [
    update("aws_default_route_table.p", { id: "rtb-1", route: [] }, { route: [igw] }),
  ],
  "widen-network: a subnet that gets a public table": [
    same("aws_route_table.pub", { id: "rtb-pub", route: [igw] }),
    update(
      "aws_route_table_association.a",
      { id: "x", subnet_id: "subnet-1", route_table_id: "rtb-priv" },
      { route_table_id: "rtb-pub" },
    ),
  ],
  "widen-network: a VPC whose main table becomes a public one": [
    same("aws_route.pub", { route_table_id: "rtb-pub", destination_cidr_block: "0.0.0.0/0", gateway_id: "igw-1" }),
    update(
      "aws_main_route_table_association.a",
      { id: "x", vpc_id: "vpc-1", route_table_id: "rtb-priv" },
      { route_table_id: "rtb-pub" },
    ),
  ],
  "remove-protection: a hop limit above 1": [
    update(
      "aws_launch_template.a",
      { metadata_options: [{ http_tokens: "required", http_put_response_hop_limit: 1 }] },
      { metadata_options: [{ http_tokens: "required", http_put_response_hop_limit: 2 }] },
    ),
  ],
  "remove-protection: a database without a last snapshot": [
    update("aws_db_instance.a", { skip_final_snapshot: false }, { skip_final_snapshot: true }),
  ],
  "remove-protection: a database cluster without a last snapshot": [
    update("aws_rds_cluster.a", { skip_final_snapshot: false }, { skip_final_snapshot: true }),
  ],
  "remove-protection: no backups of a database": [
    update("aws_db_instance.a", { backup_retention_period: 7 }, { backup_retention_period: 0 }),
  ],
  "remove-protection: a secret that can be deleted at once": [
    update("aws_secretsmanager_secret.a", { recovery_window_in_days: 30 }, { recovery_window_in_days: 0 }),
  ],
  "remove-protection: deletion protection of a document database": [
    update("aws_docdb_cluster.a", { deletion_protection: true }, { deletion_protection: false }),
  ],
  "remove-protection: no snapshots of a cache": [
    update("aws_elasticache_replication_group.a", { snapshot_retention_limit: 5 }, { snapshot_retention_limit: 0 }),
  ],
  "remove-protection: no backups of a file system": [
    update(
      "aws_efs_backup_policy.a",
      { backup_policy: [{ status: "ENABLED" }] },
      { backup_policy: [{ status: "DISABLED" }] },
    ),
  ],
  "destroy-identity-provider: the end of a SAML provider": [destroy("aws_iam_saml_provider.a", { arn: "a" })],
  "destroy-data: the end of a user pool": [destroy("aws_cognito_user_pool.a", { id: "a" })],
  "destroy-key: the end of a certificate authority": [destroy("aws_acmpca_certificate_authority.a", { arn: "a" })],
  "destroy-data: the end of a stream": [destroy("aws_kinesis_stream.a", { arn: "a" })],
  "destroy-data: the end of an archive": [destroy("aws_glacier_vault.a", { arn: "a" })],
  "destroy-data: the end of an image": [destroy("aws_ami_from_instance.a", { id: "ami-1" })],
  "destroy-data: the end of a serverless cache": [destroy("aws_elasticache_serverless_cache.a", { id: "x" })],
  "destroy-data: the end of a namespace in YAML": [
    destroy("kubectl_manifest.a", { yaml_body: "apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n" }),
  ],
  "destroy-data: the end of a claim in a manifest": [
    destroy("kubernetes_manifest.a", { manifest: { kind: "PersistentVolumeClaim", metadata: { name: "d" } } }),
  ],
  "destroy-data: the end of a kind of objects in YAML": [
    destroy("kubectl_manifest.a", { yaml_body: "kind: CustomResourceDefinition\nmetadata: { name: x }\n" }),
  ],
  "remove-protection: a load balancer that loses its firewall": [
    destroy("aws_wafv2_web_acl_association.a", { resource_arn: "arn:lb" }),
  ],
  "remove-protection: the end of Security Hub": [destroy("aws_securityhub_account.a", { id: "1" })],
  "remove-protection: a stopped configuration recorder": [
    update("aws_config_configuration_recorder_status.a", { is_enabled: true }, { is_enabled: false }),
  ],
  "widen-permissions: a policy inside of a role": [
    update(
      "aws_iam_role.a",
      {
        name: "a",
        inline_policy: [],
        assume_role_policy:
          '{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ec2.amazonaws.com"}}]}',
      },
      { inline_policy: [{ name: "x", policy: '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}' }] },
    ),
  ],
  "widen-permissions: managed policies inside of a role": [
    update(
      "aws_iam_role.a",
      { name: "a", managed_policy_arns: [], assume_role_policy: "{}" },
      { managed_policy_arns: ["arn:aws:iam::aws:policy/AdministratorAccess"] },
    ),
  ],
  "widen-permissions: the exclusive attachment of an administrator's policy": [
    create("aws_iam_policy_attachment.a", {
      name: "a",
      roles: ["web"],
      policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess",
    }),
  ],
  "widen-permissions: a broad policy of a user": [
    create("aws_iam_user_policy_attachment.a", { user: "u", policy_arn: "arn:aws:iam::aws:policy/PowerUserAccess" }),
  ],
  "widen-permissions: a key that everyone may use": [
    update(
      "aws_kms_key.a",
      {
        key_id: "k",
        policy:
          '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":"kms:*","Resource":"*"}]}',
      },
      { policy: '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"kms:*","Resource":"*"}]}' },
    ),
  ],
};
const SAFE: Readonly<Record<string, readonly Change[]>> = {
  "a route to a NAT gateway inside of a table": [
    update("aws_route_table.p", { id: "rtb-1", route: [] }, { route: [nat] }),
  ],
  "a second route inside of a public table": [
    update(
      "aws_route_table.p",
      { id: "rtb-1", route: [igw] },
      { route: [igw, { cidr_block: "10.0.0.0/8", vpc_peering_connection_id: "pcx-1" }] },
    ),
  ],
  "a new public table": [create("aws_route_table.p", { route: [igw] })],
  "a subnet that gets another private table": [
    update(
      "aws_route_table_association.a",
      { id: "x", subnet_id: "subnet-1", route_table_id: "rtb-1" },
      { route_table_id: "rtb-2" },
    ),
  ],
  "a subnet that gets another public table": [
    same("aws_route_table.a", { id: "rtb-1", route: [igw] }),
    same("aws_route_table.b", { id: "rtb-2", route: [igw] }),
    update(
      "aws_route_table_association.a",
      { id: "x", subnet_id: "s", route_table_id: "rtb-1" },
      { route_table_id: "rtb-2" },
    ),
  ],
  "a hop limit of 1": [
    update(
      "aws_launch_template.a",
      { metadata_options: [{ http_put_response_hop_limit: 2 }] },
      { metadata_options: [{ http_put_response_hop_limit: 1 }] },
    ),
  ],
  "a last snapshot of a database": [
    update("aws_db_instance.a", { skip_final_snapshot: true }, { skip_final_snapshot: false }),
  ],
  "fewer backups of a database": [
    update("aws_db_instance.a", { backup_retention_period: 30 }, { backup_retention_period: 7 }),
  ],
  "a shorter wait before a secret is deleted": [
    update("aws_secretsmanager_secret.a", { recovery_window_in_days: 30 }, { recovery_window_in_days: 7 }),
  ],
  "a new database": [create("aws_db_instance.a", { skip_final_snapshot: true, backup_retention_period: 0 })],
  "the end of a deployment in a manifest": [
    destroy("kubernetes_manifest.a", { manifest: { kind: "Deployment", metadata: { name: "d" } } }),
  ],
  "the end of settings in YAML": [
    destroy("kubectl_manifest.a", { yaml_body: "kind: ConfigMap\nmetadata: { name: x }\n" }),
  ],
  "an image that is read": [change("aws_ami.a", ["read"], null, {}, { mode: "data" })],
  "the end of an addon with its namespace": [destroy("kubernetes_namespace_v1.a", { metadata: [{ name: "dns" }] })],
  "the end of a deployment": [destroy("kubernetes_deployment_v1.a", { metadata: [{ name: "d" }] })],
  "a load balancer that is destroyed together with its firewall": [
    destroy("aws_lb.a", { arn: "arn:lb", id: "arn:lb" }),
    destroy("aws_wafv2_web_acl_association.a", { resource_arn: "arn:lb" }),
  ],
  "the end of an alarm": [destroy("aws_cloudwatch_metric_alarm.a", { arn: "a" })],
  "a route to a transit gateway": [
    create("aws_route.a", {
      route_table_id: "rtb-1",
      destination_cidr_block: "0.0.0.0/0",
      transit_gateway_id: "tgw-1",
    }),
  ],
  "tags of a role": [update("aws_iam_role.a", { name: "a", tags: {}, assume_role_policy: "{}" }, { tags: { a: "b" } })],
  "a label of a namespace": [
    update(
      "kubernetes_namespace_v1.a",
      { metadata: [{ name: "a", labels: {} }] },
      { metadata: [{ name: "a", labels: { team: "x" } }] },
    ),
  ],
  "backups of a file system": [
    update(
      "aws_efs_backup_policy.a",
      { backup_policy: [{ status: "DISABLED" }] },
      { backup_policy: [{ status: "ENABLED" }] },
    ),
  ],
};

const rulesOfChanges = (changes: readonly Change[]): string[] => rulesOf(judge({ "a.json": plan(changes) }));

test.each(Object.entries(DANGEROUS))("stops by %s", (title, changes) => {
  expect(rulesOfChanges(changes)).toEqual([title.split(":")[0]]);
});

test.each(Object.entries(SAFE))("lets pass %s", (_, changes) => {
  expect(rulesOfChanges(changes)).toEqual([]);
});
