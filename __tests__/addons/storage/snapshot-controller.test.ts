import { awsEbsCsiDriver } from "../../../addons/storage/aws-ebs-csi-driver";
import { snapshotController } from "../../../addons/storage/snapshot-controller";
import { contextOf, manifestsOf, optionsOf, reportsOf, valuesOf } from "../support/context";

const withDriver = contextOf({ enabled: ["aws_ebs_csi_driver"] });

test.each([
  [true, "true", "Delete" as const],
  [false, "false", "Retain" as const],
])("its class is the default: %p", (default_snapshot_class, isDefault, deletion_policy) => {
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

test("is installed before the EBS driver, whose snapshotter is always on then", () => {
  expect(awsEbsCsiDriver.after).toContain("snapshot_controller");
  expect(valuesOf(awsEbsCsiDriver, contextOf({ enabled: ["snapshot_controller"] }))["sidecars"]).toEqual({
    snapshotter: { forceEnable: true },
  });
});

test("requires a driver that supports snapshots", () => {
  const given = optionsOf(snapshotController);

  expect(reportsOf(snapshotController, withDriver, given)).toEqual([]);
  expect(reportsOf(snapshotController, contextOf(), given)).toEqual([
    { path: ["enabled"], message: "requires a driver that supports snapshots. Set aws_ebs_csi_driver_enabled: true" },
  ]);
});

test("has no configuration value", () => {
  expect(valuesOf(snapshotController)).toEqual({});
});

test("uses the driver of Auto Mode on its nodes", () => {
  const context = contextOf({ auto_mode_only: true });

  expect(reportsOf(snapshotController, context, optionsOf(snapshotController))).toEqual([]);
  expect(manifestsOf(snapshotController, context)).toMatchObject([{ driver: "ebs.csi.eks.amazonaws.com" }]);
});
