import { createColors } from "picocolors";
import type { ClusterReport, RehearsalReport } from "../../operations/rehearse/report";
import { changesText, shortList } from "../shared/changes-text";
import { table } from "../shared/table";
import type { Terminal } from "../shared/terminal";

const KINDS: Readonly<Record<ClusterReport["kind"], string>> = {
  new: "applied from nothing",
  changed: "changed on top of the base",
  same: "nothing to do",
  removed: "destroyed, because its definition is gone",
};

/** Returns a rehearsal as text. */
export function rehearsalText(
  { base, clusters, not_rehearsed, terraform }: RehearsalReport,
  terminal: Terminal,
): string {
  if (clusters.length === 0) return "no cluster changes";
  const parts = clusters.map((cluster) => clusterText(cluster, terminal));
  const more =
    not_rehearsed.length === 0
      ? []
      : [`${not_rehearsed.length} more clusters change and were not rehearsed (--limit): ${not_rehearsed.join(", ")}`];
  const how = `Applied by the real ${terraform} to a simulated AWS, Kubernetes and Helm${base === null ? "" : `, on top of ${base.slice(0, 12)}`}.`;
  return [...parts, ...more, how].join("\n\n");
}

function clusterText(report: ClusterReport, terminal: Terminal): string {
  const { bold, red } = createColors(terminal.colours);
  const { cluster, failed, kind, seconds, stacks, unknown } = report;
  const rows = stacks.map(({ stack, create, update, replace, destroy, forget, resources, left }) => [
    stack,
    create.length,
    update.length,
    replace.length,
    destroy.length + forget.length,
    resources,
    left.length === 0 ? "empty" : { text: `${left.length} left`, paint: red },
  ]);
  const head = ["stack", "create", "update", "replace", "destroy", "resources", "second plan"];
  const outcome = failed === null ? KINDS[kind] : red(`failed in ${failed.stack}`);
  return [
    `${bold(cluster)}: ${outcome}, in ${seconds.toFixed(1)} s`,
    ...(rows.length === 0 ? [] : [table(head, rows, terminal)]),
    ...stacks.flatMap((stack) => [
      ...changesText(stack, kind === "new" || kind === "removed", terminal),
      ...shortList(
        stack.left.map((address) => `${red("!")} the second plan still changes ${address}`),
        stack.stack,
      ),
    ]),
    ...(failed === null ? [] : [`${red("error:")} ${failed.during} of ${failed.stack}\n${indented(failed.message)}`]),
    ...(unknown.length === 0 ? [] : [`Not known without a cloud:\n${unknown.map((each) => `- ${each}`).join("\n")}`]),
  ].join("\n");
}

const indented = (text: string): string => text.replace(/^(?=.)/gm, "  ");
