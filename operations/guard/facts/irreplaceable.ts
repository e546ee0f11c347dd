import { isMap } from "../../../language/plain-map";
import { matchesWildcards } from "../../../language/wildcard";
import { field, textOf } from "../../plans/json";
import type { ResourceChange } from "../../plans/plan";
import { before, shown } from "../../plans/values";

/** Rules about resources that cannot be restored after a destroy. */
export type IrreplaceableRule =
  | "destroy-control-plane"
  | "destroy-network"
  | "destroy-key"
  | "destroy-identity-provider"
  | "destroy-data"
  | "destroy-audit-log";

interface Kind {
  readonly rule: IrreplaceableRule;
  /** Types of resources; `*` matches any text. */
  readonly types: readonly string[];
  /** The kind of resource, and the data that its destruction loses. */
  readonly lost: string;
  readonly only?: (change: ResourceChange) => boolean;
}

const name = (change: ResourceChange): string => textOf(field(change.before, "name")) ?? "";

/** Log groups of a control plane and of a VPC's traffic, by the names that AWS and this program give them. */
const isAuditLog = (change: ResourceChange): boolean =>
  /^\/aws\/eks\/[^/]+\/cluster$|flow-?logs?|audit|cloudtrail/i.test(name(change));

/** True if other objects or data end with a Kubernetes object. */
function isHolderOfData({ before: side }: ResourceChange): boolean {
  const manifest = field(side, "manifest");
  const own = isMap(manifest) ? textOf(field(manifest, "kind")) : undefined;
  const kind = own ?? /^ *["']?kind["']?: *["']?(\w+)/m.exec(textOf(field(side, "yaml_body")) ?? "")?.[1] ?? "";
  return ["CustomResourceDefinition", "Namespace", "PersistentVolume", "PersistentVolumeClaim"].includes(kind);
}

