import { problemsOf, SMALLEST } from "../../../support/definitions";

const FILE = "clusters/a.example.com.yaml";
const told = (text: string) => problemsOf({ [FILE]: `${SMALLEST}${text}` });
const object = (api: string, kind: string, name: string, annotation: string) =>
  `        - { apiVersion: ${api}.k8s.io/v1, kind: ${kind}, metadata: { name: ${name}, annotations: { ${annotation}.kubernetes.io/is-default-class: "true" } }${kind === "StorageClass" ? ", provisioner: ebs.csi.aws.com" : ""} }\n`;
const manifests = (...objects: string[]) =>
  `  extra_manifests:\n    - name: classes\n      namespace: default\n      manifests:\n${objects.join("")}`;
const storage = (name: string) => object("storage", "StorageClass", name, "storageclass");
const ingress = (name: string) => object("networking", "IngressClass", name, "ingressclass");

test("two addons do not create classes with one name", () => {
  const addons = `  addons:
    aws_efs_csi_driver:
      enabled: true
      options: { storage_classes: [{ name: gp3, file_system_id: fs-0123456789abcdef0, directory_permissions: "700", reclaim_policy: Delete }] }
`;

  expect(told(addons)).toEqual([
    `${FILE}:11:44 tfvars.addons.aws_efs_csi_driver.options.storage_classes[gp3].name: the StorageClass gp3 is also created by the addon aws_ebs_csi_driver. Rename it`,
  ]);
  expect(told(addons.replace("name: gp3", "name: shared"))).toEqual([]);
});

test("extra manifests create no class of an addon, and no second default", () => {
  expect(told(manifests(storage("gp3"), storage("io2"), ingress("company")))).toEqual([
    `${FILE}:12:11 tfvars.extra_manifests[classes].manifests[0]: the StorageClass gp3 is also created by the addon aws_ebs_csi_driver. Rename it`,
    `${FILE}:13:11 tfvars.extra_manifests[classes].manifests[1]: creates a second default StorageClass, but gp3, created by the addon aws_ebs_csi_driver, is the default. Remove the annotation, or set aws_ebs_csi_driver's default_storage_class: false`,
  ]);
});

test("extra manifests create no ingress class of an addon, and no second default", () => {
  expect(told(`  addons: { traefik_enabled: true }\n${manifests(ingress("company"))}`)).toEqual([
    `${FILE}:13:11 tfvars.extra_manifests[classes].manifests[0]: creates a second default IngressClass, but traefik, created by the addon traefik, is the default. Remove the annotation, or set traefik's default_class: false`,
  ]);
});

test("another class can be the default if an addon's class is not", () => {
  expect(
    told(
      `  addons: { aws_ebs_csi_driver: { options: { default_storage_class: false } }, traefik: { enabled: true, options: { default_class: false } } }\n${manifests(storage("io2"), ingress("company"))}`,
    ),
  ).toEqual([]);
});

test("refuses a class with the name of Auto Mode's class, and a second default beside it", () => {
  const autoMode = `  cluster: { auto_mode: { enabled: true, node_pools: [general-purpose], default_classes: true } }
  addons: { coredns_enabled: false, aws_ebs_csi_driver_enabled: false, aws_load_balancer_controller_enabled: false, cluster_autoscaler_enabled: false }
`;
  const yaml = SMALLEST.replace("  workers:\n    - name: general\n", "  workers: []\n");

  expect(problemsOf({ [FILE]: `${yaml}${autoMode}${manifests(storage("gp3"), storage("other"))}` })).toEqual([
    `${FILE}:13:11 tfvars.extra_manifests[classes].manifests[0]: the StorageClass gp3 is also created by cluster.auto_mode.default_classes. Rename it`,
    `${FILE}:14:11 tfvars.extra_manifests[classes].manifests[1]: creates a second default StorageClass, but gp3, created by cluster.auto_mode.default_classes, is the default. Remove the annotation, or set auto_mode.default_classes: false`,
  ]);
});

test.each([
  ["an object of another kind with the name of a class", object("networking", "IngressClass", "gp3", "other")],
  ["an object of another group with the name of a class", object("example", "StorageClass", "gp3", "storageclass")],
  ["a class that is not the default", storage("io2").replace('"true"', '"false"')],
  [
    "a class without annotations",
    "        - { apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: io2 }, provisioner: ebs.csi.aws.com }\n",
  ],
])("accepts %s", (_, written) => {
  expect(told(manifests(written))).toEqual([]);
});
