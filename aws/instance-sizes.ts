import { ownValue } from "../language/plain-map";
import data from "./data/instance-sizes.json";

/** Sizes of each family with vCPUs and MiB of memory, such as `large:2x8192`. */
const FAMILIES: Readonly<Record<string, string>> = data.sizes;

/** Resources that pods can request on one node: CPU in thousandths of a core. */
export interface Room {
  readonly cpu: number;
  readonly memory_mib: number;
}

/** The kubelet's own share of each CPU: 6 % of the first, 1 % of the second, 0.5 % of the next two, 0.25 % of the others. */
const CPU_SHARES = [60, 10, 5, 5] as const;
const CPU_SHARE_OF_OTHERS = 2.5;
/** MiB that EKS's images reserve for the kubelet, and for each pod, and below which the kubelet evicts pods. */
const RESERVED = { kubelet: 255, pod: 11, eviction: 100 } as const;

/** Returns the MiB of memory of a type; undefined for a type that is not in the list. */
export function memoryOf(instanceType: string): number | undefined {
  return sizeOf(instanceType)?.memory_mib;
}

/** Returns the vCPUs of a type; undefined for a type that is not in the list. */
export function vcpusOf(instanceType: string): number | undefined {
  return sizeOf(instanceType)?.cpus;
}

/**
 * Returns the most that pods can request on a node of a type; undefined for a type that is not in the list. The reservations are those of
 * EKS's images (awslabs/amazon-eks-ami, nodeadm/internal/kubelet/config.go). The machine's firmware takes a few percent of the memory,
 * which is not subtracted.
 *
 * @param pods the pod limit of the node
 */
export function roomOf(instanceType: string, pods: number): Room | undefined {
  const size = sizeOf(instanceType);
  if (size === undefined) return undefined;
  const shares = Array.from({ length: size.cpus }, (_, index) => CPU_SHARES[index] ?? CPU_SHARE_OF_OTHERS);
  return {
    cpu: size.cpus * 1000 - Math.ceil(shares.reduce((sum, share) => sum + share, 0)),
    memory_mib: size.memory_mib - RESERVED.kubelet - RESERVED.pod * pods - RESERVED.eviction,
  };
}

function sizeOf(instanceType: string): { readonly cpus: number; readonly memory_mib: number } | undefined {
  const [family = "", size = ""] = instanceType.split(".");
  const found = (ownValue(FAMILIES, family) ?? "").split(" ").find((each) => each.startsWith(`${size}:`));
  if (found === undefined || size === "") return undefined;
  const [cpus = 0, memory_mib = 0] = found
    .slice(size.length + 1)
    .split("x")
    .map(Number);
  return { cpus, memory_mib };
}
