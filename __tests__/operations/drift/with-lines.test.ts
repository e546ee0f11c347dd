import type { ClusterDrift, DriftFinding } from "../../../operations/drift/report";
import { withDriftLines } from "../../../operations/drift/with-lines";
import { TODAY } from "../../support/definitions";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

const NAME = "staging.dev.example.com";
const options = { directory: SAMPLE_FLEET, shipped: "definitions", select: NAME, today: TODAY };

const finding = (address: string, attributes: string[]): DriftFinding => ({
  ...{ address, attributes, kind: "changed", reverts: true, lines: [] },
});
const drift = (found: DriftFinding[]): ClusterDrift => ({
  cluster: NAME,
  stacks: [{ stack: "eks-workers", found, deployed: true, folded: [], error: null }],
});

test("a difference gets the line of the definition that shapes the attribute", () => {
  const found = withDriftLines(
    drift([
      finding("aws_eks_node_group.workers_general_CE6D1FA2", ["scaling_config.max_size"]),
      finding("aws_eks_node_group.removed", ["labels"]),
    ]),
    options,
  );

  expect(found.stacks[0]?.found.map(({ lines }) => lines)).toEqual([
    [
      {
        path: "tfvars.workers[general].max_size",
        file: `${SAMPLE_FLEET}/clusters/platform/${NAME}.yaml`,
        line: expect.any(Number),
      },
    ],
    [],
  ]);
});

test("a cluster without differences is not built to find lines", () => {
  const nothing = drift([]);
  expect(withDriftLines(nothing, { ...options, directory: "nowhere" })).toBe(nothing);
});
