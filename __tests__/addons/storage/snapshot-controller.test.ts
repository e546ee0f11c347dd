import { awsEbsCsiDriver } from "../../../addons/storage/aws-ebs-csi-driver";
import { snapshotController } from "../../../addons/storage/snapshot-controller";
import { contextOf, manifestsOf, optionsOf, reportsOf, valuesOf } from "../support/context";

const withDriver = contextOf({ enabled: ["aws_ebs_csi_driver"] });

test.each([
  [true, "true", "Delete" as const],
  [false, "false", "Retain" as const],
])("its class is the default one: %p", (default_snapshot_class, isDefault, deletion_policy) => {
  expect(manifestsOf(snapshotController, withDriver, { default_snapshot_class, deletion_policy })).toEqual([
    {
      apiVersion: "snapshot.storage.k8s.io/v1",
      kind: "VolumeSnapshotClass",
      metadata: { name: "ebs", annotations: { "snapshot.storage.kubernetes.io/is-default-class": isDefault } },
      driver: "ebs.csi.aws.com",
      deletionPolicy: deletion_policy,
    },
  ]);
});

test("comes before the EBS driver, whose snapshotter then runs in any case", () => {
  expect(awsEbsCsiDriver.after).toContain("snapshot_controller");
  expect(valuesOf(awsEbsCsiDriver, contextOf({ enabled: ["snapshot_controller"] }))["sidecars"]).toEqual({
    snapshotter: { forceEnable: true },
  });
});

test("is of no use without a driver that takes snapshots", () => {
  const given = optionsOf(snapshotController);

  expect(reportsOf(snapshotController, withDriver, given)).toEqual([]);
  expect(reportsOf(snapshotController, contextOf(), given)).toEqual([
    { path: ["enabled"], message: "requires a driver that supports snapshots. Set aws_ebs_csi_driver_enabled: true" },
  ]);
});

test("sets nothing that EKS might not know", () => {
  expect(valuesOf(snapshotController)).toEqual({});
});

test("on Auto Mode's nodes it snapshots by Auto Mode's driver", () => {
  const context = contextOf({ auto_mode_only: true });

  expect(reportsOf(snapshotController, context, optionsOf(snapshotController))).toEqual([]);
  expect(manifestsOf(snapshotController, context)).toMatchObject([{ driver: "ebs.csi.eks.amazonaws.com" }]);
});
