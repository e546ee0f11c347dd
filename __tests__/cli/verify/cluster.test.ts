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

test("an object without pods is not tried as a pod", () => {
  expect(podOf({ kind: "Service", metadata: { name: "web" }, spec: { ports: [] } })).toBeUndefined();
});
