import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cluster } from "../../fleet/model/cluster";
import { STACKS, type StackName, stackId } from "../../fleet/model/stacks";
import { isMap } from "../../language/plain-map";
import { synthesizeCluster } from "../../synth/synthesize-cluster";
import { readStack, stackFile } from "../resources/read-stack";
import type { Resource } from "../resources/resource";
import { documentIn, isCollection } from "./document";

/** One argument of a resource that differs between two versions of a cluster. */
export interface ChangedValue {
  /** Path of the argument: `version`, `values.image.tag`. */
  readonly key: string;
  /** Null if the argument does not exist. */
  readonly from: string | null;
  readonly to: string | null;
}

/** A resource that differs between two versions of a cluster. */
export interface ResourceChange {
  readonly stack: StackName;
  readonly address: string;
  readonly type: string;
  /** Name at AWS or in the cluster, if the resource has one. */
  readonly name: string;
  readonly action: "create" | "update" | "delete";
  readonly values: readonly ChangedValue[];
}

/** A cluster's stacks: the resources of each by their addresses. */
export type Stacks = ReadonlyMap<StackName, ReadonlyMap<string, Resource>>;

/** Returns the resources of a cluster's stacks. */
export function stacksOf(cluster: Cluster): Stacks {
  const folder = mkdtempSync(join(tmpdir(), "fleet-upgrade-"));
  try {
    synthesizeCluster(cluster, folder);
    const read = (stack: StackName): ReadonlyMap<string, Resource> => {
      const id = stackId(cluster.slug, stack);
      const { resources } = readStack(id, stackFile(folder, id));
      return new Map(resources.map((resource) => [resource.address, resource]));
    };
    return new Map(STACKS.map((stack) => [stack, read(stack)]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns the differences between two versions of a cluster's stacks, in the order of the stacks and of the addresses. */
export function stackChanges(before: Stacks, after: Stacks): readonly ResourceChange[] {
  return STACKS.flatMap((stack) => {
    const [left, right] = [before, after].map((stacks) => stacks.get(stack) ?? new Map<string, Resource>());
    const addresses = [...new Set([...(left?.keys() ?? []), ...(right?.keys() ?? [])])].sort();
    return addresses.flatMap((address) => changeOf(stack, left?.get(address), right?.get(address)) ?? []);
  });
}

function changeOf(stack: StackName, from?: Resource, to?: Resource): ResourceChange | undefined {
  const resource = to ?? from;
  if (resource === undefined) return undefined;
  const values = from && to ? differences(from.body, to.body) : [];
  if (from && to && values.length === 0) return undefined;
  const { address, body, mode, name, type } = resource;
  const own = (mode === "data" ? [] : ["name", "node_group_name", "addon_name"])
    .map((key) => body[key])
    .find((each) => typeof each === "string");
  const action = from === undefined ? "create" : to === undefined ? "delete" : "update";
  return { stack, address, type, name: typeof own === "string" ? own : name, action, values };
}

/** Returns the arguments that differ; documents in YAML or JSON, such as the values of a Helm release, are compared inside. */
function differences(from: unknown, to: unknown, path: readonly string[] = []): ChangedValue[] {
  if (from === to) return [];
  const [left, right] = [documentIn(from), documentIn(to)];
  if (isCollection(left) && isCollection(right)) {
    const [a, b] = [entriesOf(left), entriesOf(right)];
    const keys = [...new Set([...a.keys(), ...b.keys()])];
    return keys.flatMap((key) => differences(a.get(key), b.get(key), [...path, key]));
  }
  const [before, after] = [shown(left), shown(right)];
  return before === after ? [] : [{ key: path.join("."), from: before, to: after }];
}

/** Items of a list that have a name go by it, so that a new item does not change those after it. */
function entriesOf(value: object): Map<string, unknown> {
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const key = (item: unknown, index: number): string =>
    isMap(item) && typeof item["name"] === "string" ? item["name"] : String(index);
  return new Map(value.map((item, index) => [key(item, index), item]));
}

function shown(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === "string" ? value : JSON.stringify(value);
}
