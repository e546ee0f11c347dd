import { problemsInEach, withoutPlaces } from "./definition";

export const BOTTLEROCKET = "ami_type: BOTTLEROCKET_x86_64";
const TAINT = "taints: [{ key: os, value: windows, effect: NoSchedule }]";
export const WINDOWS = `ami_type: WINDOWS_CORE_2022_x86_64
root_volume: { size_gib: 100 }
${TAINT}`;
export const OWN_WINDOWS = `ami_type: CUSTOM
ami_family: WINDOWS
ami_id: ami-0123456789abcdef0
${TAINT}`;

const NOISE = /(?<=^(?:warning: )?)tfvars\.workers\[general\]\.| \(for cluster \S+\)$/g;

/** Lines of YAML of the group `general`, and what is reported: without places and clusters, with paths that begin at the group. */
type GroupCase = readonly [lines: string, ...reports: string[]];

/** Defines a test for each case, by its title. A group without settings runs beside the tested one. */
export function testGroup(cases: Readonly<Record<string, GroupCase>>): void {
  const entries = Object.entries(cases);
  let found: string[][] = [];
  beforeAll(() => {
    found = problemsInEach(entries.map(([, [worker]]) => ({ worker, workers: "- name: other" })));
  });
  test.each(entries.map(([title, [, ...reports]], index) => [title, index, reports] as const))(
    "%s",
    (_, index, reports) => {
      expect(withoutPlaces(found[index] ?? []).map((report) => report.replaceAll(NOISE, ""))).toEqual(reports);
    },
  );
}
