import { createColors } from "picocolors";
import { listed } from "../../../language/suggest";
import type {
  PromoteReport,
  ReleaseCheckReport,
  ReleaseDiffReport,
  ReleaseListReport,
  ReleaseNotesReport,
} from "../../../operations/release/report";
import { table } from "../../shared/table";
import type { Terminal } from "../../shared/terminal";

/** Returns the releases as text, and the holds below. */
export function releaseListText({ held, releases }: ReleaseListReport, terminal: Terminal): string {
  const { yellow } = createColors(terminal.colours);
  const rows = releases.map((each) => [
    each.name,
    each.program ?? "this one",
    each.channels.join(", "),
    each.clusters.length,
    each.age_days === null ? "" : `${each.age_days}d`,
    each.kubernetes.join(", "),
    each.supported_until ?? "",
  ]);
  const head = [
    "release",
    "program",
    "channels",
    { title: "clusters", align: "right" as const },
    "age",
    "k8s",
    "supported until",
  ];
  return [
    table(head, rows, terminal),
    ...(held.length === 0 ? [] : ["", "Held:"]),
    ...held.map(({ by, cluster, is_over, reason, release, until }) => {
      const text = `  ${cluster} on ${release} until ${until} by ${by}: ${reason}`;
      return is_over ? yellow(`${text} (over)`) : text;
    }),
  ].join("\n");
}

/** Returns the versions that differ as text. */
export function releaseDiffText({ changes, from, settings, to }: ReleaseDiffReport, terminal: Terminal): string {
  if (changes.length + settings.length === 0) return `${from} and ${to} pin the same versions`;
  return [
    ...(changes.length === 0
      ? []
      : [
          table(
            ["version of", from, to],
            changes.map(({ after, before, name }) => [name, before ?? "none", after ?? "none"]),
            terminal,
          ),
        ]),
    ...settings.map((setting) => `  ${setting}`),
  ].join("\n");
}

/** Returns the notes of a release as Markdown. */
export function releaseNotesMarkdown({ changes, from, kinds, settings, to }: ReleaseNotesReport): string {
  const versions = changes.map(({ after, before, link, name }) => {
    const later = after === null ? "removed" : link === null ? `\`${after}\`` : `[\`${after}\`](${link})`;
    return `| \`${name}\` | ${before === null ? "" : `\`${before}\``} | ${later} |`;
  });
  return [
    `# Release ${to}`,
    "",
    `Compared with ${from}.`,
    ...(versions.length === 0
      ? ["", "The versions are the same."]
      : ["", "## Versions", "", `| | ${from} | ${to} |`, "| --- | --- | --- |", ...versions]),
    ...(settings.length === 0 ? [] : ["", "## Settings", "", ...settings.map((each) => `- \`${each}\``)]),
    ...(kinds.length === 0
      ? ["", `No cluster has ${from}.`]
      : ["", "## What happens to clusters", ...kinds.flatMap(kindMarkdown)]),
    "",
  ].join("\n");
}

function kindMarkdown({ actions, clusters, kind, nodes, replaced }: ReleaseNotesReport["kinds"][number]): string[] {
  return [
    "",
    `### ${kind}`,
    "",
    `${clusters.length} ${clusters.length === 1 ? "cluster" : "clusters"}: ${listed(clusters, 5)}. ${countsOf(actions)}.`,
    ...(nodes.length === 0 ? [] : ["", "Nodes roll:", ...nodes.map((each) => `- \`${each}\``)]),
    ...(replaced.length === 0 ? [] : ["", "Replaced or destroyed:", ...replaced.map((each) => `- \`${each}\``)]),
  ];
}

function countsOf(actions: Readonly<Record<string, number>>): string {
  const counts = Object.entries(actions).map(([action, count]) => `${count} ${action}`);
  return counts.length === 0 ? "Nothing changes" : `Resources: ${counts.join(", ")}`;
}

/** Returns the check of a release as text. */
export function releaseCheckText({ clusters, errors, held, kinds, rehearsed, release }: ReleaseCheckReport): string {
  return [
    `Release ${release} would reach ${clusters.length} ${clusters.length === 1 ? "cluster" : "clusters"}${clusters.length === 0 ? "" : `: ${listed(clusters, 10)}`}`,
    ...held.map(({ by, cluster, release: kept, until }) => `  ${cluster} is held on ${kept} until ${until} by ${by}`),
    ...errors.map((error) => `  ${error}`),
    ...kinds.flatMap(({ actions, clusters: of, kind, nodes, replaced }) => [
      `${kind} (${of.length}): ${countsOf(actions)}`,
      ...nodes.map((each) => `  nodes roll: ${each}`),
      ...replaced.map((each) => `  replaced or destroyed: ${each}`),
    ]),
    ...rehearsed.map(({ cluster, failed }) => (failed === null ? `✔ rehearsed ${cluster}` : `✖ ${cluster}: ${failed}`)),
  ].join("\n");
}

/** Returns a promotion as text. */
export function promoteText(report: PromoteReport): string {
  const { clusters, commands, file, from, held, pull_request, refused, target, to, written } = report;
  if (file === null) return `${target.name} has release ${to} already`;
  return [
    `${target.name}: ${from} -> ${to}${clusters.length === 0 ? ", which no cluster follows" : `, for ${listed(clusters, 10)}`}`,
    ...held.map((each) => `  ${each.cluster} stays on ${each.release}: held until ${each.until} by ${each.by}`),
    ...refused.map((reason) => `  refused: ${reason}`),
    ...(written ? [`Edited ${file}. To propose it:`, ...commands.map((command) => `  $ ${command}`)] : []),
    ...(pull_request === null ? [] : [`Pull request: ${pull_request}`]),
  ].join("\n");
}
