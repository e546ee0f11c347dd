import { isMap, type PlainMap, valueAt } from "../../language/plain-map";

/** Blocks of a synthesized stack that stop checkov's parser: text or lists in places where it expects maps. */
const NOT_READ_BY_CHECKOV = ["terraform", "removed", "//"];

/** Returns a stack's JSON without the blocks that stop checkov's parser. Resources are unchanged. */
export function readableByCheckov(stack: PlainMap): PlainMap {
  return Object.fromEntries(Object.entries(stack).filter(([block]) => !NOT_READ_BY_CHECKOV.includes(block)));
}

/** Returns the codes in the first column of a page's tables, such as check ids of a scanner. A cell can list several. */
export function firstColumn(page: string, code: RegExp): ReadonlySet<string> {
  const cells = [...page.matchAll(/^\| ([^|]*) \|/gm)].map(([, cell = ""]) => cell);
  return new Set(cells.flatMap((cell) => cell.match(code) ?? []));
}

/** Returns the ids of checkov's checks that a page's tables explain. */
export const explainedChecks = (page: string): ReadonlySet<string> => firstColumn(page, /\bCKV2?_[A-Z]+_\d+\b/g);

/** A kind of finding: a check of checkov, and how many resources failed it. */
export interface Kind {
  readonly id: string;
  readonly name: string;
  readonly resources: readonly string[];
}

/** Returns the result of a report of checkov: passed checks, and failed checks by kind, the most frequent first. */
export function kindsOf(report: unknown): { readonly passed: number; readonly kinds: readonly Kind[] } {
  const passed = valueAt(report, "summary", "passed");
  const failed = valueAt(report, "results", "failed_checks");
  const unread = valueAt(report, "summary", "parsing_errors");
  if (typeof passed !== "number" || !Array.isArray(failed)) throw new Error("checkov printed no report");
  if (unread !== 0) throw new Error(`checkov cannot read ${String(unread)} stacks`);
  const kinds = new Map<string, { name: string; resources: string[] }>();
  for (const { check_id, check_name, file_path, resource } of failed.filter(isMap)) {
    const kind = kinds.get(String(check_id)) ?? { name: String(check_name), resources: [] };
    kind.resources.push(`${String(file_path)} ${String(resource)}`);
    kinds.set(String(check_id), kind);
  }
  const counted = [...kinds].map(([id, kind]) => ({ id, ...kind }));
  return { passed, kinds: counted.sort((a, b) => b.resources.length - a.resources.length || (a.id < b.id ? -1 : 1)) };
}
