import { problemsInEach, type Sections, withoutPlaces } from "./definition";

/** Keys of a node pool `p` as lines of YAML, and all that is reported of it. Sections are added to a cluster with Karpenter. */
export interface PoolCase extends Sections {
  readonly pool?: string;
  /** In the form `path: message`, with the path from the pool. */
  readonly reports: readonly string[];
}

/** A cluster with EKS Auto Mode. */
export const AUTO_MODE = { cluster: "auto_mode: { enabled: true, custom_node_classes: true }" } as const;

/** Defines a test for each case; its key is the test's title. */
export function testPools(cases: Readonly<Record<string, PoolCase>>): void {
  const entries = Object.entries(cases);
  let found: string[][] = [];
  beforeAll(() => {
    found = problemsInEach(
      entries.map(([, { pool = "", reports: _, ...sections }]) => ({
        worker: "min_size: 2", // a node for each replica of Karpenter
        addons: "karpenter_enabled: true\ncluster_autoscaler_enabled: false",
        node_pools: `- name: p\n  limits: { vcpus: 10 }\n${pool.replaceAll(/^(?=.)/gm, "  ")}`,
        ...sections,
      })),
    );
  });
  test.each(entries.map(([title, { reports }], index) => [title, index, reports] as const))(
    "%s",
    (_, index, reports) => {
      expect(withoutPlaces(found[index] ?? []).map((problem) => problem.replace("tfvars.node_pools[p].", ""))).toEqual(
        reports,
      );
    },
  );
}
