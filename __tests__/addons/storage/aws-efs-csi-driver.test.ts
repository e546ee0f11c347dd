import { awsEfsCsiDriver } from "../../../addons/storage/aws-efs-csi-driver";
import { contextOf, LEVELS, manifestsOf, optionsOf, reportsOf, valuesOf } from "../support/context";

const shared = {
  name: "shared",
  file_system_id: "fs-0123456789abcdef0",
  directory_permissions: "700",
  reclaim_policy: "Retain" as const,
};

test.each([
  [LEVELS.one, 1, false],
  [LEVELS.three, 3, true],
])("at level %p it has %p replicas, and a disruption budget: %p", (service_level, replicaCount, enabled) => {
  expect(valuesOf(awsEfsCsiDriver, contextOf({ service_level }), { access_point_tags: { Team: "data" } })).toEqual({
    controller: {
      replicaCount,
      tags: { Team: "data", "kubernetes.io/cluster/demo": "owned" },
      podDisruptionBudget: { enabled },
    },
  });
});

test("a class creates an access point of its file system for each claim", () => {
  expect(manifestsOf(awsEfsCsiDriver, contextOf(), { storage_classes: [shared] })).toEqual([
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: "shared" },
      provisioner: "efs.csi.aws.com",
      parameters: { provisioningMode: "efs-ap", fileSystemId: "fs-0123456789abcdef0", directoryPerms: "700" },
      reclaimPolicy: "Retain",
      volumeBindingMode: "Immediate",
      allowVolumeExpansion: false,
    },
  ]);
});

test("its numbers are text, because Kubernetes requires text for parameters", () => {
  const given = { ...shared, base_path: "/volumes", gid_range: { start: 1000, end: 2000 } };
  const [made] = manifestsOf(awsEfsCsiDriver, contextOf(), { storage_classes: [given] });

  expect(made?.["parameters"]).toEqual({
    provisioningMode: "efs-ap",
    fileSystemId: "fs-0123456789abcdef0",
    directoryPerms: "700",
    basePath: "/volumes",
    gidRangeStart: "1000",
    gidRangeEnd: "2000",
  });
});

test("has no class by default", () => {
  expect(manifestsOf(awsEfsCsiDriver)).toEqual([]);
});

test("refuses two classes with one name, and ranges that end before they start", () => {
  const backwards = { ...shared, gid_range: { start: 2000, end: 2000 } };

  expect(
    reportsOf(awsEfsCsiDriver, contextOf(), optionsOf(awsEfsCsiDriver, { storage_classes: [shared, backwards] })),
  ).toEqual([
    {
      path: ["options", "storage_classes", 1, "name"],
      message: "shared is the name of another class of this addon. Rename one of them",
    },
    {
      path: ["options", "storage_classes", 1, "gid_range", "end"],
      message: "must be above start (2000), but is 2000",
    },
  ]);
});
