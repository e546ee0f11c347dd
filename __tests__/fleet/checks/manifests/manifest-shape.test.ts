import { object, testObjects } from "../../../support/extras";

const configMap = (options: Parameters<typeof object>[3], name = "a"): string =>
  object("v1", "ConfigMap", name, options);
const service = (metadata: string): string => object("v1", "ServiceAccount", "a", { metadata });

describe("requires the fields by which Helm identifies an object", () => {
  testObjects({
    "requires apiVersion": [
      "{ kind: ConfigMap, metadata: { name: a } }",
      ": requires apiVersion, because each item is one Kubernetes object",
    ],
    "requires kind": [
      "{ apiVersion: v1, metadata: { name: a } }",
      ": requires kind, because each item is one Kubernetes object",
    ],
    "refuses a kind that is a number": [object("v1", "5", "a"), ".kind: must be text"],
    "refuses an empty kind": [object("v1", '""', "a"), ".kind: must be text"],
    "refuses a kind in lower case": [
      object("v1", "configmap", "c"),
      ".kind: must be a kind, such as ConfigMap, but is configmap",
    ],
    "refuses a group without a version": [
      object("apps", "Deployment", "c"),
      ".apiVersion: must be a version with its group, such as v1 or apps/v1, but is apps",
    ],
    "refuses a version that Kubernetes removed": [
      object("extensions/v1beta1", "Ingress", "c"),
      ".apiVersion: was removed from Kubernetes. Use apps/v1 or networking.k8s.io/v1, and read what changed",
    ],
    "refuses a list of objects": [
      "{ apiVersion: v1, kind: List, items: [] }",
      ".kind: is a list of objects. Write each object as an item of manifests",
    ],
    "accepts a kind whose name ends with List, if it has no items": [object("e.com/v1", "AllowList", "a")],
    "accepts an object with items that is no list": [object("e.com/v1", "Menu", "a", { rest: "items: []" })],
    "requires metadata": [
      "{ apiVersion: v1, kind: ConfigMap }",
      ": requires metadata.name, because Helm identifies objects by name",
    ],
    "requires a name, not generateName": [
      "{ apiVersion: v1, kind: ConfigMap, metadata: { generateName: a- } }",
      ".metadata: requires name, because Helm identifies objects by name",
    ],
    "refuses an empty name": [
      object("v1", "ConfigMap", '""'),
      ".metadata: requires name, because Helm identifies objects by name",
    ],
    "refuses a name with capitals": [
      object("v1", "ConfigMap", "My_Map"),
      ".metadata.name: must be lower-case letters, digits, dashes and dots, but is My_Map",
    ],
    "accepts a role whose name has capitals and a colon": [
      object("rbac.authorization.k8s.io/v1", "ClusterRole", '"team:Viewer"'),
    ],
    "refuses a namespace that is a number": [
      configMap({ metadata: "namespace: 5" }, "c"),
      ".metadata.namespace: must be text, but is 5. Write it in quotes",
    ],
  });
});

describe("requires text where Kubernetes does", () => {
  testObjects({
    "refuses a number in data of a ConfigMap": [
      configMap({ rest: "data: { port: 80 }" }),
      ".data.port: must be text, but is 80. Write it in quotes",
    ],
    "accepts a number in data of another kind": [object("e.com/v1", "ConfigMap", "a", { rest: "data: { port: 80 }" })],
    "refuses an annotation that is a boolean": [
      service("annotations: { internal: true }"),
      ".metadata.annotations.internal: must be text, but is true. Write it in quotes",
    ],
    "refuses a label without a value": [
      service("labels: { tier: null }"),
      ".metadata.labels.tier: must be text, but is null. Write it in quotes",
    ],
    "refuses labels that are a list": [
      configMap({ metadata: "labels: [a]" }, "c"),
      ".metadata.labels: must be a map of texts",
    ],
    "accepts labels that are null": [service("labels: null")],
  });
});
