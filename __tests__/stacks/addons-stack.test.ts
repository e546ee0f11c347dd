import { readFileSync, writeFileSync } from "node:fs";
import { addClusterStacks } from "../../stacks/cluster-stacks";
import { ALL, clusterWith } from "../constructs/addons/support";
import { synthStacks } from "../support/synth";

const { addons } = synthStacks((scope) => ({ ...addClusterStacks(scope, clusterWith(ALL)) }));

test("keeps its state addresses, because another address replaces a resource", () => {
  const file = "__tests__/stacks/__golden__/addons-addresses.txt";
  const addresses = `${addons.addresses().join("\n")}\n`;
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, addresses); // the review is of its difference

  expect(addresses).toBe(readFileSync(file, "utf8"));
});

test("its outputs have readable names", () => {
  expect(Object.keys(addons.outputs())).toEqual(["installed_addons"]);
  expect(addons.outputs()["installed_addons"]).toMatchObject({
    coredns: { namespace: "kube-system", version: "v1.0.0-eksbuild.1" },
    kube_prometheus_stack: { namespace: "monitoring", version: "1.2.3" },
  });
});

const access = {
  host: "${data.terraform_remote_state.eks_cluster.outputs.endpoint}",
  cluster_ca_certificate:
    '${base64decode("${data.terraform_remote_state.eks_cluster.outputs.certificate_authority_data}")}',
};
const exec = {
  api_version: "client.authentication.k8s.io/v1beta1",
  command: "aws",
  args: [
    ...["eks", "get-token", "--output", "json", "--cluster-name", "reference-eks-example-com"],
    ...["--region", "eu-west-1", "--role-arn", "${var.role_arn}"],
  ],
};

test("Helm and Kubernetes use a token that the aws command fetches", () => {
  expect(addons.at("provider", "helm")).toEqual([{ kubernetes: { ...access, exec } }]);
  expect(addons.at("provider", "kubernetes")).toEqual([{ ...access, exec: [exec] }]);
});

test("no provider refers to a resource of its own stack, which would be required before the plan", () => {
  const references = JSON.stringify(addons.at("provider")).match(/\$\{[^{}]*/g) ?? [];
  const roots = references.flatMap(
    (text) => text.match(/\b(?:data\.\w+|var|local|module|(?:aws|helm|kubernetes)_\w+)\b/g) ?? [],
  );

  expect(new Set(roots)).toEqual(new Set(["data.terraform_remote_state", "var"]));
  expect(Object.keys((addons.at("data") ?? {}) as object)).toEqual(["terraform_remote_state"]);
});
