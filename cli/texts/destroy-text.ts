import { createColors } from "picocolors";
import { listed } from "../../language/suggest";
import type { Inventory } from "../../operations/destroy/inventory";
import type { CleanupStep, DestroyReport, Leftovers, Lost, Stays } from "../../operations/destroy/report";
import { shortList } from "../shared/changes-text";
import type { Terminal } from "../shared/terminal";
import { deployText } from "./deploy-text";

/** Returns the resources that a destroy will lose and those that it will leave, for the person who decides. */
export function inventoryText(cluster: string, { lost, resources, stays }: Inventory, terminal: Terminal): string {
  const { bold, red } = createColors(terminal.colours);
  const counts = [...resources].map(([stack, count]) => `${count} of ${stack}`).join(", ");
  return [
    bold(`${cluster}: ${[...resources.values()].reduce((sum, count) => sum + count, 0)} resources (${counts})`),
    ...(lost.length === 0 ? [] : ["", "Lost, with every workload:"]),
    ...shortList(
      lostByKind(lost).map((line) => `  ${red("-")} ${line}`),
      "the states",
    ),
    ...(stays.length === 0 ? [] : ["", "Stays in AWS:"]),
    ...staysLines(stays),
  ].join("\n");
}

/** Returns one line for each kind of what is lost, with the names. */
function lostByKind(lost: readonly Lost[]): string[] {
  const kinds = new Map<string, string[]>();
  for (const { name, type, what } of lost) {
    const kind = `${type}: ${what}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), name]);
  }
  return [...kinds].map(([kind, names]) => `${kind} (${listed(names, 3)})`);
}

/** Describes the cleanup's deletions in the cluster. */
export const CLEANUP = `Deleted in the cluster first, by kubectl: Applications of Argo CD, Kustomizations and HelmReleases of Flux; Gateways, Ingresses
and Services of type LoadBalancer; claims of volumes with the reclaim policy Delete, and what runs the pods that use them;
PodDisruptionBudgets and NodePools, if the cluster has Karpenter. --skip-cleanup leaves this out.`;

/** Returns the result of a destroy. */
export function destroyText(report: DestroyReport, terminal: Terminal): string {
  const { cleanup, clusters, leftovers, stays } = report;
  const isDone = clusters.every(({ next }) => next === null);
  return [
    ...(cleanup === null ? [] : cleanupLines(cleanup, terminal)),
    ...clusters.map((each) => deployText(each, terminal)),
    ...(isDone && stays.length > 0 ? ["Stays in AWS:", ...staysLines(stays)] : []),
    ...(leftovers === null ? [] : leftoverLines(leftovers, terminal)),
  ].join("\n");
}

function staysLines(stays: readonly Stays[]): string[] {
  return shortList(
    stays.flatMap(({ command, what, why }) => [`  ${what}: ${why}`, ...(command === null ? [] : [`    $ ${command}`])]),
    "the states",
  );
}

function cleanupLines(steps: readonly CleanupStep[], { colours }: Terminal): string[] {
  const { red } = createColors(colours);
  return steps.flatMap(({ left, outcome, problem, removed, step }) => [
    `${step}: ${outcome === "done" ? `deleted ${removed.length === 1 ? "1 object" : `${removed.length} objects`}` : outcome}`,
    ...(problem === null ? [] : [`${red("error:")} ${step}: ${problem}`]),
    ...(outcome === "not done"
      ? shortList(
          left.map((each) => `  ${each}`),
          step,
        )
      : []),
  ]);
}

function leftoverLines({ checked, found, reason }: Leftovers, { colours }: Terminal): string[] {
  const { red, yellow } = createColors(colours);
  if (!checked) return [`${yellow("warning:")} AWS was not checked for leftovers: ${reason}`];
  if (found.length === 0) return ["Nothing else with the tags of the cluster is left in AWS."];
  return [
    `${red("left:")} ${found.length} resources with the tags of the cluster. AWS lists some of them for an hour after they were deleted.`,
    ...found.flatMap(({ arn, remove }) => [`  ${arn}`, ...(remove === null ? [] : [`    $ ${remove}`])]),
  ];
}
