import { z } from "zod";
import { kmsKeyArn } from "../../language/words/arns";
import { tagMap } from "../../language/words/tags";
import type { Path } from "../../language/yaml/tree";
import { defineEksAddon, type Manifest } from "../contract/addon";
import { type AddonFinding, reportItems, reportKey } from "../contract/rule";
import { keyOfRegion } from "../parts/key-of-region";
import {
  className,
  classNames,
  furtherClasses,
  IMMUTABLE,
  reclaimPolicy,
  STORAGE_CLASS,
  STORAGE_CLASSES,
  storageClass,
} from "../parts/storage-class";
import { ebsPermissions } from "./ebs-policy";

/** Name of the class that volumes get by default; other addons refer to it by name. */

/** Defaults of a gp3 volume, and its maximum throughput (MiB/s) for each operation per second. */
const GP3 = { iops: 3000, throughput_per_iops: 0.25 } as const;

const gp3Iops = z.int().min(GP3.iops).max(80_000);
const gp3Throughput = z.int().min(125).max(2000);

const furtherClass = z.strictObject({
  name: className,
  type: z
    .enum(["gp3", "io2", "st1", "sc1"])
    .describe("Type of the EBS volumes. st1 and sc1 are magnetic disks of at least 125 GiB."),
  iops: z
    .int()
    .min(100)
    .max(256_000)
    .optional()
    .describe("Operations per second. Required for io2. Default for gp3: 3000. Not supported by st1 and sc1."),
  throughput_mibps: gp3Throughput.optional().describe("Throughput in MiB per second, for gp3 only. Default: 125."),
  fs_type: z.enum(["ext4", "xfs"]).optional().describe("File system of the volume. Default: ext4."),
  kms_key_arn: kmsKeyArn.optional().describe("KMS key that encrypts the volumes. Default: kms_key_arn of the addon."),
  reclaim_policy: reclaimPolicy
    .optional()
    .describe("What happens to a volume whose claim is deleted. Default: reclaim_policy of the addon."),
});

const options = z.strictObject({
  default_storage_class: z.boolean().describe("Volumes that name no storage class get gp3."),
  reclaim_policy: reclaimPolicy.describe(
    `What happens to a volume whose claim is deleted. Delete deletes it. Retain keeps it until a person deletes it. ${IMMUTABLE}`,
  ),
  kms_key_arn: kmsKeyArn
    .nullable()
    .describe(`KMS key that encrypts volumes. null for the account's default key of EBS. ${IMMUTABLE}`),
  gp3_iops: gp3Iops
    .nullable()
    .describe(
      `Operations per second of a volume of class gp3, 3000 to 80000. null for 3000, which are free of charge. ${IMMUTABLE}`,
    ),
  gp3_throughput_mibps: gp3Throughput
    .nullable()
    .describe(
      `Throughput of a volume of class gp3 in MiB per second, 125 to 2000. null for 125, which are free of charge. ${IMMUTABLE}`,
    ),
  storage_classes: z
    .array(furtherClass)
    .describe("Further storage classes, such as io2 for databases. All volumes are encrypted."),
  volume_tags: tagMap.describe("Further AWS tags on every volume and snapshot."),
});

type Options = z.output<typeof options>;
type FurtherClass = z.output<typeof furtherClass>;

function ebsClass(given: FurtherClass, { kms_key_arn, reclaim_policy }: Options, is_default?: boolean): Manifest {
  const key = given.kms_key_arn ?? kms_key_arn ?? undefined;
  return storageClass({
    name: given.name,
    provisioner: "ebs.csi.aws.com",
    parameters: {
      type: given.type,
      encrypted: "true",
      iops: given.iops,
      throughput: given.throughput_mibps,
      kmsKeyId: key,
      "csi.storage.k8s.io/fstype": given.fs_type,
    },
    reclaim_policy: given.reclaim_policy ?? reclaim_policy,
    ...(is_default !== undefined && { is_default }),
    binding: "WaitForFirstConsumer",
    expandable: true,
  });
}

/** Reports a throughput of gp3 above a quarter of a MiB/s for each operation per second, which is its limit. */
function tooFast(path: Path, iops: number | null | undefined, throughput: number | null | undefined): AddonFinding[] {
  const operations = iops ?? GP3.iops;
  const needed = (throughput ?? 0) / GP3.throughput_per_iops;
  return reportKey(
    needed > operations,
    path,
    `${throughput} MiB/s require ${needed} operations per second, but the volume has ${operations}. Raise iops, or lower the throughput`,
  );
}

