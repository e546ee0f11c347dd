import { createHash } from "node:crypto";
import type { Problem } from "../../language/problem";
import type { RepositoryPath } from "./repository-path";

/**
 * Returns a fingerprint of each problem. It consists of the rule, the file, the key and the message without numbers: a problem keeps
 * its fingerprint if lines move, and if the message counts days. Problems that are equal in all of these are numbered.
 */
export function fingerprints(problems: readonly Problem[], pathOf: RepositoryPath): string[] {
  const seen = new Map<string, number>();
  return problems.map(({ rule, place, path, message }) => {
    const parts = [rule, pathOf(place?.file ?? null), path, message.replace(/\d+/g, "0")];
    const hash = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return `${hash}:${count}`;
  });
}
