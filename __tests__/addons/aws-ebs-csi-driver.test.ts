import { awsEbsCsiDriver } from "../../addons/aws-ebs-csi-driver";
import { contextOf, LEVELS, manifestsOf, permissionsOf, valuesOf } from "./support/context";

const volumes = "arn:aws:ec2:eu-west-1:111111111111:volume/*";
const snapshots = "arn:aws:ec2:eu-west-1:*:snapshot/*";
const tagged = { StringEquals: { "aws:RequestTag/ebs.csi.aws.com/cluster-name": "demo" } };
const ours = { StringEquals: { "aws:ResourceTag/ebs.csi.aws.com/cluster-name": "demo" } };

test("makes volumes of its cluster, and touches no other's", () => {
  expect(permissionsOf(awsEbsCsiDriver)).toEqual([
    {
      sid: "Read",
      actions: [
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeInstances",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeSnapshots",
        "ec2:DescribeVolumes",
        "ec2:DescribeVolumesModifications",
        "ec2:DescribeVolumeStatus",
      ],
      resources: ["*"],
    },
    { sid: "CreateVolumes", actions: ["ec2:CreateVolume", "ec2:CopyVolumes"], resources: [volumes], condition: tagged },
    { sid: "CreateSnapshots", actions: ["ec2:CreateSnapshot"], resources: [snapshots], condition: tagged },
    {
      sid: "FromOurVolumes",
      actions: ["ec2:CopyVolumes", "ec2:CreateSnapshot"],
      resources: [volumes],
      condition: ours,
    },
    { sid: "FromOurSnapshots", actions: ["ec2:CreateVolume"], resources: [snapshots], condition: ours },
    {
      sid: "ManageOurVolumes",
      actions: ["ec2:AttachVolume", "ec2:DeleteVolume", "ec2:DetachVolume", "ec2:ModifyVolume"],
      resources: [volumes],
      condition: ours,
    },
    {
      sid: "OnOurNodes",
      actions: ["ec2:AttachVolume", "ec2:DetachVolume"],
      resources: ["arn:aws:ec2:eu-west-1:111111111111:instance/*"],
      condition: { StringEquals: { "aws:ResourceTag/kubernetes.io/cluster/demo": "owned" } },
    },
    { sid: "DeleteOurSnapshots", actions: ["ec2:DeleteSnapshot"], resources: [snapshots], condition: ours },
    {
      sid: "TagWhatItCreates",
      actions: ["ec2:CreateTags"],
      resources: [volumes, snapshots],
      condition: {
        StringEquals: {
          "ec2:CreateAction": ["CreateVolume", "CreateSnapshot", "CopyVolumes"],
          "aws:RequestTag/ebs.csi.aws.com/cluster-name": "demo",
        },
      },
    },
    {
      sid: "RetagOurVolumes",
      actions: ["ec2:CreateTags", "ec2:DeleteTags"],
      resources: [volumes],
      condition: {
        ...ours,
        Null: { "aws:TagKeys": "false" },
        "ForAllValues:StringNotEquals": {
          "aws:TagKeys": ["ebs.csi.aws.com/cluster", "ebs.csi.aws.com/cluster-name", "kubernetes.io/cluster/demo"],
        },
      },
    },
  ]);
});

test.each([
  [LEVELS.one, 1],
  [LEVELS.three, 3],
])("at %p the controller has %p replicas, and volumes the given tags", (service_level, replicaCount) => {
  expect(valuesOf(awsEbsCsiDriver, contextOf({ service_level }), { volume_tags: { Team: "data" } })).toEqual({
    controller: { replicaCount, extraVolumeTags: { Team: "data" } },
  });
});

test.each([
  [true, "true"],
  [false, "false"],
])("its class is encrypted gp3, the default one: %p", (default_storage_class, isDefault) => {
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
