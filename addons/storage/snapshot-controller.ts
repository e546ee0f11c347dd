import { z } from "zod";
import { defineEksAddon } from "../contract/addon";
import { reportSwitch } from "../contract/rule";

const options = z.strictObject({
  default_snapshot_class: z.boolean().describe("Sets ebs as the default class of snapshots."),
  deletion_policy: z
    .enum(["Delete", "Retain"])
    .describe("What happens to the EBS snapshot when its VolumeSnapshot is deleted."),
});

/** The kinds of VolumeSnapshot, their controller, and the class ebs. Without it the EBS driver creates no snapshots. */
export const snapshotController = defineEksAddon({
  name: "snapshot_controller",
  eks_name: "snapshot-controller",
  summary: "VolumeSnapshots, with the class ebs for volumes on Amazon EBS",
  namespace: "kube-system",
  release_notes: "https://github.com/kubernetes-csi/external-snapshotter/releases/tag/", // v8.6.0
  requires: [],
  after: ["coredns"],
  manifests_after: ["aws_ebs_csi_driver"],
  needs_nodes: "snapshots volumes of nodes",
  conflicts_with: [],
  api_groups: ["snapshot.storage.k8s.io"],
  options,
  checks: [
    ({ auto_mode_only, enabled }) =>
      reportSwitch(
        !auto_mode_only && !enabled.aws_ebs_csi_driver,
        "requires a driver that supports snapshots. Set aws_ebs_csi_driver_enabled: true",
      ),
  ],
  // No chart of it is public. Two replicas elect a leader by default; its other keys are those of `aws eks
  // describe-addon-configuration --addon-name snapshot-controller`.
  values: () => ({}),
  manifests: ({ auto_mode_only }, { default_snapshot_class, deletion_policy }) => [
    {
      apiVersion: "snapshot.storage.k8s.io/v1",
      kind: "VolumeSnapshotClass",
      metadata: {
        name: "ebs",
        annotations: { "snapshot.storage.kubernetes.io/is-default-class": String(default_snapshot_class) },
      },
      driver: auto_mode_only ? "ebs.csi.eks.amazonaws.com" : "ebs.csi.aws.com",
      deletionPolicy: deletion_policy,
    },
  ],
});
