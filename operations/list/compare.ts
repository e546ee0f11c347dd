/** A version as releases, charts and Kubernetes write it. */
const VERSION = /^v?\d+(?:\.\d+)+(?:[-+][\w.+-]*)?$/;

/** True for a version, such as 1.34, v1.20.4-eksbuild.2 or 2026.10. */
export function isVersion(text: string): boolean {
  return VERSION.test(text);
}

/** Compares two values: numbers as numbers, versions as versions, all else as text. Returns a negative number if `a` comes first. */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [left, right] = [String(a), String(b)];
  if (isVersion(left) && isVersion(right)) return compareVersions(left, right);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Part by part: `1.9` comes before `1.10`, and `eksbuild.2` before `eksbuild.10`. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const [x, y] = [left[index], right[index]];
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    const order = typeof x === "number" && typeof y === "number" ? x - y : compareValues(String(x), String(y));
    if (order !== 0) return order;
  }
  return 0;
}

function partsOf(version: string): readonly (string | number)[] {
  return version
    .replace(/^v/, "")
    .split(/[.+-]/)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
