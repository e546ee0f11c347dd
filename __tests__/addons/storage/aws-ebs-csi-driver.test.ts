import { awsEbsCsiDriver } from "../../../addons/storage/aws-ebs-csi-driver";
import { contextOf, LEVELS, manifestsOf, optionsOf, permissionsOf, reportsOf, valuesOf } from "../support/context";

test.each([
  [LEVELS.one, 1],
  [LEVELS.three, 3],
])(
  "at level %p the controller has %p replicas, and volumes have the definition's tags",
  (service_level, replicaCount) => {
    expect(valuesOf(awsEbsCsiDriver, contextOf({ service_level }), { volume_tags: { Team: "data" } })).toEqual({
      controller: { replicaCount, extraVolumeTags: { Team: "data" } },
      node: { hostNetwork: true },
    });
  },
);

test.each([
  [true, "true"],
  [false, "false"],
])("its class is encrypted gp3, and is the default: %p", (default_storage_class, isDefault) => {
  expect(manifestsOf(awsEbsCsiDriver, contextOf(), { default_storage_class })).toEqual([
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: "gp3", annotations: { "storageclass.kubernetes.io/is-default-class": isDefault } },
      provisioner: "ebs.csi.aws.com",
      parameters: { type: "gp3", encrypted: "true" },
      reclaimPolicy: "Delete",
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
    },
  ]);
});

const key = (name: string) => `arn:aws:kms:eu-west-1:111111111111:key/${name}`;

test("has the definition's performance of gp3, key and further classes", () => {
  const given = {
    reclaim_policy: "Retain" as const,
    kms_key_arn: key("all"),
    gp3_iops: 6000,
    gp3_throughput_mibps: 500,
    storage_classes: [
      { name: "database", type: "io2" as const, iops: 10000, fs_type: "xfs" as const, kms_key_arn: key("db") },
      { name: "archive", type: "sc1" as const, reclaim_policy: "Delete" as const },
    ],
  };
  const rest = { apiVersion: "storage.k8s.io/v1", kind: "StorageClass", provisioner: "ebs.csi.aws.com" };
  const both = { volumeBindingMode: "WaitForFirstConsumer", allowVolumeExpansion: true };

  expect(manifestsOf(awsEbsCsiDriver, contextOf(), given)).toEqual([
    {
      ...rest,
      ...both,
      metadata: { name: "gp3", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      parameters: { type: "gp3", encrypted: "true", iops: "6000", throughput: "500", kmsKeyId: key("all") },
      reclaimPolicy: "Retain",
    },
    {
      ...rest,
      ...both,
      metadata: { name: "database" },
      parameters: {
        type: "io2",
        encrypted: "true",
        iops: "10000",
        kmsKeyId: key("db"),
        "csi.storage.k8s.io/fstype": "xfs",
      },
      reclaimPolicy: "Retain",
    },
    {
      ...rest,
      ...both,
      metadata: { name: "archive" },
      parameters: { type: "sc1", encrypted: "true", kmsKeyId: key("all") },
      reclaimPolicy: "Delete",
    },
  ]);
  const keys = permissionsOf(awsEbsCsiDriver, contextOf(), given).filter(({ sid }) => sid?.match(/Keys|Encrypt/));
  expect(keys.map(({ resources }) => resources)).toEqual([
    [key("all"), key("db")],
    [key("all"), key("db")],
  ]);
  expect(permissionsOf(awsEbsCsiDriver)).toHaveLength(permissionsOf(awsEbsCsiDriver, contextOf(), given).length - 2);
});

test.each([
  [{ gp3_throughput_mibps: 750 }, []],
  [
    { gp3_throughput_mibps: 751 },
    [
      [
        "gp3_throughput_mibps",
        "751 MiB/s require 3004 operations per second, but the volume has 3000. Raise iops, or lower the throughput",
      ],
    ],
  ],
  [{ gp3_throughput_mibps: 2000, gp3_iops: 8000 }, []],
  [
    { storage_classes: [{ name: "fast", type: "gp3" as const, iops: 3000, throughput_mibps: 1000 }] },
    [
      [
        "storage_classes.0.throughput_mibps",
        "1000 MiB/s require 4000 operations per second, but the volume has 3000. Raise iops, or lower the throughput",
      ],
    ],
  ],
  [
    { storage_classes: [{ name: "fast", type: "gp3" as const, iops: 2999 }] },
    [["storage_classes.0.iops", "must be 3000 to 80000 for gp3, but is 2999"]],
  ],
  [
    { storage_classes: [{ name: "db", type: "io2" as const }] },
    [["storage_classes.0.type", "io2 requires iops, 100 to 256000"]],
  ],
  [
    { storage_classes: [{ name: "db", type: "io2" as const, iops: 100, throughput_mibps: 200 }] },
    [["storage_classes.0.throughput_mibps", "has no effect on io2, whose throughput is not configurable. Remove it"]],
  ],
  [
    { storage_classes: [{ name: "gp3", type: "st1" as const, iops: 100 }] },
    [
      ["storage_classes.0.iops", "has no effect on st1. Remove it"],
      ["storage_classes.0.name", "gp3 is the name of another class of this addon. Rename one of them"],
    ],
  ],
])("reports of %p: %p", (given, said) => {
  const findings = reportsOf(awsEbsCsiDriver, contextOf(), optionsOf(awsEbsCsiDriver, given));

  expect(findings.map(({ path, message }) => [path.slice(1).join("."), message])).toEqual(said);
});
