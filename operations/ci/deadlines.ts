import { type Problem, problemText } from "../../language/problem";
import type { RuleId } from "../../language/rule-ids";
import type { Message } from "../messages/message";

/** Warnings that are about a day. */
const ABOUT_DAYS: readonly RuleId[] = ["kubernetes-support", "guard-exception"];

/** Returns one message for each owner with what ends soon. */
export function deadlineMessages(
  warnings: readonly Problem[],
  clusters: readonly { readonly name: string; readonly owner: string; readonly file: string }[],
): readonly Message[] {
  const byOwner = new Map<string | null, Set<string>>();
  for (const warning of warnings.filter(({ rule }) => ABOUT_DAYS.includes(rule))) {
    for (const owner of ownersOf(warning, clusters)) {
      const lines = byOwner.get(owner) ?? new Set();
      byOwner.set(owner, lines.add(`${warning.place?.file ?? ""}: ${problemText(warning)}`));
    }
  }
  return [...byOwner].map(([owner, lines]) => ({
    occasion: "deadline",
    cluster: null,
    owner,
    title: owner === null ? "Deadlines of the fleet" : `Deadlines of ${owner}`,
    lines: [...lines],
    next: "Change the definitions before these days",
    url: null,
  }));
}

function ownersOf(
  { clusters: named, place }: Problem,
  clusters: readonly { readonly name: string; readonly owner: string; readonly file: string }[],
): readonly (string | null)[] {
  const concerned = clusters.filter(({ file, name }) => named?.includes(name) === true || file === place?.file);
  return concerned.length === 0 ? [null] : [...new Set(concerned.map(({ owner }) => owner))];
}
