import { createHash } from "node:crypto";
import type { GuardException } from "../../fleet/model/guard";
import type { GuardRule } from "../../fleet/schema/guard";
import { matchesWildcards } from "../../language/wildcard";
import { stableText } from "../plans/json";
import type { GuardReport } from "./report";

/** Returns the id of a change in exceptions: equal for the same change in another plan, different for any other change. */
export function changeId(rule: GuardRule, cluster: string | null, stack: string | null, change: unknown): string {
  return digest([rule, cluster, stack, change]);
}

function digest(value: unknown): string {
  return createHash("sha256").update(stableText(value)).digest("hex").slice(0, 16);
}

/** The parts of a finding that an exception is compared with. */
interface Stopped {
  readonly file: string;
  readonly rule: GuardRule;
  readonly cluster: string | null;
  readonly address: string;
  readonly change: string;
}

export type ExceptionStatus = GuardReport["exceptions"][number]["status"];

export interface JudgedException {
  readonly exception: GuardException;
  readonly status: ExceptionStatus;
  /** Positions of the findings that it lets pass. */
  readonly lets: readonly number[];
  /** The `change` that would match the current findings; undefined if there are none. */
  readonly change: string | undefined;
}

/**
 * Compares exceptions with what is stopped. An exception counts for one plan: that of one stack of its cluster. If its pattern matches
 * several addresses there, its `change` stands for all of them together, so that a further one invalidates it.
 */
export function judgeExceptions(
  exceptions: readonly GuardException[],
  stopped: readonly Stopped[],
  { clusters, today }: { readonly clusters: readonly string[]; readonly today: string },
): JudgedException[] {
  return exceptions.map((exception) => {
    const matching = stopped.flatMap((finding, index) => (matches(exception, finding) ? [index] : []));
    const files = [...new Set(matching.map((index) => stopped[index]?.file))];
    const groups = files.map((file) => matching.filter((index) => stopped[index]?.file === file));
    const changeOf = (group: readonly number[]) => changeOfAll(group.flatMap((index) => stopped[index]?.change ?? []));
    const lets = groups.find((group) => changeOf(group) === exception.change);
    const [first] = groups;
    const judged = { exception, change: first && changeOf(first) };
    if (exception.until < today) return { ...judged, status: "expired", lets: [] };
    if (lets !== undefined) return { ...judged, status: "active", lets };
    if (matching.length > 0) return { ...judged, status: "other-change", lets: [] };
    return { ...judged, status: clusters.includes(exception.cluster) ? "unused" : "not-judged", lets: [] };
  });
}

function changeOfAll(changes: readonly string[]): string {
  const [only] = changes;
  return only !== undefined && changes.length === 1 ? only : digest([...changes].sort());
}

function matches({ address, cluster, rule }: GuardException, finding: Stopped): boolean {
  return rule === finding.rule && cluster === finding.cluster && matchesWildcards(address, finding.address);
}
