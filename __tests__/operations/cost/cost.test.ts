import { loadFleet } from "../../../fleet/load";
import { costsOf } from "../../../operations/cost/cost";
import type { ClusterCost } from "../../../operations/cost/report";
import { withScratch } from "../../../synth/render-cluster";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

function costOf(select: string, today = "2026-11-30"): ClusterCost {
  const { clusters, support } = loadFleet({ directory: SAMPLE_FLEET, shipped: "definitions", select, today });
  const [cost] = withScratch((scratch) => costsOf(clusters, { scratch, support, today })).clusters;
  if (cost === undefined) throw new Error(`no ${select}`);
  return cost;
}
const counts = ({ items }: ClusterCost): Record<string, number> =>
  Object.fromEntries(items.map(({ quantity, what }) => [what, quantity]));

test("a cluster costs what its stacks have, at the prices of the data", () => {
  const cost = costOf("staging.dev.example.com");
  expect(cost.items.map(({ price, quantity, what }) => `${quantity} × ${what} = ${price}`)).toEqual([
    "1 × EKS control plane, standard support = 73",
    "2 × m6i.large, on demand = 140.16",
    "160 × GiB of the nodes' volumes, gp3 = 12.8",
    "1 × NAT gateway = 32.85",
    "1 × public IPv4 address = 3.65",
    "1 × KMS key = 1",
  ]);
  expect(cost.total).toBe(263.46);
  expect(cost.items.every(({ date, source }) => /^20\d\d-\d\d-\d\d$/.test(date) && source.length > 20)).toBe(true);
});

test("a control plane costs more once standard support of its version has ended", () => {
  expect(counts(costOf("edge.acme.example.net", "2026-12-02"))).toHaveProperty(["EKS control plane, standard support"]);
  expect(counts(costOf("edge.acme.example.net", "2026-12-03"))).toHaveProperty(["EKS control plane, extended support"]);
});

test("endpoints count in each of their subnets, and what has no price is named", () => {
  const cost = costOf("private.eks.example.com");
  expect(counts(cost)["interface endpoint in one subnet"]).toBe(42);
  expect(cost.not_counted).toEqual(
    expect.arrayContaining(["transit gateway attachments", "resolver endpoints", "hosted zones"]),
  );
});

test("nodes whose type AWS selects have no price, and spot instances count at the price on demand", () => {
  const { not_counted } = costOf("render.eks.example.com");
  expect(not_counted).toEqual(
    expect.arrayContaining([
      "1 node of the group frames",
      "the discount of spot instances, which are counted at the price on demand",
    ]),
  );
});
