import { isCrd, namespacesOf, onlyOnEks, type Rendered, roundsOf } from "../../../cli/verify/cluster-objects";

const rendered = (cluster: string, object: Rendered["object"], namespace = "dex"): Rendered => ({
  cluster,
  release: "dex",
  namespace,
  object,
});
const namespace = (level: string) => ({
  kind: "Namespace",
  metadata: { name: "dex", labels: { "pod-security.kubernetes.io/enforce": level } },
});
const deployment = { kind: "Deployment", metadata: { name: "web" }, spec: { template: { spec: { containers: [] } } } };

test("an object is sent while its namespace has the labels of the object's own cluster", () => {
  const rounds = roundsOf([
    rendered("a", namespace("restricted")),
    rendered("b", namespace("baseline")),
    rendered("c", namespace("restricted")),
    rendered("a", { kind: "Role", metadata: { name: "a" } }),
    rendered("b", { kind: "Role", metadata: { name: "b" } }),
    rendered("c", { kind: "Role", metadata: { name: "c" } }),
  ]);

  expect(rounds.map(({ namespaces, sent }) => [namespaces, sent.map(({ cluster }) => cluster)])).toEqual([
    [[namespace("restricted")], ["a", "c"]],
    [[namespace("baseline")], ["b"]],
  ]);
});

test("a workload is sent with its pod, a Pod only as a pod, and a CRD apart", () => {
  const crd = { kind: "CustomResourceDefinition", metadata: { name: "x" } };
  const pod = { kind: "Pod", metadata: { name: "p" }, spec: { serviceAccountName: "other", containers: [] } };
  const [only] = roundsOf([rendered("a", crd), rendered("a", deployment), rendered("a", pod)]);

  expect(only?.sent.map(({ about, object }) => [about, object["kind"]])).toEqual([
    ["Deployment/web", "Deployment"],
    ["the pod of Deployment/web", "Pod"],
    ["the pod of Pod/p", "Pod"],
  ]);
  expect(isCrd(rendered("a", crd))).toBe(true);
});

test("an object is created in its own namespace, or in that of its release", () => {
  const elsewhere = { kind: "Role", metadata: { name: "b", namespace: "kube-system" } };
  const [only] = roundsOf([rendered("a", { kind: "Role", metadata: { name: "a" } }), rendered("a", elsewhere)]);

  expect(only?.sent.map((each) => each.namespace)).toEqual(["dex", "kube-system"]);
});

test.each([
  ["eks.amazonaws.com/v1", true],
  ["snapshot.storage.k8s.io/v1", true],
  ["karpenter.k8s.aws/v1", false],
  ["v1", false],
])("%s: only EKS has its kinds is %s", (apiVersion, expected) => {
  expect(onlyOnEks(rendered("a", { apiVersion }))).toBe(expected);
});

test("a stack's namespaces have their labels", () => {
  const { metadata } = namespace("restricted");
  expect(namespacesOf({ resource: { kubernetes_namespace_v1: { a: { metadata } } } })).toEqual([
    { apiVersion: "v1", kind: "Namespace", metadata },
  ]);
});
