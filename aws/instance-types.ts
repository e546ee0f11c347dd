import { ownValue } from "../language/plain-map";
import type { Accelerator, Architecture } from "./ami";
import data from "./data/instance-types.json";

/** Number of network interfaces that an instance can have, and of IPv4 addresses that each interface can have. */
export interface InstanceLimits {
  readonly interfaces: number;
  readonly addresses: number;
}

/** Sizes of each family, such as `large:3x10 xlarge:4x15`. */
const FAMILIES: Readonly<Record<string, string>> = data.limits;

/** Month of the list. AWS adds instance types every month. */
export const INSTANCE_TYPES_DATE = data.date;

/** Families of the Xen hypervisor, whose network interfaces accept single addresses only. */
const XEN = new Set(data.xen.split(" "));

const read = new Map<string, ReadonlyMap<string, InstanceLimits>>();

/** Returns what an instance type can have; undefined for a type that is not in the list. */
export function instanceLimits(instanceType: string): InstanceLimits | undefined {
  const [family = "", size = ""] = instanceType.split(".");
  return isKnownFamily(family) ? sizesOf(family).get(size) : undefined;
}

/** Returns every type in the list. */
export function instanceTypes(): readonly string[] {
  return Object.keys(FAMILIES).flatMap((family) => [...sizesOf(family).keys()].map((size) => `${family}.${size}`));
}

/** True if the list has sizes of a family. */
export function isKnownFamily(family: string): boolean {
  return Object.hasOwn(FAMILIES, family);
}

/** True if the network interfaces of a type accept prefixes of addresses. */
export function takesPrefixes(instanceType: string): boolean {
  return !XEN.has(familyOf(instanceType));
}

/** Returns the vCPUs that the size implies: 4 for each xlarge, 2 below; for bare metal, the fewest of such types. */
export function vcpus(instanceType: string): number {
  if (instanceType.endsWith(".metal")) return instanceType === "a1.metal" ? 16 : 48; // z1d.metal has 48
  const [, times = "1"] = /(?<!\d)(\d*)xl(?:arge)?$/.exec(instanceType) ?? [];
  return instanceType.includes("xl") ? 4 * Number(times || 1) : 2;
}

/** Types whose vCPUs do not follow from the size's name: Karpenter's reference of instance types, 1.14. */
const OF_OTHER_VCPUS = /^(?:c1|hpc|hs1|m2)|^(?:c4|d2)\.8xlarge$|\.metal/;

/** Returns the vCPUs that a type may have: 1 or 2 below large; undefined if its name does not imply them. */
export function knownVcpus(instanceType: string): readonly number[] | undefined {
  if (OF_OTHER_VCPUS.test(instanceType)) return undefined;
  return /\.(?:nano|micro|small|medium)$/.test(instanceType) ? [1, 2] : [vcpus(instanceType)];
}

/** Returns the most vCPUs that a type can have; undefined if its name does not imply them or the type is not in the list. */
export function mostVcpus(instanceType: string): number | undefined {
  const known = instanceLimits(instanceType) === undefined ? undefined : knownVcpus(instanceType);
  return known === undefined ? undefined : Math.max(...known);
}

/** Returns arm64 for Graviton families, which have a `g` right after the generation (m7g, c7gn, im4gn, g5g), and for a1. */
export function architectureOf(instanceType: string): Architecture {
  const family = familyOf(instanceType);
  return family === "a1" || /\dg[a-z]*$/.test(family) ? "arm64" : "x86_64";
}

/** Returns nvidia for the p and g families except g4ad, which has AMD's GPUs, and neuron for Inferentia and Trainium. */
export function acceleratorOf(instanceType: string): Accelerator {
  const family = familyOf(instanceType);
  if (/^(?:inf|trn)\d/.test(family)) return "neuron";
  return /^(?:p|g|gr)\d/.test(family) && family !== "g4ad" ? "nvidia" : "none";
}

/** True for a `d` after the generation (m6id, g4dn, c6gd), for storage families and for most accelerated ones. */
export function hasInstanceStore(instanceType: string): boolean {
  const family = familyOf(instanceType);
  if (/^(?:i\d|im\d|is\d|d[23]|dl1|h1|x1|f\d|p[456]|trn|gr?[5-9]|[crm]3$)/.test(family)) return family !== "g5g";
  return [...family.matchAll(/\d([a-z]*)(?:-|$)/g)].some(([, attributes = ""]) => attributes.includes("d"));
}

function familyOf(instanceType: string): string {
  return instanceType.split(".")[0] ?? "";
}

function sizesOf(family: string): ReadonlyMap<string, InstanceLimits> {
  let sizes = read.get(family);
  if (sizes === undefined) {
    sizes = new Map((ownValue(FAMILIES, family) ?? "").split(" ").map(readSize));
    read.set(family, sizes);
  }
  return sizes;
}

/** Reads a size such as `large:3x10`. */
function readSize(text: string): readonly [size: string, limits: InstanceLimits] {
  const [size = "", limits = ""] = text.split(":");
  const [interfaces, addresses] = limits.split("x").map(Number);
  return [size, { interfaces: interfaces ?? 0, addresses: addresses ?? 0 }];
}
