import { buildCluster } from "../../fleet/build-cluster";
import type { Cluster } from "../../fleet/model/cluster";
import { STACKS, type StackName } from "../../fleet/model/stacks";
import type { Subject } from "../../fleet/model/subject";
import { type ClusterPlan, planCluster } from "../../fleet/plan/cluster-plan";
import { resolveChanged, resolveDefinitions } from "../../fleet/resolve";
import { extensionsOf } from "../../language/extensions/own";
import type { Path } from "../../language/yaml/tree";
import { type ClusterStacks, renderCluster } from "../../synth/render-cluster";
import { Baseline, type Change } from "./changes";
import { type Elements, elementsOf } from "./elements";
import { isSame, type Leaf, placesOfLeaves } from "./leaves";
import type { OpenCluster } from "./open-cluster";
import { planted, plantedInData } from "./planted";
import { type Reader, Reads } from "./reads";

/** Result of trying another value: its changes, or the reason why it could not be tried. */
export type Outcome = { readonly changes: readonly Change[] } | { readonly refused: string };

/** One element of a stack. */
export interface Target {
  readonly stack: StackName;
  readonly address: string;
  /** Path of its construct inside of the stack; empty if it is not known. */
  readonly path: string;
}

/** Keys that choose the layers of a cluster. */
const CHOOSES_LAYERS: readonly Path[] = [
  ["meta", "RELEASE_MODEL"],
  ["meta", "ACCOUNT"],
  ["meta", "TIER"],
  ["tfvars", "addons", "platform"],
];

/**
 * Rebuilds a cluster with other values. Nothing is written and no rule runs. The first build records every read, so that stacks that cannot
 * change are not rendered again.
 */
export class WhatIf {
  readonly baseline: Baseline;
  private readonly reads = new Reads();
  private readonly placesOf: (leaf: Leaf) => readonly Path[];
  private readonly slices: Slices;
  /** Stacks whose values a stack receives, with the stack itself. */
  private readonly sources: ReadonlyMap<StackName, readonly StackName[]>;
  /** The stacks of the cluster as it is. */
  private stacks: ClusterStacks | undefined;
  /** Parts of the plan, and of what follows from the definition besides, that each stack reads. */
  private readonly parts = new Map<StackName, Set<string>>(STACKS.map((stack) => [stack, new Set()]));

  constructor(
    private readonly open: OpenCluster,
    private readonly scratch: string,
  ) {
    this.placesOf = placesOfLeaves(open.whole);
    const { reads } = this;
    const { subject } = open;
    const read: Subject = {
      ...subject,
      definition: reads.of(subject.definition, []),
      release: reads.of(subject.release, ["release"]),
      account: reads.of(subject.account, ["account"]),
    };
    const serviceLevels = reads.of(open.layers.serviceLevels, ["sla_profiles"]);
    const cluster = buildCluster(read, { serviceLevels }, open.peers);
    const plan = planCluster(cluster);
    this.slices = slicesOf(open.cluster, planCluster(open.cluster));
    const begin = (stack: StackName): void => {
      reads.reader = stack;
    };
    const keep = (stacks: ClusterStacks): void => {
      this.stacks = stacks;
    };
    const rendered = renderCluster(this.watched(cluster, OF_CLUSTER), scratch, {
      plan: this.watched(plan, OF_PLAN),
      begin,
      keep,
    });
    this.baseline = new Baseline(elementsOf(rendered));
    this.sources = new Map(STACKS.map((stack) => [stack, this.sourcesOf(stack)]));
  }

  /** Returns an element as a target. */
  targetOf(stack: StackName, address: string): Target {
    return { stack, address, path: insideStack(this.baseline.rendered.get(stack)?.get(address)?.path ?? "") };
  }

  /** Returns the elements of a stack as they are without the hook of `extensions/`; undefined if there is no hook. */
  withoutHook(stack: StackName): Elements | undefined {
    if (extensionsOf("hook").length === 0) return undefined;
    return elementsOf(renderCluster(this.open.cluster, this.scratch, { only: [stack], hook: false })).get(stack);
  }

  /** Returns the readers of a leaf; undefined if they are unknown, because the leaf is not set or chooses layers. */
  readersOf(leaf: Leaf): ReadonlySet<Reader> | undefined {
    if (CHOOSES_LAYERS.some((path) => isSame(path, leaf.path))) return undefined;
    // Whoever reads a map may notice a key that is added to it.
    if (leaf.tree === undefined) return this.reads.readersOf(leaf.path.slice(0, -1)).size === 0 ? NOBODY : undefined;
    return new Set(this.placesOf(leaf).flatMap((path) => [...this.reads.readersOf(path)]));
  }

  /** True if a leaf may shape a stack. */
  mayShape(leaf: Leaf, stack: StackName): boolean {
    const readers = this.readersOf(leaf);
    if (readers === undefined || readers.has("plan")) return true;
    return this.sourcesFor(stack).some((source) => readers.has(source));
  }

