import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cluster } from "../../../fleet/model/cluster";
import { STACKS, type StackName, stackId } from "../../../fleet/model/stacks";
import { stacksOf } from "../../../fleet/stacks/own-stacks";
import { ExpectedError } from "../../../language/expected-error";
import { didYouMean } from "../../../language/suggest";
import { dotOf } from "../../../operations/graph/dot";
import { FLEET_DEPTHS, fleetGraph } from "../../../operations/graph/fleet-graph";
import { mermaidOf } from "../../../operations/graph/mermaid";
import type { Graph } from "../../../operations/graph/report";
import { stackGraph } from "../../../operations/graph/stack-graph";
import { readStack, stackFile } from "../../../operations/resources/read-stack";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { type AcceptedFleet, loadAccepted, loadEvery, printRefused, selectionOf } from "../../shared/definitions";
import type { ExitCode } from "../../shared/exit-code";
import { printOrWrite } from "../../shared/output-file";
import { withProgress } from "../../shared/print";

type Flags = {
  readonly stack: string | undefined;
  readonly depth: string | undefined;
  readonly format: "mermaid" | "dot" | "svg";
  readonly out: string | undefined;
};

export const run = action(async ({ flags, json, positionals }: Input<Flags>): Promise<ExitCode> => {
  const depth = flags.depth === undefined ? undefined : depthOf(flags.depth);
  const { fleet, graph } =
    flags.stack === undefined ? graphOfFleet(positionals, depth) : await graphOfStack(positionals, flags.stack, depth);
  const text = json ? `${JSON.stringify(graph, null, 2)}\n` : await textOf(graph, flags.format);
  await printOrWrite(text, flags.out);
  return printRefused(fleet);
});

function depthOf(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new ExpectedError(`--depth must be a number from 1 to 99, but is ${JSON.stringify(text)}`);
}

/** A graph, and the clusters that it may be about. */
interface Drawn {
  readonly fleet: AcceptedFleet;
  readonly graph: Graph;
}

function graphOfFleet(names: readonly string[], wanted: number | undefined): Drawn {
  const depth = wanted === undefined ? undefined : FLEET_DEPTHS.find((each) => each === Math.min(wanted, 2));
  const fleet = loadEvery(); // another cluster's definition can declare the connection
  const selection = selectionOf(names);
  const selected = selection === undefined ? fleet : loadAccepted(names);
  return { fleet, graph: fleetGraph(selection ?? "fleet", selected.clusters, fleet.clusters, depth) };
}

async function graphOfStack(names: readonly string[], stack: string, depth: number | undefined): Promise<Drawn> {
  const fleet = loadAccepted(names);
  const { cluster, kind } = stackOf(fleet.clusters, stack);
  // Loaded only when needed: the provider bindings load more slowly than everything else.
  const { synthesizeCluster } = await import("../../../synth/synthesize-cluster");
  const folder = mkdtempSync(join(tmpdir(), "fleet-graph-"));
  try {
    synthesizeCluster(cluster, folder);
    const id = stackId(cluster.slug, kind);
    return { fleet, graph: stackGraph(readStack(id, stackFile(folder, id)), depth) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns the stack with this name: the whole name, or its last part if one cluster is selected. */
function stackOf(clusters: readonly Cluster[], name: string): { readonly cluster: Cluster; readonly kind: StackName } {
  const every = clusters.flatMap((cluster) =>
    stacksOf(cluster).map((kind) => ({ cluster, kind, id: stackId(cluster.slug, kind) })),
  );
  const found = every.filter(({ id, kind }) => name === id || name === kind);
  const [first, second] = found;
  if (first === undefined) {
    const known = name.includes("-") && name.length > 11 ? every.map(({ id }) => id) : STACKS;
    throw new ExpectedError(
      `no stack is named ${JSON.stringify(name)}${didYouMean(name, known) || `. Stacks: ${STACKS.join(", ")}`}`,
    );
  }
  if (second === undefined) return first;
  throw new ExpectedError(
    `--stack ${name} is in ${found.length} clusters. Name one cluster, such as ${first.cluster.name}`,
  );
}

async function textOf(graph: Graph, format: Flags["format"]): Promise<string> {
  if (format === "mermaid") return mermaidOf(graph);
  if (format === "dot") return dotOf(graph);
  return withProgress("laying out the graph", async () => {
    const { Graphviz } = await import("@hpcc-js/wasm-graphviz");
    return (await Graphviz.load()).dot(dotOf(graph));
  });
}
