import { loadFleet } from "../../fleet/load";
import { clusterText, fingerprintOf } from "../../synth/fingerprint";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const { clusters } = loadFleet({ directory: SAMPLE_FLEET, shipped: "definitions", today: "2026-01-01" });

test("a cluster that is loaded again has the same fingerprint, and no other cluster has it", () => {
  const again = loadFleet({ directory: SAMPLE_FLEET, shipped: "definitions", today: "2031-01-01" }).clusters;
  const fingerprintsOf = (of: typeof clusters) => of.map(clusterText).map(fingerprintOf);
  const fingerprints = fingerprintsOf(clusters);

  expect(fingerprintsOf(again)).toEqual(fingerprints);
  expect(new Set(fingerprints).size).toBe(clusters.length);
});

test("the text that a cluster is built from contains all of it", () => {
  for (const cluster of clusters) expect(JSON.parse(clusterText(cluster))).toStrictEqual(cluster);
});
