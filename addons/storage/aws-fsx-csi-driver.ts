import { z } from "zod";
import { kmsKeyArn } from "../../language/words/arns";
import { resourceId, securityGroupId } from "../../language/words/aws-ids";
import type { PolicyStatement } from "../../language/words/iam";
import { bucketName } from "../../language/words/s3";
import { tagMapWithout } from "../../language/words/tags";
import { defineEksAddon } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { reportItems, reportKey } from "../contract/rule";
import { keyOfRegion } from "../parts/key-of-region";
import {
  className,
  classNames,
  furtherClasses,
  reclaimPolicy,
  STORAGE_CLASSES,
  storageClass,
} from "../parts/storage-class";

/** Tag of every file system that the driver creates. The driver may delete only file systems with this tag. */
const clusterTag = (cluster: string) => `kubernetes.io/cluster/${cluster}`;

const furtherClass = z.strictObject({
  name: className,
  subnet_id: resourceId("subnet", "a subnet").describe("Subnet of the file systems, which are in one zone."),
  security_group_ids: z
    .array(securityGroupId)
    .min(1)
    .describe("Security groups of the file systems. They must allow the nodes (TCP 988 and 1018 to 1023)."),
  deployment_type: z
    .enum(["SCRATCH_2", "PERSISTENT_1", "PERSISTENT_2"])
    .describe("SCRATCH_2 keeps no copy, so files are lost with a server. PERSISTENT keeps copies."),
  per_unit_storage_throughput: z
    .union([50, 100, 125, 200, 250, 500, 1000].map((each) => z.literal(each)))
    .optional()
    .describe(
      "Throughput in MiB per second for each TiB. PERSISTENT_1: 50, 100 or 200. PERSISTENT_2: 125, 250, 500 or 1000.",
    ),
  data_compression: z.enum(["NONE", "LZ4"]).optional().describe("Compression. Default: none."),
  kms_key_arn: kmsKeyArn.optional().describe("KMS key that encrypts persistent file systems. Default: FSx's own key."),
  reclaim_policy: reclaimPolicy.describe("What happens to a file system whose claim is deleted."),
});

const options = z.strictObject({
  storage_classes: z
    .array(furtherClass)
    .describe("Storage classes whose claims get their own file system. Without a class, create volumes yourself."),
  data_repositories: z
    .array(bucketName)
    .describe("Buckets that file systems may link to, with s3ImportPath of your own storage class."),
  file_system_tags: tagMapWithout(/[,=]/, "commas or equals signs").describe(
    "Further AWS tags of every file system. The driver supports neither commas nor equals signs.",
  ),
});

type Options = z.output<typeof options>;
type FurtherClass = Options["storage_classes"][number];

const THROUGHPUTS = {
  SCRATCH_2: [],
  PERSISTENT_1: [50, 100, 200],
  PERSISTENT_2: [125, 250, 500, 1000],
} as const satisfies Readonly<Record<FurtherClass["deployment_type"], readonly number[]>>;

function throughputsOf(type: FurtherClass["deployment_type"]): string {
  const allowed = THROUGHPUTS[type];
  return allowed.length === 0 ? "none. Remove it" : allowed.join(", ");
}

/** The policy that the driver's own documents show, narrowed to one cluster. */
function permissions(
  { account_id, cluster_name, partition, region }: AddonContext,
  { data_repositories, storage_classes }: Options,
): readonly PolicyStatement[] {
  const systems = [`arn:${partition}:fsx:${region}:${account_id}:file-system/*`];
  const tagged = { [`aws:RequestTag/${clusterTag(cluster_name)}`]: "owned" };
  const keys = [...new Set(storage_classes.flatMap(({ kms_key_arn }) => kms_key_arn ?? []))];
  const linked = (path: string) => `arn:${partition}:iam::${account_id}:role/aws-service-role/${path}/*`;
  return [
    { sid: "Read", actions: ["fsx:DescribeFileSystems"], resources: ["*"] },
    {
      sid: "CreateFileSystems",
      actions: ["fsx:CreateFileSystem", "fsx:TagResource"],
      resources: systems,
      condition: { StringEquals: tagged },
    },
    {
      sid: "ManageOurFileSystems",
      actions: ["fsx:DeleteFileSystem", "fsx:UpdateFileSystem"],
      resources: systems,
      condition: { StringEquals: { [`aws:ResourceTag/${clusterTag(cluster_name)}`]: "owned" } },
    },
    {
      sid: "FirstFileSystemOfTheAccount",
      actions: ["iam:CreateServiceLinkedRole"],
      resources: [linked("fsx.amazonaws.com")],
      condition: { StringEquals: { "iam:AWSServiceName": "fsx.amazonaws.com" } },
    },
    ...(data_repositories.length === 0
      ? []
      : [
          {
            sid: "ListDataRepositories",
            actions: ["s3:ListBucket"],
            resources: data_repositories.map((name) => `arn:${partition}:s3:::${name}`),
          },
          {
            sid: "LinkDataRepositories",
            actions: ["iam:AttachRolePolicy", "iam:CreateServiceLinkedRole", "iam:PutRolePolicy"],
            resources: [linked("s3.data-source.lustre.fsx.amazonaws.com")],
          },
        ]),
    ...(keys.length === 0
      ? []
      : [{ sid: "EncryptFileSystems", actions: ["kms:CreateGrant", "kms:DescribeKey"], resources: keys }]),
  ];
}

