import { refusedContext } from "../../../cli/verify/context";
import { objectsOf, podOf } from "../../../cli/verify/pod-probes";

test.each([
  ["no context", undefined, undefined, /^VERIFY_CONTEXT is not set/],
  ["an empty context", "", undefined, /^VERIFY_CONTEXT is not set/],
  ["an unknown context", "kind-a", undefined, /^the kubeconfig does not have the context kind-a$/],
  ["a cluster of EKS", "a", "https://ABC.gr7.eu-west-1.eks.amazonaws.com", /which is an EKS cluster/],
  ["a dual-stack cluster of EKS", "a", "https://ABC.eks-cluster.us-east-1.api.aws", /which is an EKS cluster/],
  ["a cluster of EKS in China", "a", "https://ABC.yl4.cn-north-1.eks.amazonaws.com.cn", /which is an EKS cluster/],
])("refuses %s", (_, context, server, message) => {
  expect(refusedContext(context, server)).toMatch(message);
});

test("accepts a named context of another server", () => {
  expect(refusedContext("kind-verify", "https://127.0.0.1:16443")).toBeUndefined();
});

test("a render has the objects of its documents, and none of empty documents", () => {
  expect(objectsOf("---\n# only a comment\n---\nkind: A\n---\nkind: B\n")).toEqual([{ kind: "A" }, { kind: "B" }]);
});

test("numbers are read as Helm reads them: 0600 is octal, times stay text", () => {
  expect(objectsOf("mode: 0600\nat: 1:30\nday: 2026-11-30\ntext: '0600'\n")).toEqual([
    { mode: 0o600, at: "1:30", day: "2026-11-30", text: "0600" },
  ]);
});

test("a List is its items", () => {
  expect(objectsOf("kind: List\nitems:\n  - kind: A\n  - kind: B\n")).toEqual([{ kind: "A" }, { kind: "B" }]);
});

const template = {
  spec: { serviceAccountName: "a", priorityClassName: "high", hostNetwork: true, containers: [{ name: "a" }] },
};
const pod = { hostNetwork: true, containers: [{ name: "a" }], automountServiceAccountToken: false };

test.each([
  ["Deployment", { template }],
  ["CronJob", { jobTemplate: { spec: { template } } }],
  ["Pod", template.spec],
])("a %s is tried as its pod, without the objects that the pod refers to", (kind, spec) => {
  expect(podOf({ kind, metadata: { name: "web" }, spec })).toEqual({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "verify-web" },
    spec: pod,
  });
});

test("the pod of a StatefulSet has a volume for each claim", () => {
  const spec = {
    template: { spec: { containers: [], volumes: [{ name: "a" }] } },
    volumeClaimTemplates: [{ metadata: { name: "b" } }],
  };

  expect(podOf({ kind: "StatefulSet", metadata: { name: "db" }, spec })).toMatchObject({
    spec: { volumes: [{ name: "a" }, { name: "b", persistentVolumeClaim: { claimName: "b" } }] },
  });
});

test("an object without pods is not tried as a pod", () => {
  expect(podOf({ kind: "Service", metadata: { name: "web" }, spec: { ports: [] } })).toBeUndefined();
});
