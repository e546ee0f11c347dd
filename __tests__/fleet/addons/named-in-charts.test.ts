import { namedIn } from "../../../fleet/addons/named-in-charts";

test("compares whole names, also in text and as keys of maps of classes", () => {
  const names = namedIn({
    extraDeploy: "kind: StorageClass\nmetadata:\n  name: fast-disks\n",
    storageClasses: { archive: { type: "sc1" } },
    ingress: [{ className: "company" }],
    replicas: 2,
    storage: null,
  });

  expect(["fast-disks", "archive", "company", "sc1"].every((name) => names.has(name))).toBe(true);
  expect(["fast", "com", "a", "storage", "replicas", "2"].some((name) => names.has(name))).toBe(false);
});
