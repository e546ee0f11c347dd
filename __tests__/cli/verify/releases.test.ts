import { kindOfRelease, releasesOf, unservedVersions, withoutReferences } from "../../../cli/verify/releases";

test("references become text that keeps JSON readable, and escaped ones stay literal", () => {
  const text = [
    '"${data.terraform_remote_state.networking.outputs.subnet_ids.private["eu-west-1a"]}"',
    '"${aws_iam_role.addons_external_dns_role.arn}"',
    '"${data.terraform_remote_state.eks_cluster.outputs.node_security_group_id}"',
    '"${data.terraform_remote_state.networking.outputs.vpc_id}"',
    '"$${HOSTNAME}"',
  ];

  expect(JSON.parse(withoutReferences(`[${text.join()}]`))).toEqual([
    "subnet-0123456789abcdef0",
    "arn:aws:iam::111122223333:role/example",
    "sg-0123456789abcdef0",
    "example",
    "${HOSTNAME}",
  ]);
});

const stack = (cluster: string) => ({
  resource: {
    helm_release: {
      a: {
        chart: "dex",
        name: "dex",
        namespace: "dex",
        repository: "https://charts.dexidp.io",
        version: "0.24.0",
        values: [JSON.stringify({ issuer: `https://dex.${cluster}`, name: cluster.replaceAll(".", "-") })],
      },
    },
  },
});

test("a release has the values that Helm receives", () => {
  expect(releasesOf(stack("a.example.com"), "a.example.com")).toEqual([
    {
      cluster: "a.example.com",
      extra: false,
      chart: "dex",
      name: "dex",
      namespace: "dex",
      repository: "https://charts.dexidp.io",
      version: "0.24.0",
      values: { issuer: "https://dex.a.example.com", name: "a-example-com" },
      budgets: [],
    },
  ]);
});

test("a release has the budgets in the release of its addon's own objects", () => {
  const budget = { kind: "PodDisruptionBudget", metadata: { name: "dex" } };
  const values = [JSON.stringify({ manifests: [budget, { kind: "PrometheusRule" }] })];
  const { resource } = stack("a.example.com");
  const own = { name: "dex-manifests", namespace: "dex", chart: "./manifests", values };
  const releases = { ...resource.helm_release, addons_dex_manifests: own };

  expect(releasesOf({ resource: { helm_release: releases } }, "a.example.com")[0]?.budgets).toEqual([budget]);
});

test("releases that differ only in their cluster's name are of one kind", () => {
  const kinds = ["a.example.com", "b.example.com"].flatMap((cluster) =>
    releasesOf(stack(cluster), cluster).map(kindOfRelease),
  );

  expect(new Set(kinds).size).toBe(1);
});

test("a version that Kubernetes no longer serves is found; kinds of CRDs are not judged", () => {
  const render = [
    "apiVersion: policy/v1beta1",
    "apiVersion: policy/v1",
    'apiVersion: "v1"',
    "apiVersion: karpenter.sh/v1beta1",
    "  apiVersion: batch/v1beta1",
  ].join("\n");

  expect(unservedVersions(render)).toEqual(["policy/v1beta1"]);
});
