import { compare, gt, lte, valid } from "semver";

/** The entry of a changelog about a version. */
export interface ChangelogEntry {
  readonly version: string;
  readonly text: string;
}

/** Returns the entries of a changelog, in its order: each begins with a heading such as `## 1.2.0` or `## 1.2.0 (2026-11-30)`. */
export function changelogEntries(changelog: string): readonly ChangelogEntry[] {
  return changelog
    .split(/^## /m)
    .slice(1)
    .flatMap((part) => {
      const [heading = "", ...lines] = part.split("\n");
      const version = valid(/^v?(\S+)/.exec(heading)?.[1]);
      return version === null ? [] : { version, text: lines.join("\n").trim() };
    });
}

/** Returns the entries after a version up to another one, the newest first. */
export function entriesBetween(changelog: string, from: string, to: string): readonly ChangelogEntry[] {
  return changelogEntries(changelog)
    .filter(({ version }) => gt(version, from) && lte(version, to))
    .sort((a, b) => compare(b.version, a.version));
}
