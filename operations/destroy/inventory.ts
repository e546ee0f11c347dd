import { STACKS, type StackName } from "../../fleet/model/stacks";
import { isMap, type PlainMap } from "../../language/plain-map";
import { irreplaceable, nameOf } from "../guard/facts/irreplaceable";
import type { ResourceChange } from "../plans/plan";
import type { Lost, Stays } from "./report";

/** A managed resource in a state. */
export interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly values: PlainMap;
}

/** Contents of a cluster's states, for the person who decides about the destroy. */
export interface Inventory {
  readonly resources: ReadonlyMap<StackName, number>;
  readonly lost: readonly Lost[];
  readonly stays: readonly Stays[];
  /** Access to the control plane; undefined if the state has none. */
  readonly cluster: ControlPlane | undefined;
}

export interface ControlPlane {
  readonly name: string;
  readonly endpoint: string;
  /** Base64 of the certificate authority. */
  readonly certificateAuthority: string;
  /** True if EKS refuses to delete it. */
  readonly isProtected: boolean;
}

/** Returns the managed resources in the output of `terraform show -json`, of a state or of the prior state of a plan. */
export function resourcesOf(state: unknown): StateResource[] {
  const values = isMap(state) ? state["values"] : undefined;
  const root = isMap(values) ? values["root_module"] : undefined;
  const resources = isMap(root) && Array.isArray(root["resources"]) ? root["resources"] : [];
  return resources.flatMap((each): StateResource[] => {
    if (!isMap(each) || each["mode"] !== "managed") return [];
    const body = each["values"];
    return [{ address: String(each["address"]), type: String(each["type"]), values: isMap(body) ? body : {} }];
  });
}

/**
 * Returns the addresses that a destroy leaves in AWS: buckets that S3 would not delete with objects in them, with their settings, and the
 * keys that encrypt them. Without its settings a bucket would be open to more, and without its key its objects could not be read.
 */
export function keptAddresses(resources: readonly StateResource[]): string[] {
  const buckets = resources.filter(isKeptBucket).map(({ values }) => values["bucket"]);
  const ofBuckets = resources.filter(
    ({ type, values }) => type.startsWith("aws_s3_bucket") && buckets.includes(values["bucket"]),
  );
  const text = JSON.stringify(ofBuckets.map(({ values }) => values));
  const keys = resources.filter(({ type, values }) => type === "aws_kms_key" && mentions(text, values["arn"]));
  const ids = keys.map(({ values }) => values["key_id"]);
  const aliases = resources.filter(
    ({ type, values }) => type === "aws_kms_alias" && ids.includes(values["target_key_id"]),
  );
  return [...ofBuckets, ...keys, ...aliases].map(({ address }) => address);
}

const isKeptBucket = ({ type, values }: StateResource): boolean =>
  type === "aws_s3_bucket" && values["force_destroy"] !== true && typeof values["bucket"] === "string";

const mentions = (text: string, arn: unknown): boolean => typeof arn === "string" && text.includes(JSON.stringify(arn));

/** Returns the resources that a destroy of these states would lose, and those that it would leave. */
export function inventoryOf(states: ReadonlyMap<StackName, unknown>): Inventory {
  const byStack = new Map(STACKS.map((stack) => [stack, resourcesOf(states.get(stack))] as const));
  const all = [...byStack.values()].flat();
  return {
    resources: new Map([...byStack].map(([stack, resources]) => [stack, resources.length])),
    lost: [...byStack].flatMap(([stack, resources]) => lostOf(stack, resources)),
    stays:
      all.length === 0 ? [] : [...all.flatMap(bucketsStay), ...all.flatMap((each) => keysStay(each, all)), SNAPSHOTS],
    cluster: controlPlaneOf(all),
  };
}

function lostOf(stack: StackName, resources: readonly StateResource[]): Lost[] {
  const kept = new Set(keptAddresses(resources));
  // A key can be restored, so it is named with what stays.
  return resources
    .filter(({ address, type }) => !kept.has(address) && type !== "aws_kms_key")
    .flatMap((resource) => {
      const change = asDestroyed(resource);
      const kind = irreplaceable(change);
      const { address, type } = resource;
      return kind === undefined ? [] : [{ stack, address, type, name: nameOf(change), what: kind.lost }];
    });
}

function asDestroyed({ address, type, values }: StateResource): ResourceChange {
  const nothing = {
    previousAddress: undefined,
    deposed: undefined,
    reason: undefined,
    replacePaths: [],
    after: null,
    unknown: undefined,
  };
  return {
    ...nothing,
    ...{ address, type, managed: true, actions: ["delete"] },
    ...{ before: values, beforeSensitive: undefined, afterSensitive: undefined },
  };
}

function bucketsStay(resource: StateResource): Stays[] {
  if (!isKeptBucket(resource)) return [];
  const bucket = String(resource.values["bucket"]);
  return [
    {
      what: `bucket ${bucket}`,
      why: "it may contain backups or logs. It leaves the state with its settings and its key",
      arn: textOrNull(resource.values["arn"]),
      command: `aws s3 rb s3://${bucket}`,
    },
  ];
}

function keysStay({ address, type, values }: StateResource, all: readonly StateResource[]): Stays[] {
  if (type !== "aws_kms_key") return [];
  const id = String(values["key_id"]);
  const isKept = keptAddresses(all).includes(address);
  const days = typeof values["deletion_window_in_days"] === "number" ? values["deletion_window_in_days"] : 30;
  return [
    {
      what: `key ${id}`,
      why: isKept
        ? "a bucket that stays is encrypted with it"
        : `KMS deletes it after ${days} days. Until then, the command restores it`,
      arn: textOrNull(values["arn"]),
      command: isKept ? null : `aws kms cancel-key-deletion --key-id ${id}`,
    },
  ];
}

/** No state contains them, so they are always named. */
const SNAPSHOTS: Stays = {
  what: "snapshots of volumes",
  why: "Kubernetes and Velero created them, and no stack contains them",
  arn: null,
  command: null,
};

function controlPlaneOf(resources: readonly StateResource[]): ControlPlane | undefined {
  const found = resources.find(({ type }) => type === "aws_eks_cluster");
  if (found === undefined) return undefined;
  const { certificate_authority: authorities, deletion_protection: isProtected, endpoint, name } = found.values;
  const authority: unknown = Array.isArray(authorities) ? authorities[0] : undefined;
  return {
    name: String(name),
    endpoint: String(endpoint),
    certificateAuthority: isMap(authority) ? String(authority["data"]) : "",
    isProtected: isProtected === true,
  };
}

const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);
