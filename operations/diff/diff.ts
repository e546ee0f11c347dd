import { compareText, formatProblem } from "../../language/problem";
import { type Comparison, withChanges } from "../changes/changes";
import type { ClusterPair } from "../changes/pairs";
import { stackContent } from "../resources/read-stack";
import type { Resource, StackContent } from "../resources/resource";
import { type ClusterStackDiff, diffCluster } from "./cluster-diff";
import { isPrecious } from "./facts";
import { Merged } from "./merge";
import type { ClusterDiff, DiffReport, NamedChange, ProviderChange, ResourceChange, SecurityChange } from "./report";
import { hasDefaultTags } from "./schemas";
import { securityChange } from "./security";
import { shownDifferences } from "./shown-values";
import { ACTIONS, type Action } from "./stack-diff";
import { counted, type StackStatus, stackStatus, sum, summaryOf } from "./summary";

/** Compares two versions of the fleet, resource by resource. */
export function diffFleet(comparison: Comparison): Promise<DiffReport> {
  return withChanges(comparison, async ({ base, compared, errors, pairs, refused }) => {
    return {
      version: 1,
      base: { ...base, refused: base.refused ?? null },
      errors: errors.map(formatProblem),
      refused: refused ?? null,
      compared,
      ...(await differencesOf(pairs)),
    };
  });
}

/** The differences, without the compared versions. */
type Differences = Omit<DiffReport, "base" | "compared" | "errors" | "refused" | "version">;

/** Returns the differences of clusters, resource by resource. */
export async function differencesOf(pairs: AsyncIterable<ClusterPair>): Promise<Differences> {
  const collector = new Collector();
  for await (const pair of pairs) collector.add(pair);
  return collector.result();
}

type WithoutClusters<Change> = Omit<Change, "clusters">;

class Collector {
  private readonly clusters: ClusterDiff[] = [];
  private readonly stacks: StackStatus[] = [];
  private readonly changes = new Merged<WithoutClusters<ResourceChange>>();
  private readonly security = new Merged<WithoutClusters<SecurityChange>>();
  private readonly outputs = new Merged<WithoutClusters<NamedChange>>();
  private readonly providers = new Merged<WithoutClusters<ProviderChange>>();

  add({ cluster: name, stacks, status }: ClusterPair): void {
    if (status === "same") return;
    const contents = stacks.map(({ after, before, kind, stack }) => ({
      kind,
      before: contentOf(stack, before),
      after: before === after ? undefined : contentOf(stack, after),
    }));
    if (status !== "changed") {
      const types = contents.flatMap(({ before, after }) =>
        (status === "removed" ? before : (after ?? before)).resources.filter(isManaged),
      );
      this.clusters.push({ name, status, actions: {}, types: counted(types.map(({ type }) => type)) });
      if (status !== "unknown") this.stacks.push(...stacks.flatMap(stackStatus));
      return;
    }
    const diffs = diffCluster(contents.map(({ kind, before, after = before }) => ({ kind, before, after })));
    const actions = diffs.flatMap((diff, index) => this.addStack(name, diff, contents[index]));
    const isEmpty = diffs.every(
      ({ changes, outputs, providers }) => changes.length + outputs.length + providers.length === 0,
    );
    if (isEmpty) return;
    this.clusters.push({ name, status, actions: counted(actions), types: {} });
    this.stacks.push(...stacks.flatMap(stackStatus));
  }

  private addStack(
    cluster: string,
    { changes, kind: stack, outputs, providers, stack: stackName }: ClusterStackDiff,
    contents: { readonly before: StackContent; readonly after: StackContent | undefined } | undefined,
  ): Action[] {
    const after = contents?.after ?? contents?.before;
    const before = new Map(contents?.before.resources.map((each) => [each.address, each]));
    for (const { action, address, differences, from, prevented, reasons, resource } of changes) {
      const { type } = resource;
      this.changes.add(cluster, {
        stack,
        address,
        type,
        path: resource.path.replace(`${stackName}/`, "").replace(/\/Resource$/, ""),
        action,
        likely: ["replace", "roll"].includes(action),
        ...(from !== undefined && { from }),
        reasons,
        prevented,
        ...shownDifferences(differences, type),
      });
      const security = securityChange(
        before.get(from ?? address),
        ["destroy", "forget"].includes(action) ? undefined : resource,
      );
      if (security !== undefined && !["meta", "move"].includes(action)) {
        this.security.add(cluster, { stack, address, effect: security.effect, details: security.details });
      }
    }
    for (const { differences, output } of outputs)
      this.outputs.add(cluster, { stack, name: output, ...shownDifferences(differences) });
    for (const { differences, provider } of providers) {
      const isTags = provider === "aws" && differences.some(({ path: [first] }) => first === "default_tags");
      const retags = isTags ? (after?.resources.filter(isTagged).length ?? 0) : 0;
      this.providers.add(cluster, { stack, name: provider, retags, ...shownDifferences(differences) });
    }
    return changes.map(({ action }) => action);
  }

  result(): Differences {
    return {
      actions: sum(this.clusters.map(({ actions }) => actions)),
      summary: summaryOf(this.clusters, this.stacks),
      clusters: [...this.clusters].sort((a, b) => rankOf(a) - rankOf(b) || compareText(a.name, b.name)),
      changes: this.changes.all().sort(worstFirst),
      security: this.security.all().sort((a, b) => EFFECTS.indexOf(a.effect) - EFFECTS.indexOf(b.effect)),
      outputs: this.outputs.all(),
      providers: this.providers.all(),
    };
  }
}

const EFFECTS = ["broadened", "changed", "narrowed"];

function contentOf(stack: string, text: string | undefined): StackContent {
  return stackContent(stack, text === undefined ? {} : (JSON.parse(text) as Record<string, unknown>));
}

function isManaged({ mode }: Resource): boolean {
  return mode === "managed";
}

function isTagged(resource: Resource): boolean {
  return isManaged(resource) && hasDefaultTags(resource.type);
}

function worstFirst(a: ResourceChange, b: ResourceChange): number {
  return (
    ACTIONS.indexOf(a.action) - ACTIONS.indexOf(b.action) ||
    Number(isPrecious(b.type)) - Number(isPrecious(a.type)) ||
    b.clusters.length - a.clusters.length
  );
}

/** Returns the position in the report: removed clusters first, then those with the worst changes. */
function rankOf({ actions, status }: ClusterDiff): number {
  if (status === "removed") return -2;
  if (status === "unknown") return -1;
  if (status === "added") return ACTIONS.length + 1;
  const worst = ACTIONS.findIndex((action) => actions[action] !== undefined);
  return worst < 0 ? ACTIONS.length : worst;
}
