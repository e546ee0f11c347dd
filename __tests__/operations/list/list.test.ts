import { loadFleet } from "../../../fleet/load";
import { listClusters } from "../../../operations/list/list";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

const fleet = loadFleet({ directory: SAMPLE_FLEET, shipped: "definitions", today: "2026-11-30" });

const named = (name: string) => listClusters(fleet, "2026-11-30").clusters.find((each) => each.name === name);

test("a cluster is listed with its place, its layers, its support and its stacks", () => {
  expect(named("edge.acme.example.net")).toEqual({
    name: "edge.acme.example.net",
    account: "acme",
    region: "ap-southeast-2",
    tier: "production",
    channel: "stable",
    release: "2026.10",
    kubernetes_version: "1.34",
    standard_support_days: 2,
    extended_support_days: 367,
    stacks: [
      "edge-acme-example-net-networking",
      "edge-acme-example-net-eks-cluster",
      "edge-acme-example-net-eks-workers",
      "edge-acme-example-net-addons",
    ],
    owner: "acme",
  });
});

test("a cluster whose definition names a release follows no channel", () => {
  expect(named("everything.dev.example.com")).toMatchObject({ channel: null, release: "2026.12" });
});

test("days of support are negative after its end", () => {
  const { clusters } = listClusters(fleet, "2026-12-04");

  expect(clusters.find(({ name }) => name === "edge.acme.example.net")).toMatchObject({ standard_support_days: -2 });
});

test("days of support are null for a version whose end of support is not known", () => {
  const { clusters } = listClusters({ ...fleet, support: {} }, "2026-11-30");

  expect(clusters[0]).toMatchObject({ standard_support_days: null, extended_support_days: null });
});
