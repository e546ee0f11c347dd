import { problemsOf, SMALLEST } from "./definitions";

/** What is said of groups, each of which is one line of YAML, without the place in the file. */
export function problemsOfWorkers(...groups: readonly string[]): string[] {
  const workers = groups.map((group) => `    - ${group}\n`).join("");
  return problemsOf({ "clusters/a.example.com.yaml": `${SMALLEST}${workers}` }).map((problem) =>
    problem.replace(/^clusters\/a\.example\.com\.yaml:\d+:\d+ /, "").replace("tfvars.workers", ""),
  );
}

export const BOTTLEROCKET = "ami_type: BOTTLEROCKET_x86_64";
const TAINT = "taints: [{ key: os, value: windows, effect: NoSchedule }]";
export const WINDOWS = `ami_type: WINDOWS_CORE_2022_x86_64, root_volume: { size_gib: 100 }, ${TAINT}`;
export const OWN_WINDOWS = `ami_type: CUSTOM, ami_family: WINDOWS, ami_id: ami-0123456789abcdef0, ${TAINT}`;