/** Volumes on Amazon FSx for Lustre, for what reads very much at once. */
export const awsFsxCsiDriver = defineEksAddon({
  name: "aws_fsx_csi_driver",
  eks_name: "aws-fsx-csi-driver",
  summary: "Shared volumes on Amazon FSx for Lustre",
  namespace: "kube-system",
  daemon_pods: () => 1,
  release_notes: "https://github.com/kubernetes-sigs/aws-fsx-csi-driver/releases/tag/", // v1.9.0
  requires: [],
  after: ["coredns"],
  needs_nodes: "mounts volumes on nodes",
  conflicts_with: [],
  storage_classes: ({ storage_classes }) => furtherClasses(storage_classes),
  needs_ec2: "mounts volumes on instances of EC2",
  options,
  service_account: "fsx-csi-controller-sa",
  aws_services: () => ["fsx"],
  checks: [
    classNames,
    (_, { storage_classes }) =>
      reportItems(STORAGE_CLASSES, storage_classes, [
        ({ deployment_type, per_unit_storage_throughput: throughput }) =>
          reportKey(
            throughput !== undefined && !THROUGHPUTS[deployment_type].some((allowed) => allowed === throughput),
            ["per_unit_storage_throughput"],
            `${deployment_type} supports ${throughputsOf(deployment_type)}`,
          ),
        ({ deployment_type, per_unit_storage_throughput: throughput }) =>
          reportKey(
            deployment_type === "PERSISTENT_2" && throughput === undefined,
            ["deployment_type"],
            `PERSISTENT_2 requires per_unit_storage_throughput: ${throughputsOf(deployment_type)}`,
          ),
        ({ deployment_type, kms_key_arn }) =>
          reportKey(
            deployment_type === "SCRATCH_2" && kms_key_arn !== undefined,
            ["kms_key_arn"],
            "has no effect on SCRATCH_2, which FSx encrypts with its own key. Remove it",
          ),
      ]),
    ({ region }, { storage_classes }) =>
      reportItems(STORAGE_CLASSES, storage_classes, [
        ({ kms_key_arn }) => keyOfRegion(["kms_key_arn"], kms_key_arn, region),
      ]),
  ],
  permissions,
  // Keys of the chart aws-fsx-csi-driver 1.17.0, whose defaults tolerate system nodes and keep a disruption budget.
  values: ({ cluster_name, region, service_level }, { file_system_tags }) => ({
    controller: {
      replicaCount: service_level.replicas,
      region, // pods cannot reach the instance metadata service
      extraTags: { ...file_system_tags, [clusterTag(cluster_name)]: "owned" },
    },
  }),
  manifests: (_context, { storage_classes }) =>
    storage_classes.map((given) =>
      storageClass({
        name: given.name,
        provisioner: "fsx.csi.aws.com",
        parameters: {
          subnetId: given.subnet_id,
          securityGroupIds: given.security_group_ids.join(","),
          deploymentType: given.deployment_type,
          perUnitStorageThroughput: given.per_unit_storage_throughput,
          dataCompressionType: given.data_compression,
          kmsKeyId: given.kms_key_arn,
        },
        mount_options: ["flock"], // locks that all nodes see
        reclaim_policy: given.reclaim_policy,
        binding: "Immediate",
        expandable: true,
      }),
    ),
});
