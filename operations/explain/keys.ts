import { z } from "zod";
import { childSchema, knownKeys, schemaAt } from "../../fleet/parse/introspect";
import { switchedAddon } from "../../fleet/parse/shorthand";
import { account } from "../../fleet/schema/accounts/account";
import { definition } from "../../fleet/schema/definition";
import { serviceLevel } from "../../fleet/schema/platform";
import { release } from "../../fleet/schema/releases/release";
import { ExpectedError } from "../../language/expected-error";
import { didYouMean, listed, nearestFirst } from "../../language/suggest";
import { childOf, formatPath, itemName, type MapTree, type Path, type Tree } from "../../language/yaml/tree";

/** The schema of everything that can shape a cluster: its definition, and what it uses of its release, account and service level. */
const EVERYTHING = z.object({
  ...definition.shape,
  release: release.pick({ charts: true, kubernetes: true }),
  account,
  sla_profiles: z.record(z.string(), serviceLevel),
});

/** Returns the schema of a key; undefined inside of values that may be anything. */
export function schemaOf(path: Path): z.ZodType | undefined {
  return schemaAt(EVERYTHING, path);
}

/** A key as people write it, and its path. */
interface Step {
  readonly step: string | number;
  readonly rest: string;
}

/**
 * Returns the path of a key that is spelled as messages spell it: `tfvars.workers[general].max_size`. `tfvars.` may be left out,
 * items of lists may be written by their position, and shorthands such as `velero_enabled` mean what they are short for.
 *
 * @throws ExpectedError if there is no such key
 */
export function pathOf(tree: MapTree, text: string): Path {
  const roots = Object.keys(EVERYTHING.shape);
  const first = /^[A-Za-z_]+/.exec(text)?.[0] ?? "";
  const start: Path =
    roots.includes(first) || knownKeys(schemaOf(["tfvars"]))?.includes(first) !== true ? [] : ["tfvars"];
  let path = start;
  let rest = text;
  while (rest !== "") {
    const written = treeAt(tree, path);
    const short = shorthand(path, rest);
    if (short !== undefined) return short;
    const found = written?.kind === "list" ? itemStep(tree, path, written, rest) : keyStep(path, written, rest);
    if (found === undefined) throw unknownKey(tree, path, written, rest);
    path = [...path, found.step];
    rest = found.rest.replace(/^\.(?=.)/, "");
  }
  return path;
}

function treeAt(tree: MapTree, path: Path): Tree | undefined {
  return path.reduce<Tree | undefined>((at, step) => (at === undefined ? undefined : childOf(at, step)), tree);
}

/** Returns the longest key with which a text begins: keys such as labels contain dots. */
function keyStep(path: Path, written: Tree | undefined, text: string): Step | undefined {
  const keys = [...(written?.kind === "map" ? written.entries.keys() : []), ...(knownKeys(schemaOf(path)) ?? [])];
  const found = keys.filter((key) => beginsWith(text, key)).sort((a, b) => b.length - a.length)[0];
  return found === undefined ? undefined : { step: found, rest: text.slice(found.length) };
}

function beginsWith(text: string, key: string): boolean {
  return text.startsWith(key) && /^(?:$|[.[])/.test(text.slice(key.length));
}

/** An item by its name or its position, in brackets or after a dot. */
function itemStep(tree: MapTree, path: Path, list: Tree, text: string): Step | undefined {
  if (list.kind !== "list") return undefined;
  const bracketed = /^\[([^\]]*)\]/.exec(text);
  const word = bracketed?.[1] ?? /^[^.[]+/.exec(text)?.[0] ?? "";
  const named = list.items.findIndex((item) => itemName(item) === word);
  const position = named >= 0 ? named : /^\d+$/.test(word) ? Number(word) : -1;
  if (treeAt(tree, [...path, position]) === undefined) return undefined;
  return { step: position, rest: text.slice(bracketed?.[0].length ?? word.length) };
}

/** Returns the path of a shorthand, such as `velero_enabled` or `instance_type`. */
function shorthand(path: Path, word: string): Path | undefined {
  const addon = switchedAddon(path.join("."), word);
  if (addon !== undefined) return ["tfvars", "addons", addon, "enabled"];
  const isGroup = path[1] === "worker_defaults" || (path[1] === "workers" && path.length === 3);
  return word === "instance_type" && isGroup ? [...path, "instance_types"] : undefined;
}

function unknownKey(tree: MapTree, path: Path, written: Tree | undefined, rest: string): ExpectedError {
  const where = path.length === 0 ? "a definition" : formatPath(tree, path);
  if (written?.kind === "list") {
    const names = written.items.map((item, index) => itemName(item) ?? String(index));
    const word = /^\[?([^\].]*)/.exec(rest)?.[1] ?? rest;
    return new ExpectedError(
      `${where} has no item ${JSON.stringify(word)}${didYouMean(word, names) || `. Items: ${listed(names)}`}`,
    );
  }
  const word = /^[^.[]*/.exec(rest)?.[0] || rest;
  const keys = [
    ...new Set([...(knownKeys(schemaOf(path)) ?? []), ...(written?.kind === "map" ? written.entries.keys() : [])]),
  ];
  if (keys.length === 0) return new ExpectedError(`${where} has no keys, so ${JSON.stringify(word)} cannot be one`);
  const meant = didYouMean(word, keys) || ".";
  const nearest = listed(nearestFirst(word, keys), 20);
  return new ExpectedError(`${where} has no key ${JSON.stringify(word)}${meant} Keys: ${nearest}`);
}

/** True if a schema does not describe the keys below a path, such as Helm values. */
export function isFree(path: Path): boolean {
  const schema = schemaOf(path);
  return schema === undefined || (knownKeys(schema) === undefined && childSchema(schema, "") !== undefined);
}
