import { compare, intersects, parse, prerelease, valid, validRange } from "semver";
import { compareText } from "../../language/problem";

/** Orders versions of EKS, of images and of charts: -1 if the first is earlier. A build such as eksbuild.11 or 20260930 counts. */
export function compareVersions(a: string, b: string): number {
  const [first, second] = [parse(a), parse(b)];
  if (first === null || second === null) return compareText(a, b);
  // The end of a Bottlerocket version is a commit, which has no order.
  const commits = [a, b].every((each) => /^\d+\.\d+\.\d+-[0-9a-f]{8}$/.test(each) && !/-\d{8}$/.test(each));
  return commits ? first.compareMain(second) : compare(first, second);
}

/** Returns the latest of some versions; undefined if there is none. */
export function latest(versions: readonly string[]): string | undefined {
  return versions.reduce<string | undefined>(
    (best, each) => (best === undefined || compareVersions(best, each) < 0 ? each : best),
    undefined,
  );
}

/** Returns versions that are later than one, the latest first. Prereleases and texts that are not versions are left out. */
export function laterReleases(versions: readonly string[], than: string): readonly string[] {
  return versions
    .filter((each) => valid(each) !== null && prerelease(each) === null && compareVersions(than, each) < 0)
    .sort((a, b) => compareVersions(b, a));
}

/** True if a chart with a range of Kubernetes versions supports each of the minor versions, in any patch. */
export function supportsAll(range: string | null, minors: readonly string[]): boolean {
  if (range === null) return true;
  return (
    validRange(range) !== null && minors.every((minor) => intersects(`${minor}.x`, range, { includePrerelease: true }))
  );
}
