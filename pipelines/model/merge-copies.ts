import { compareText } from "../../language/problem";
import type { JobMeaning } from "./meaning";
import { joined } from "./names";

/**
 * Returns one meaning for all copies of a job, for example the copies for each cluster. Copies may differ in their triggers and
 * names. Any other difference is a surprise.
 */
export function mergeCopies(copies: readonly JobMeaning[]): readonly JobMeaning[] {
  const byName = new Map<string, JobMeaning>();
  for (const copy of copies) {
    const key = `${copy.pipeline}/${copy.job}`;
    const known = byName.get(key);
    if (known === undefined) {
      byName.set(key, copy);
      continue;
    }
    const isSame = textOf(known) === textOf(copy);
    byName.set(key, {
      ...known,
      triggers: [...new Set([...known.triggers, ...copy.triggers])].sort(compareText),
      names: joined(known.names, copy.names),
      surprises: [...known.surprises, ...(isSame ? [] : [`copies of ${key} do different things`])],
    });
  }
  return [...byName.values()];
}

const textOf = (copy: JobMeaning): string => JSON.stringify({ ...copy, triggers: [], names: {} });