  /** Returns the changes that another value of a leaf causes, in everything or in one element. */
  try(leaf: Leaf, value: unknown, target?: Target): Outcome {
    try {
      const subject = this.changed(leaf.path, value);
      if (typeof subject === "string") return { refused: subject };
      const cluster = buildCluster(subject.subject, subject.levels, this.open.peers);
      const plan = planCluster(cluster);
      const slices = slicesOf(cluster, plan);
      const readers = this.readersOf(leaf);
      const wanted = target === undefined ? STACKS : [target.stack];
      const differ = new Set(STACKS.filter((stack) => readers === undefined || this.differs(stack, readers, slices)));
      const only = wanted.filter((stack) => this.sourcesFor(stack).some((source) => differ.has(source)));
      if (only.length === 0) return { changes: [] };
      const known = this.stacks && { stacks: this.stacks, differ };
      const choice = target?.path === "" ? undefined : target && ((path: string) => insideStack(path) === target.path);
      const rendered = renderCluster(cluster, this.scratch, { only, plan, known, ...(choice && { choice }) });
      return { changes: this.baseline.changesIn(elementsOf(rendered), target?.address) };
    } catch (error) {
      return { refused: reasonOf(error) };
    }
  }

  /** True if the own content of a stack may differ, whatever it reads of other stacks. */
  private differs(stack: StackName, readers: ReadonlySet<Reader>, slices: Slices): boolean {
    return (
      readers.has(stack) ||
      [...(this.parts.get(stack) ?? [])].some((part) => slices.get(part) !== this.slices.get(part))
    );
  }

  private changed(path: Path, value: unknown): { subject: Subject; levels: Levels } | string {
    const { file, layers, subject, today } = this.open;
    const [root, ...rest] = path;
    const levels: Levels = layers;
    if (root === "release")
      return { levels, subject: { ...subject, release: plantedInData(subject.release, rest, value) } };
    if (root === "account")
      return { levels, subject: { ...subject, account: plantedInData(subject.account, rest, value) } };
    if (root === "sla_profiles")
      return { subject, levels: { serviceLevels: plantedInData(layers.serviceLevels, rest, value) } };
    if (CHOOSES_LAYERS.some((each) => isSame(path, each))) {
      const { nameOfFile } = file;
      const changed = { file: file.file, nameOfFile, root: planted(file.root, path, value) };
      const [resolved] = resolveDefinitions([changed], layers, today);
      return resolved?.subject === undefined
        ? "the definition has errors with it"
        : { levels, subject: resolved.subject };
    }
    const result = resolveChanged(file, layers, today, (laid) => planted(laid, path, value));
    const [problem] = result.problems.filter(({ severity }) => severity === "error");
    if (problem !== undefined || result.subject === undefined)
      return problem === undefined ? "the definition has errors with it" : `${problem.path}: ${problem.message}`;
    return { levels, subject: result.subject };
  }

  private sourcesFor(stack: StackName): readonly StackName[] {
    return this.sources.get(stack) ?? STACKS;
  }

  /** A stack receives values of the stacks whose state it reads. */
  private sourcesOf(stack: StackName): readonly StackName[] {
    const elements = this.baseline.rendered.get(stack);
    return STACKS.filter(
      (other) => other === stack || elements?.has(`data.terraform_remote_state.${other.replaceAll("-", "_")}`) === true,
    );
  }

  /** Returns a copy that records which stack reads each of its parts. */
  private watched<Value extends object>(value: Value, prefix: string): Value {
    const copy: object = {};
    for (const [part, each] of Object.entries(value)) {
      Object.defineProperty(copy, part, {
        enumerable: true,
        get: () => {
          const { reader } = this.reads;
          if (reader !== "plan") this.parts.get(reader)?.add(prefix + part);
          return each as unknown;
        },
      });
    }
    return copy as Value;
  }
}

/** A stack has the name of the cluster, which may be another one. */
function insideStack(path: string): string {
  return path.slice(path.indexOf("/") + 1);
}

const NOBODY: ReadonlySet<Reader> = new Set();

type Levels = Parameters<typeof buildCluster>[1];

/** Input of the stacks besides the definition: part -> its text. */
type Slices = ReadonlyMap<string, string | undefined>;

const OF_CLUSTER = "cluster.";
const OF_PLAN = "plan.";

function slicesOf({ meta: _meta, tfvars: _tfvars, account: _account, ...derived }: Cluster, plan: ClusterPlan): Slices {
  const texts = (value: object, prefix: string) =>
    Object.entries(value).map(([part, each]) => [prefix + part, JSON.stringify(each)] as const);
  return new Map([...texts(derived, OF_CLUSTER), ...texts(plan, OF_PLAN)]);
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /undefined|null|not a function|was built before/.test(message)
    ? "the program cannot build the cluster with it"
    : message;
}
