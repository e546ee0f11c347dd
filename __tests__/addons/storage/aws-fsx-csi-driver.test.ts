import { awsFsxCsiDriver } from "../../../addons/storage/aws-fsx-csi-driver";
import { contextOf, LEVELS, manifestsOf, optionsOf, permissionsOf, reportsOf, valuesOf } from "../support/context";

const systems = ["arn:aws:fsx:eu-west-1:111111111111:file-system/*"];
const key = "arn:aws:kms:eu-west-1:111111111111:key/k1";
const linked = "arn:aws:iam::111111111111:role/aws-service-role";
const scratch = {
  name: "scratch",
  subnet_id: "subnet-0123456789abcdef0",
  security_group_ids: ["sg-0123456789abcdef0", "sg-0123456789abcdef1"],
  deployment_type: "SCRATCH_2" as const,
  reclaim_policy: "Delete" as const,
};
const persistent = {
  ...scratch,
  name: "persistent",
  deployment_type: "PERSISTENT_2" as const,
  per_unit_storage_throughput: 250,
  data_compression: "LZ4" as const,
  kms_key_arn: key,
};

const ours = [
  { sid: "Read", actions: ["fsx:DescribeFileSystems"], resources: ["*"] },
  {
    sid: "CreateFileSystems",
    actions: ["fsx:CreateFileSystem", "fsx:TagResource"],
    resources: systems,
    condition: { StringEquals: { "aws:RequestTag/kubernetes.io/cluster/demo": "owned" } },
  },
  {
    sid: "ManageOurFileSystems",
    actions: ["fsx:DeleteFileSystem", "fsx:UpdateFileSystem"],
    resources: systems,
    condition: { StringEquals: { "aws:ResourceTag/kubernetes.io/cluster/demo": "owned" } },
  },
  {
    sid: "FirstFileSystemOfTheAccount",
    actions: ["iam:CreateServiceLinkedRole"],
    resources: [`${linked}/fsx.amazonaws.com/*`],
    condition: { StringEquals: { "iam:AWSServiceName": "fsx.amazonaws.com" } },
  },
];

test("may create file systems with the cluster's name, and change no others", () => {
  expect(permissionsOf(awsFsxCsiDriver)).toEqual(ours);
});

test("may link the listed buckets and use the listed keys", () => {
  const given = { data_repositories: ["corpus"], storage_classes: [persistent, { ...persistent, name: "more" }] };

  expect(permissionsOf(awsFsxCsiDriver, contextOf(), given)).toEqual([
    ...ours,
    { sid: "ListDataRepositories", actions: ["s3:ListBucket"], resources: ["arn:aws:s3:::corpus"] },
    {
      sid: "LinkDataRepositories",
      actions: ["iam:AttachRolePolicy", "iam:CreateServiceLinkedRole", "iam:PutRolePolicy"],
      resources: [`${linked}/s3.data-source.lustre.fsx.amazonaws.com/*`],
    },
    { sid: "EncryptFileSystems", actions: ["kms:CreateGrant", "kms:DescribeKey"], resources: [key] },
  ]);
});

test("its controller has its region, and tags the file systems", () => {
  expect(
    valuesOf(awsFsxCsiDriver, contextOf({ service_level: LEVELS.three }), { file_system_tags: { Team: "ml" } }),
  ).toEqual({
    controller: {
      replicaCount: 3,
      region: "eu-west-1",
      extraTags: { Team: "ml", "kubernetes.io/cluster/demo": "owned" },
    },
  });
});

test("a class has the parameters of its file systems", () => {
  expect(manifestsOf(awsFsxCsiDriver, contextOf(), { storage_classes: [persistent] })).toEqual([
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: "persistent" },
      provisioner: "fsx.csi.aws.com",
      parameters: {
        subnetId: "subnet-0123456789abcdef0",
        securityGroupIds: "sg-0123456789abcdef0,sg-0123456789abcdef1",
        deploymentType: "PERSISTENT_2",
        perUnitStorageThroughput: "250",
        dataCompressionType: "LZ4",
        kmsKeyId: key,
      },
      mountOptions: ["flock"],
      reclaimPolicy: "Delete",
      volumeBindingMode: "Immediate",
      allowVolumeExpansion: true,
    },
  ]);
});

test.each([
  [
    { ...scratch, per_unit_storage_throughput: 50 },
    "per_unit_storage_throughput",
    "SCRATCH_2 supports none. Remove it",
  ],
  [
    { ...scratch, kms_key_arn: key },
    "kms_key_arn",
    "has no effect on SCRATCH_2, which FSx encrypts with its own key. Remove it",
  ],
  [
    { ...scratch, deployment_type: "PERSISTENT_1" as const, per_unit_storage_throughput: 125 },
    "per_unit_storage_throughput",
    "PERSISTENT_1 supports 50, 100, 200",
  ],
  [
    { ...scratch, deployment_type: "PERSISTENT_2" as const },
    "deployment_type",
    "PERSISTENT_2 requires per_unit_storage_throughput: 125, 250, 500, 1000",
  ],
])("refuses %p", (given, at, message) => {
  expect(reportsOf(awsFsxCsiDriver, contextOf(), optionsOf(awsFsxCsiDriver, { storage_classes: [given] }))).toEqual([
    { path: ["options", "storage_classes", 0, at], message },
  ]);
});

test("accepts settings that belong together", () => {
  expect(
    reportsOf(awsFsxCsiDriver, contextOf(), optionsOf(awsFsxCsiDriver, { storage_classes: [scratch, persistent] })),
  ).toEqual([]);
});
