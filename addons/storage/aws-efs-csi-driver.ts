import { z } from "zod";
import { resourceId } from "../../language/words/aws-ids";
import type { PolicyStatement } from "../../language/words/iam";
import { tagMapWithout } from "../../language/words/tags";
import { defineEksAddon } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { reportItems, reportKey } from "../contract/rule";
import {
  className,
  classNames,
  furtherClasses,
  reclaimPolicy,
  STORAGE_CLASSES,
  storageClass,
} from "../parts/storage-class";

/** Tag of every access point that the driver creates. The driver may delete only access points with this tag. */
const clusterTag = (cluster: string) => `kubernetes.io/cluster/${cluster}`;

const furtherClass = z.strictObject({
  name: className,
  file_system_id: resourceId("fs", "an EFS file system").describe(
    "Existing file system, with mount targets in the node subnets and a security group that allows the nodes (TCP 2049).",
  ),
  directory_permissions: z
    .string()
    .regex(/^[0-7]{3,4}$/, 'must be an octal mode in quotes, such as "700"')
    .default("700")
    .describe('Mode of each volume\'s directory, in quotes. Default: "700".'),
  base_path: z
    .string()
    .regex(/^\/[\w./-]{1,99}$/, "must be a path that begins with a slash, such as /volumes")
    .meta({ examples: ["/volumes"] })
    .optional()
    .describe("Directory of the file system that contains the volumes' directories. Default: the root."),
  gid_range: z
    .strictObject({
      start: z.int().min(1).describe("First group id."),
      end: z.int().min(1).describe("Last group id."),
    })
    .optional()
    .describe("Range of group ids for volumes, one for each. Default: 50000 to 7000000."),
  reclaim_policy: reclaimPolicy
    .default("Delete")
    .describe(
      "What happens to a volume's access point when its claim is deleted. Default: Delete. The files stay in both cases, unless values.controller.deleteAccessPointRootDir is set.",
    ),
});

const options = z.strictObject({
  storage_classes: z
    .array(furtherClass)
    .describe(
      "Storage classes whose claims get an access point in a file system. Without a class, create volumes yourself.",
    ),
  access_point_tags: tagMapWithout(/[\p{Z}:]/u, "spaces or colons").describe(
    "Further AWS tags of every access point. The driver supports neither spaces nor colons.",
  ),
});

/** AWS's AmazonEFSCSIDriverPolicy, with the cluster's own tag in place of one that all clusters share; without S3 Files. */
function permissions({ account_id, cluster_name, partition, region }: AddonContext): readonly PolicyStatement[] {
  const arn = (resource: string) => `arn:${partition}:elasticfilesystem:${region}:${account_id}:${resource}`;
  return [
    {
      sid: "Read", // EFS and EC2 limit some of these to resources, which are not known before a claim names them
      actions: [
        "ec2:DescribeAvailabilityZones",
        "elasticfilesystem:DescribeAccessPoints",
        "elasticfilesystem:DescribeFileSystems",
        "elasticfilesystem:DescribeMountTargets",
      ],
      resources: ["*"],
    },
    {
      sid: "CreateAccessPoints",
      actions: ["elasticfilesystem:CreateAccessPoint"],
      resources: [arn("file-system/*")],
      condition: { StringEquals: { [`aws:RequestTag/${clusterTag(cluster_name)}`]: "owned" } },
    },
    {
      sid: "TagWhatItCreates",
      actions: ["elasticfilesystem:TagResource"],
      resources: [arn("access-point/*")],
      condition: {
        StringEquals: {
          "elasticfilesystem:CreateAction": "CreateAccessPoint",
          [`aws:RequestTag/${clusterTag(cluster_name)}`]: "owned",
        },
      },
    },
    {
      sid: "DeleteOurAccessPoints",
      actions: ["elasticfilesystem:DeleteAccessPoint"],
      resources: [arn("access-point/*")],
      condition: { StringEquals: { [`aws:ResourceTag/${clusterTag(cluster_name)}`]: "owned" } },
    },
  ];
}

/** Volumes on Amazon EFS, which pods of all zones share. */
export const awsEfsCsiDriver = defineEksAddon({
  name: "aws_efs_csi_driver",
  eks_name: "aws-efs-csi-driver",
  summary: "Shared volumes on existing Amazon EFS file systems",
  namespace: "kube-system",
  daemon_pods: () => 1,
  release_notes: "https://github.com/kubernetes-sigs/aws-efs-csi-driver/releases/tag/", // v3.5.0
  requires: [],
  after: ["coredns"],
  needs_nodes: "mounts volumes on nodes, and Fargate mounts EFS by itself",
  conflicts_with: [],
  storage_classes: ({ storage_classes }) => furtherClasses(storage_classes),
  needs_ec2: "mounts volumes on instances of EC2",
  options,
  service_account: "efs-csi-controller-sa",
  aws_services: () => ["elasticfilesystem"],
  checks: [
    classNames,
    (_, { storage_classes }) =>
      reportItems(STORAGE_CLASSES, storage_classes, [
        ({ gid_range: range }) =>
          reportKey(
            range !== undefined && range.start >= range.end,
            ["gid_range", "end"],
            `must be above start (${range?.start}), but is ${range?.end}`,
          ),
      ]),
  ],
  permissions,
  // Keys of the chart aws-efs-csi-driver 4.4.1, whose defaults tolerate system nodes and have the right priorities.
  values: ({ cluster_name, service_level }, { access_point_tags }) => ({
    controller: {
      replicaCount: service_level.replicas,
      tags: { ...access_point_tags, [clusterTag(cluster_name)]: "owned" },
      podDisruptionBudget: { enabled: service_level.replicas > 1 }, // minAvailable 1, which blocks drains at one replica
    },
  }),
  manifests: (_context, { storage_classes }) =>
    storage_classes.map(({ base_path, directory_permissions, file_system_id, gid_range, name, reclaim_policy }) =>
      storageClass({
        name,
        provisioner: "efs.csi.aws.com",
        parameters: {
          provisioningMode: "efs-ap",
          fileSystemId: file_system_id,
          directoryPerms: directory_permissions,
          basePath: base_path,
          gidRangeStart: gid_range?.start,
          gidRangeEnd: gid_range?.end,
        },
        reclaim_policy,
        binding: "Immediate",
        expandable: false, // a file system of EFS has no size
      }),
    ),
});