/** The first kind that matches counts. */
const KINDS: readonly Kind[] = [
  {
    rule: "destroy-control-plane",
    types: ["aws_eks_cluster"],
    lost: "the control plane with every object in it; its endpoint, issuer and certificate never come back",
  },
  { rule: "destroy-network", types: ["aws_vpc", "aws_default_vpc"], lost: "the VPC and every address in it" },
  {
    rule: "destroy-network",
    types: ["aws_subnet", "aws_default_subnet"],
    lost: "the subnet; nodes, load balancers and volumes' zones depend on it",
  },
  {
    rule: "destroy-key",
    types: [
      "aws_kms_custom_key_store",
      "aws_cloudhsm_v2_cluster",
      "aws_kms_key",
      "aws_kms_replica_key",
      "aws_kms_external_key",
      "aws_kms_replica_external_key",
    ],
    lost: "the key; everything that it encrypted can never be read again",
  },
  {
    rule: "destroy-key",
    types: ["aws_acmpca_certificate_authority"],
    lost: "the certificate authority; every certificate that it issued has to be replaced",
  },
  {
    rule: "destroy-identity-provider",
    types: ["aws_iam_saml_provider", "aws_iam_openid_connect_provider", "aws_eks_identity_provider_config"],
    lost: "the identity provider; every role or person that signs in by it is locked out",
  },
  {
    rule: "destroy-data",
    types: ["aws_s3_bucket", "aws_s3_directory_bucket", "aws_s3tables_table_bucket", "aws_glacier_vault"],
    lost: "the bucket with every object and version in it",
  },
  { rule: "destroy-data", types: ["aws_ebs_volume"], lost: "the volume with its data" },
  {
    rule: "destroy-data",
    types: ["aws_ami", "aws_ami_copy", "aws_ami_from_instance"],
    lost: "the image, which may be the only copy",
  },
  {
    rule: "destroy-data",
    types: ["aws_ebs_snapshot", "aws_ebs_snapshot_copy", "aws_ebs_snapshot_import"],
    lost: "the snapshot, which may be the only copy",
  },
  {
    rule: "destroy-data",
    types: ["aws_efs_file_system", "aws_fsx_*"],
    lost: "the file system with its files",
  },
  {
    rule: "destroy-data",
    types: ["aws_backup_vault", "aws_backup_logically_air_gapped_vault", "aws_backup_vault_lock_configuration"],
    lost: "the backup vault or its lock; its recovery points are no longer safe",
  },
  {
    rule: "destroy-data",
    types: ["aws_dynamodb_table", "aws_dynamodb_global_table", "aws_dynamodb_table_replica"],
    lost: "the table with its items",
  },
  {
    rule: "destroy-data",
    types: [
      "aws_db_instance",
      "aws_db_snapshot",
      "aws_db_cluster_snapshot",
      "aws_db_snapshot_copy",
      "aws_rds_cluster_snapshot_copy",
      "aws_docdb*_cluster",
      "aws_docdb_cluster_snapshot",
      "aws_dsql_cluster",
      "aws_elasticache_serverless_cache",
      "aws_elasticsearch_domain",
      "aws_kinesis_stream",
      "aws_mq_broker",
      "aws_msk_serverless_cluster",
      "aws_neptune_cluster_snapshot",
      "aws_neptunegraph_graph",
      "aws_opensearchserverless_collection",
      "aws_qldb_ledger",
      "aws_redshift_cluster_snapshot",
      "aws_redshiftserverless_namespace",
      "aws_rds_cluster",
      "aws_rds_global_cluster",
      "aws_neptune_cluster",
      "aws_elasticache_cluster",
      "aws_elasticache_replication_group",
      "aws_memorydb_cluster",
      "aws_opensearch_domain",
      "aws_redshift_cluster",
      "aws_msk_cluster",
      "aws_timestreamwrite_*",
      "aws_keyspaces_*",
    ],
    lost: "the database with its data",
  },
  {
    rule: "destroy-data",
    types: [
      "aws_codeartifact_domain",
      "aws_codeartifact_repository",
      "aws_codecommit_repository",
      "aws_cognito_user_pool",
      "aws_directory_service_directory",
      "aws_ecr_repository",
      "aws_grafana_workspace",
      "aws_prometheus_workspace",
      "aws_route53_zone",
      "aws_secretsmanager_secret",
    ],
    lost: "the content, which Terraform cannot write again",
  },
  {
    rule: "destroy-data",
    types: ["kubernetes_persistent_volume*"],
    lost: "the volume or its claim, with the data",
  },
  {
    rule: "destroy-data",
    types: ["kubernetes_manifest", "kubectl_manifest"],
    lost: "the object with everything that belongs to it: volumes, the objects of a namespace, or all objects of a kind",
    only: isHolderOfData,
  },
  {
    rule: "destroy-audit-log",
    types: ["aws_cloudwatch_log_group"],
    lost: "the audit log with every event in it",
    only: isAuditLog,
  },
  {
    rule: "destroy-audit-log",
    types: ["aws_cloudtrail", "aws_cloudtrail_event_data_store"],
    lost: "the trail and what it recorded",
  },
];

/** Returns the kind of a resource that cannot be restored; undefined if it can be created again as it was. */
export function irreplaceable(change: ResourceChange): Kind | undefined {
  if (!change.managed) return undefined;
  return KINDS.find(
    ({ types, only }) =>
      types.some((type) => (type.includes("*") ? matchesWildcards(type, change.type) : type === change.type)) &&
      (only === undefined || only(change)),
  );
}

/** Returns the object's name in AWS, for a message. */
export function nameOf(change: ResourceChange): string {
  for (const key of ["name", "bucket", "key_id", "url", "id", "arn"]) {
    const value = before(change, [key]);
    if (typeof value.value === "string" && value.value !== "") return shown(value);
  }
  return "of unknown name";
}

/** Returns the value that distinguishes an object from its successor at the same address. */
export function physicalIdentity(change: ResourceChange): unknown {
  const keys = ["arn", "id", "unique_id", "created_at", "creation_date", "create_date", "created_time"];
  return [change.deposed ?? null, ...keys.map((key) => field(change.before, key) ?? null)];
}