const ofClass = (type: FurtherClass["type"], iops: number | undefined): AddonFinding[] => {
  switch (type) {
    case "gp3":
      return reportKey(
        iops !== undefined && !gp3Iops.safeParse(iops).success,
        ["iops"],
        `must be 3000 to 80000 for gp3, but is ${iops}`,
      );
    case "io2":
      return reportKey(iops === undefined, ["type"], "io2 requires iops, 100 to 256000");
    case "st1":
    case "sc1":
      return reportKey(iops !== undefined, ["iops"], `has no effect on ${type}. Remove it`);
    default:
      return type satisfies never;
  }
};

const CLASS_RULES: readonly ((given: FurtherClass) => AddonFinding[])[] = [
  ({ iops, type }) => ofClass(type, iops),
  ({ iops, throughput_mibps, type }) =>
    type === "gp3" && (iops === undefined || gp3Iops.safeParse(iops).success)
      ? tooFast(["throughput_mibps"], iops, throughput_mibps)
      : [],
  ({ throughput_mibps, type }) =>
    reportKey(
      type !== "gp3" && throughput_mibps !== undefined,
      ["throughput_mibps"],
      `has no effect on ${type}, whose throughput is not configurable. Remove it`,
    ),
];

/** Volumes on Amazon EBS, and the storage classes that use them. */
export const awsEbsCsiDriver = defineEksAddon({
  name: "aws_ebs_csi_driver",
  eks_name: "aws-ebs-csi-driver",
  summary: "Persistent volumes on Amazon EBS: encrypted gp3 by default",
  namespace: "kube-system",
  daemon_pods: () => 1,
  release_notes: "https://github.com/kubernetes-sigs/aws-ebs-csi-driver/releases/tag/", // v1.66.0
  requires: [],
  after: ["coredns", "snapshot_controller"], // the driver looks for the kinds of snapshots once, when it is installed
  needs_nodes: "attaches volumes to nodes",
  conflicts_with: [],
  storage_classes: ({ default_storage_class, storage_classes }) => [
    {
      name: STORAGE_CLASS,
      path: ["enabled"],
      default: { is_default: default_storage_class, option: "default_storage_class" },
    },
    ...furtherClasses(storage_classes),
  ],
  provides: ["block_volumes"],
  needs_ec2: "attaches volumes to instances of EC2",
  auto_mode_brings: "has its own volume driver, ebs.csi.eks.amazonaws.com",
  options,
  service_account: "ebs-csi-controller-sa",
  checks: [
    (_, { gp3_iops, gp3_throughput_mibps }) =>
      tooFast(["options", "gp3_throughput_mibps"], gp3_iops, gp3_throughput_mibps),
    ({ region }, { kms_key_arn }) => keyOfRegion(["options", "kms_key_arn"], kms_key_arn, region),
    ({ region }, { storage_classes }) =>
      reportItems(STORAGE_CLASSES, storage_classes, [
        ({ kms_key_arn }) => keyOfRegion(["kms_key_arn"], kms_key_arn, region),
      ]),
    (_, { storage_classes }) => reportItems(STORAGE_CLASSES, storage_classes, CLASS_RULES),
    (_, { storage_classes }) =>
      reportItems(STORAGE_CLASSES, storage_classes, [
        ({ name }) =>
          reportKey(
            name === STORAGE_CLASS,
            ["name"],
            `${name} is the name of another class of this addon. Rename one of them`,
          ),
      ]),
    classNames,
  ],
  permissions: (context, { kms_key_arn, storage_classes }) => {
    const keys = [kms_key_arn, ...storage_classes.map((each) => each.kms_key_arn)];
    return ebsPermissions(context, [...new Set(keys.filter((key) => typeof key === "string"))]);
  },
  // The chart's own defaults tolerate system nodes, spread the controller and keep a disruption budget.
  values: ({ enabled, service_level }, { volume_tags }) => ({
    controller: { replicaCount: service_level.replicas, extraVolumeTags: volume_tags },
    // Only there it reaches the metadata of the instance. Otherwise, it does not count the node's other interfaces and disks, and
    // announces more volumes than the node can attach.
    node: { hostNetwork: true },
    ...(enabled.snapshot_controller && { sidecars: { snapshotter: { forceEnable: true } } }),
  }),
  manifests: (_context, given) => [
    ebsClass(
      {
        name: STORAGE_CLASS,
        type: "gp3",
        iops: given.gp3_iops ?? undefined,
        throughput_mibps: given.gp3_throughput_mibps ?? undefined,
      },
      given,
      given.default_storage_class,
    ),
    ...given.storage_classes.map((each) => ebsClass(each, given)),
  ],
});
