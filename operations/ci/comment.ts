import { stripVTControlCharacters } from "node:util";
import { visible } from "../../language/problem";
import type { ClusterPlan, StackPlan } from "../deploy/report";
import { upstreamText } from "../deploy/upstream";

/** Marks the comment that is updated. */
export const MARKER = "<!-- fleet: what the change does -->";

/** In characters. GitHub refuses a comment of more than 65,536. */
const LIMIT = 60_000;

export interface CommentParts {
  /** The output of `fleet diff --format markdown`; undefined if the command failed. */
  readonly diff: string | undefined;
  readonly plans: readonly ClusterPlan[];
  /** Stacks that should have been planned, by cluster. */
  readonly affected: ReadonlyMap<string, readonly string[]>;
  readonly removed: readonly string[];
  readonly runUrl: string | null;
}

/** Returns the comment: the plans as a table first, then the comparison, cut from its end. It contains no value of a plan. */
export function commentBody(parts: CommentParts): string {
  const { diff, runUrl } = parts;
  const link = runUrl === null ? "" : ` [The run](${runUrl}) has the rest.`;
  const head = `${MARKER}\n${plansTable(parts)}`;
  const compared = diff ?? `The comparison failed.${link}`;
  const whole = `${head}\n${compared}\n`;
  if (whole.length <= LIMIT) return whole;
  const tail = `\n\n…\n\nThis comment is cut.${link}\n`;
  return `${whole.slice(0, LIMIT - tail.length).trimEnd()}${tail}`;
}

function plansTable({ affected, plans, removed }: CommentParts): string {
  const rows = [
    ...[...affected].flatMap(([cluster, stacks]) => {
      const found = plans.find((each) => each.cluster === cluster)?.stacks ?? [];
      return stacks.map((stack) => {
        const plan = found.find((each) => stack.endsWith(`-${each.stack}`));
        return `| \`${stack}\` | ${plan === undefined ? "not planned" : planText(plan)} |`;
      });
    }),
    ...removed.map((stack) => `| \`${stack}\` | **its definition is gone. Destroy it before the merge** |`),
  ];
  if (rows.length === 0) return "No stack changes.\n";
  return ["| stack | plan |", "| --- | --- |", ...rows, ""].join("\n");
}

/** Returns the changes of a plan in numbers. */
export function planText({ changes, errors, stopped_by, waits_for, waits_for_cluster }: StackPlan): string {
  const [error] = errors;
  if (error !== undefined) return `**failed**: ${tableCell(error.summary)}`;
  const stopped = stopped_by.map((line) => `<br>**stopped**: ${tableCell(line)}`).join("");
  const upstream = upstreamText({ waits_for, waits_for_cluster });
  if (changes === null)
    return `not planned${waits_for === null ? "" : `: it waits for ${upstream.name}${upstream.advice}`}${stopped}`;
  const counts = (["create", "update", "replace", "destroy", "forget", "move"] as const)
    .map((action) => [action, changes[action].length] as const)
    .filter(([, count]) => count > 0)
    .map(([action, count]) => `${count} to ${action}`);
  const outputs = changes.outputs.length > 0 ? ["outputs change"] : [];
  const all = [...counts, ...outputs];
  const waits = waits_for === null ? "" : `, as a rehearsal shows: it waits for ${upstream.name}${upstream.advice}`;
  return `${all.length === 0 ? "no changes" : all.join(", ")}${waits}${stopped}`;
}

/** Terraform draws a coloured frame around its messages. */
function firstLine(text: string): string {
  const lines = stripVTControlCharacters(text).split("\n");
  return lines.map((line) => line.replaceAll(/[│╷╵]/g, "").trim()).find((line) => line !== "") ?? "";
}

/** Returns text of Terraform, or of a registry, for a cell of a table: it must not end the cell, or become a link, a mention or HTML. */
export function tableCell(text: string): string {
  return visible(firstLine(text))
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll("|", "\\|")
    .replaceAll("@", "@\u200b")
    .replaceAll("[", "\\[")
    .slice(0, 500);
}
