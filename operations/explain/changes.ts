import { STACKS, type StackName } from "../../fleet/model/stacks";
import { isMap } from "../../language/plain-map";
import { compareText } from "../../language/problem";
import type { Elements, Rendered } from "./elements";
import { SAMPLE_TEXTS } from "./other-texts";

/** The effect of another value of a key on one element of a stack. */
export interface Change {
  readonly stack: StackName;
  readonly address: string;
  /**
   * `attributes`: another value changes attributes. `existence`: without the value, the element would not be in the stack.
   * `absence`: with another value, the stack would have this element in addition.
   */
  readonly effect: "attributes" | "existence" | "absence";
  /** Attributes that differ; empty unless the effect is `attributes`. */
  readonly attributes: readonly Attribute[];
}

export interface Attribute {
  /** Such as `scaling_config.max_size`, or `values[0].replicas` inside of text that is JSON. */
  readonly path: string;
  /** Value in the stack as it is; undefined if the attribute is absent. */
  readonly value: unknown;
}

/** The stacks of a cluster as they are. Texts are kept, because each is compared with hundreds of others. */
export class Baseline {
  private readonly texts: ReadonlyMap<StackName, ReadonlyMap<string, string>>;

  constructor(readonly rendered: Rendered) {
    this.texts = new Map([...rendered].map(([stack, elements]) => [stack, textsOf(elements)]));
  }

  /**
   * Returns the differences between rendered stacks and those of the cluster as it is.
   *
   * @param only the one element of a stack that was rendered
   */
  changesIn(other: Rendered, only?: string): Change[] {
    const changes = [...other].flatMap(([stack, elements]) => this.changesOf(stack, elements));
    return only === undefined ? changes : changes.filter(({ address }) => address === only);
  }

  private changesOf(stack: StackName, elements: Elements): Change[] {
    const before: Elements = this.rendered.get(stack) ?? new Map();
    const texts = this.texts.get(stack);
    const changed = [...elements].flatMap(([address, { body }]): Change[] => {
      const there = before.get(address);
      if (there === undefined) return [{ stack, address, effect: "absence", attributes: [] }];
      if (texts?.get(address) === JSON.stringify(body)) return [];
      const attributes = differences(there.body, body, "");
      return attributes.length === 0 ? [] : [{ stack, address, effect: "attributes", attributes }];
    });
    const gone = [...before.keys()].filter((address) => !elements.has(address));
    // A renamed element is at another address: what would be there instead is the same element.
    const added = changed.flatMap(({ address, effect }) => (effect === "absence" ? [address] : []));
    const count = (addresses: readonly string[], type: string): number =>
      addresses.filter((address) => typeOf(address) === type).length;
    const isRenamed = (type: string): boolean => count(gone, type) >= count(added, type);
    return [
      ...changed.filter(({ address, effect }) => effect !== "absence" || !isRenamed(typeOf(address))),
      ...gone.map((address): Change => ({ stack, address, effect: "existence", attributes: [] })),
    ];
  }
}

function typeOf(address: string): string {
  return address.slice(0, address.lastIndexOf("."));
}

function textsOf(elements: Elements): ReadonlyMap<string, string> {
  return new Map([...elements].map(([address, { body }]) => [address, JSON.stringify(body)]));
}

/** Returns the attributes that differ between two values, each at its deepest place. */
function differences(before: unknown, after: unknown, path: string): Attribute[] {
  const [left, right] = [decoded(before), decoded(after)];
  if (JSON.stringify(left) === JSON.stringify(right)) return [];
  if (isMap(left) && isMap(right)) {
    const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    return keys.flatMap((key) => {
      const isInvented = left[key] === undefined && SAMPLE_TEXTS.includes(key);
      if (isInvented) return [{ path, value: undefined }];
      return differences(left[key], right[key], path === "" ? key : `${path}.${key}`);
    });
  }
  // In lists of different lengths, items cannot be matched.
  if (Array.isArray(left) && Array.isArray(right) && left.length === right.length)
    return left.flatMap((item, index) => differences(item, right[index], `${path}[${index}]`));
  return [{ path, value: before }];
}

/** Text of JSON as its value: Helm values, policies, configurations of add-ons. */
function decoded(value: unknown): unknown {
  if (typeof value !== "string" || !/^[{[]/.test(value)) return value;
  try {
    // Expressions in it have quotes without escapes.
    return JSON.parse(value.replaceAll(/(?<!\$)\$\{[^}]*\}/g, (text) => text.replaceAll('"', '\\"')));
  } catch {
    return value;
  }
}

/** Merges what several other values of one key change. An element that one of them removes is there because of the key. */
export function together(changes: readonly Change[]): Change[] {
  const merged = new Map<string, Change>();
  for (const change of changes) {
    const key = `${change.stack} ${change.address}`;
    const known = merged.get(key);
    merged.set(key, known === undefined ? change : both(known, change));
  }
  return [...merged.values()].sort(
    (a, b) => STACKS.indexOf(a.stack) - STACKS.indexOf(b.stack) || compareText(a.address, b.address),
  );
}

function both(one: Change, other: Change): Change {
  const attributes = new Map([...one.attributes, ...other.attributes].map((each) => [each.path, each]));
  const effect = one.effect === "existence" || other.effect === "existence" ? "existence" : one.effect;
  return { ...one, effect, attributes: [...attributes.values()] };
}
