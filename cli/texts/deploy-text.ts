import { createColors } from "picocolors";
import type { ClusterDeploy, ClusterPlan, Diagnostic, StackDeploy } from "../../operations/deploy/report";
import { upstreamText } from "../../operations/deploy/upstream";
import { written } from "../../operations/explain/findings";
import { changesText } from "../shared/changes-text";
import { table } from "../shared/table";
import type { Terminal } from "../shared/terminal";

/** Returns the result of a cluster's deploy. */
export function deployText({ cluster, next, stacks }: ClusterDeploy, terminal: Terminal): string {
  const { bold, green, red } = createColors(terminal.colours);
  const rows = stacks.map(({ outcome, planned, seconds, stack }) => [
    stack,
    { text: outcome, paint: outcome === "applied" || outcome === "unchanged" ? green : red },
    planned?.create ?? "",
    planned?.update ?? "",
    planned?.replace ?? "",
    planned === null ? "" : planned.destroy + planned.forget,
    `${seconds.toFixed(1)} s`,
  ]);
  return [
    bold(cluster),
    table(["stack", "outcome", "create", "update", "replace", "destroy", "time"], rows, terminal),
    ...stacks.flatMap((stack) => reasons(stack, terminal)),
    ...(stacks.some(({ stopped_by }) => stopped_by.length > 0) ? [HOW_TO_EXCEPT] : []),
    ...(next === null ? [] : [`Completed changes stay. When the cause is fixed, continue with: ${next}`]),
  ].join("\n");
}

const HOW_TO_EXCEPT =
  "To let a change pass once, commit an exception with its [change], as docs/guard.md#let-a-change-pass-once shows";

function reasons({ done, errors, outcome, stack, stopped_by }: StackDeploy, terminal: Terminal): string[] {
  const { red } = createColors(terminal.colours);
  return [
    ...stopped_by.map((line) => `${red("stopped:")} ${stack}: ${line}`),
    ...errors.map((error) => errorText(stack, error, terminal)),
    ...(outcome === "failed" && done.length > 0
      ? [`${done.length} resources of ${stack} were changed before that`]
      : []),
  ];
}

function errorText(stack: string, { address, detail, lines, summary }: Diagnostic, { colours }: Terminal): string {
  const { cyan, red } = createColors(colours);
  const where = address === null ? stack : `${stack}: ${address}`;
  return [
    `${red("error:")} ${where}: ${summary}`,
    ...(detail === "" ? [] : [detail.replace(/^(?=.)/gm, "  ")]),
    ...lines.map(({ path, place: { column, file, line }, value }) => {
      return `  ${cyan(`${file}:${line}:${column}`)} ${path}: ${written(value)}`;
    }),
  ].join("\n");
}

export function planText({ cluster, stacks }: ClusterPlan, terminal: Terminal): string {
  const { bold, red, yellow } = createColors(terminal.colours);
  const rows = stacks.map(({ changes, source, stack }) => [
    stack,
    source === "plan" ? "plan" : { text: "rehearsal", paint: yellow },
    ...(changes === null
      ? [source === "plan" ? { text: "failed", paint: red } : "", "", "", ""]
      : [
          changes.create.length,
          changes.update.length,
          changes.replace.length,
          changes.destroy.length + changes.forget.length,
        ]),
  ]);
  const shown = new Set<string>();
  /** If no stack can be planned, for example without credentials, each stack reports the same error. */
  const isNew = (error: Diagnostic): boolean => {
    const text = JSON.stringify(error);
    return !shown.has(text) && shown.add(text).size > 0;
  };
  return [
    bold(cluster),
    table(["stack", "from", "create", "update", "replace", "destroy"], rows, terminal),
    ...stacks.flatMap(({ changes, errors, source, stack, stopped_by }) => [
      ...(changes === null || source === "rehearsal" ? [] : changesText(changes, false, terminal)),
      ...stopped_by.map((line) => `${red("stopped:")} ${stack}: ${line}`),
      ...errors.filter(isNew).map((error) => errorText(stack, error, terminal)),
    ]),
    ...stacks.slice(0, 1).flatMap(() => waitsText(stacks)),
  ].join("\n");
}

function waitsText(stacks: ClusterPlan["stacks"]): string[] {
  const waiting = stacks.filter(({ source }) => source === "rehearsal");
  const upstreams = new Set(waiting.map((each) => upstreamText(each).name));
  return [...upstreams].flatMap((name) => {
    const those = waiting.filter((each) => upstreamText(each).name === name);
    const [first] = those;
    if (first === undefined) return [];
    const numbers = first.changes === null ? "" : ". The numbers are from a rehearsal";
    const names = those.map(({ stack }) => stack).join(", ");
    return [`${names}: not planned, because ${name} was never applied${numbers}${upstreamText(first).advice}`];
  });
}
