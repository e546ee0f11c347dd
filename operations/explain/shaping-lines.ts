import type { LoadOptions } from "../../fleet/load";
import type { StackName } from "../../fleet/model/stacks";
import { ExpectedError } from "../../language/expected-error";
import { DefinitionError } from "../../language/problem";
import { plainValue } from "../../language/yaml/plain-tree";
import { formatPath } from "../../language/yaml/tree";
import { withScratch } from "../../synth/render-cluster";
import { shapedElement } from "./findings";
import { leavesOf } from "./leaves";
import { type OpenCluster, openCluster } from "./open-cluster";
import type { Setting, ShapingKey } from "./report";
import { settingsOf } from "./settings";
import { shapedBy } from "./shaped-by";
import { shown } from "./shown";
import { WhatIf } from "./what-if";

/** A resource that failed, and the words with which it did. */
export interface FailedResource {
  readonly stack: StackName;
  readonly address: string;
  readonly message: string;
  /** Attributes that it is about, such as `scaling_config.max_size`: only lines that shape one of them are returned. */
  readonly attributes?: readonly string[];
}

/** A line of a definition that shapes a resource. */
export interface ShapingLine {
  readonly path: string;
  readonly value: unknown;
  readonly place: Setting["place"];
}

/** Lines that are returned for a resource. */
const MOST = 4;

/**
 * Layers to search, one group after the other, until a group has some lines. Defaults are left out: they shape everything, and the user did
 * not write them.
 */
const GROUPS: readonly (readonly Setting["layer"][])[] = [
  ["cluster"],
  ["tier", "account", "channel", "platform", "release"],
];

/** Layers to search for attributes: those that people write. A release has thousands of lines, so its search would last minutes. */
const OF_PEOPLE: readonly (readonly Setting["layer"][])[] = [["cluster"], ["tier", "account", "channel"]];

/**
 * Returns for each resource the lines of the definitions that shape it, those first that the message is about. Only few keys are tried, so
 * that it runs for seconds, while `fleet explain` runs for a minute.
 */
export function shapingLines(
  options: LoadOptions & { readonly select: string },
  resources: readonly FailedResource[],
): readonly (readonly ShapingLine[])[] {
  const open = openedOrNot(options);
  if (open === undefined) return resources.map(() => []);
  return withScratch((scratch) => {
    const whatIf = new WhatIf(open, scratch);
    return resources.map((resource) => linesOf(open, whatIf, resource));
  });
}

/** Returns undefined if the definition has errors now. They must not hide the original failure. */
function openedOrNot(options: LoadOptions & { readonly select: string }): OpenCluster | undefined {
  try {
    return openCluster(options);
  } catch (error) {
    if (error instanceof DefinitionError || error instanceof ExpectedError) return undefined;
    throw error;
  }
}

function linesOf(
  open: OpenCluster,
  whatIf: WhatIf,
  { address, attributes: wanted = [], message, stack }: FailedResource,
): readonly ShapingLine[] {
  if (whatIf.baseline.rendered.get(stack)?.has(address) !== true) return [];
  const target = whatIf.targetOf(stack, address);
  const leaves = leavesOf(open.written).flatMap((leaf) => {
    const [setting] = settingsOf(open, leaf.path);
    // Names and the tier shape every resource a little.
    const isTried = setting !== undefined && leaf.path[0] !== "meta" && whatIf.mayShape(leaf, stack);
    return isTried ? [{ leaf, setting }] : [];
  });
  const foundIn = (layers: readonly Setting["layer"][]): readonly Found[] =>
    leaves
      .filter(({ setting }) => layers.includes(setting.layer))
      .flatMap(({ leaf, setting }): Found[] => {
        const [change] = shapedBy(open, whatIf, leaf, target).changes;
        if (change === undefined) return [];
        const { attributes, effect } = shapedElement(change, leaf);
        const value = shown(plainValue(leaf.tree), leaf.path);
        return [{ path: formatPath(open.written, leaf.path), value, place: setting.place, attributes, effect }];
      });
  const rank = ({ attributes, effect, value }: Found): number => {
    if (isMentioned(value, message)) return 0;
    if (effect === "existence") return 1;
    return attributes.some(({ carried_as_is }) => carried_as_is) ? 2 : 3;
  };
  const best = (found: readonly Found[]): readonly ShapingLine[] =>
    [...found]
      .sort((a, b) => rank(a) - rank(b))
      .slice(0, MOST)
      .map(({ path, place, value }) => ({ path, value, place }));
  const shapes = ({ attributes }: Found): boolean =>
    attributes.some(({ path }) => wanted.some((each) => isPartOf(withoutNumbers(path), withoutNumbers(each))));
  for (const layers of wanted.length === 0 ? GROUPS : OF_PEOPLE) {
    const found = foundIn(layers).filter((each) => wanted.length === 0 || shapes(each));
    if (found.length > 0) return best(found);
  }
  return [];
}

type Found = ShapingLine & Pick<ShapingKey, "attributes" | "effect">;

/** Numbers of items differ between the JSON of a stack and a plan. */
const withoutNumbers = (path: string): string => path.replaceAll(/\[[^\]]*\]|\.\d+(?=\.|$)/g, "");

/** True if one path is the other one, or contains it. */
const isPartOf = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);

/** True if a message contains a value of a key, or one of its items, as a separate word. */
function isMentioned(value: unknown, message: string): boolean {
  if (Array.isArray(value)) return value.some((item) => isMentioned(item, message));
  if ((typeof value !== "string" && typeof value !== "number") || String(value).length < 3) return false;
  const word = String(value).replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\w.-])${word}(?![\\w-]|\\.\\w)`).test(message);
}
