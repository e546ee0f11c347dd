import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Release } from "../../../fleet/model/cluster";
import { chartNotes, pinNotes } from "../../../operations/release/upstream";

const { charts, kubernetes } = parse(readFileSync("definitions/releases/2026.12.yaml", "utf8")) as Release;

test("every chart has a link to its notes, except those whose publishers have no tag for each version", () => {
  const without = Object.entries(charts).flatMap(([addon, pin]) =>
    pin !== undefined && chartNotes(pin.repository, pin.chart, pin.version) === null ? [addon] : [],
  );

  expect(without).toEqual([
    "aws_load_balancer_controller",
    "aws_node_termination_handler",
    "cluster_overprovisioner",
    "goldilocks",
    "headlamp",
    "kyverno",
    "kyverno_policies",
    "node_problem_detector",
    "nodelocal_dns",
    "reloader",
    "secrets_store_csi_driver_provider_aws",
    "teleport_kube_agent",
  ]);
});

// Each of these pages exists.
test.each([
  ["https://argoproj.github.io/argo-helm", "argo-cd", "10.10.2", "argoproj/argo-helm/releases/tag/argo-cd-10.10.2"],
  ["https://traefik.github.io/charts", "traefik", "41.6.1", "traefik/traefik-helm-chart/releases/tag/v41.6.1"],
  ["oci://quay.io/jetstack/charts", "cert-manager", "v1.21.1", "cert-manager/cert-manager/releases/tag/v1.21.1"],
  ["oci://public.ecr.aws/karpenter", "karpenter", "1.14.1", "aws/karpenter-provider-aws/releases/tag/v1.14.1"],
])("the notes of %s %s %s are at their publisher's", (repository, chart, version, path) => {
  expect(chartNotes(repository, chart, version)).toBe(`https://github.com/${path}`);
});

test("a chart of another repository has no link", () => {
  expect(chartNotes("https://charts.example.com", "traefik", "41.6.1")).toBeNull();
});

test("images and EKS add-ons have links to their projects' notes, as far as their versions are the projects'", () => {
  const { ami_release_version, bottlerocket_version, eks_addons } = kubernetes["1.36"] as Release["kubernetes"][string];
  const without = Object.entries(eks_addons).flatMap(([name, version]) =>
    pinNotes(["eks_addons", name], version ?? "") === null ? [name] : [],
  );

  expect(without).toEqual(["amazon-cloudwatch-observability", "eks-node-monitoring-agent", "eks-pod-identity-agent"]);
  expect([
    pinNotes(["ami_release_version"], ami_release_version),
    pinNotes(["bottlerocket_version"], bottlerocket_version ?? ""),
    pinNotes(["eks_addons", "kube-proxy"], "v1.36.0-eksbuild.45"),
  ]).toEqual([
    "https://github.com/awslabs/amazon-eks-ami/releases/tag/v20260930",
    "https://github.com/bottlerocket-os/bottlerocket/releases/tag/v1.66.0",
    "https://github.com/kubernetes/kubernetes/releases/tag/v1.36.0",
  ]);
});
