import data from "./data/ami.json";

/** Operating system of a node, which also decides how a node receives its settings. */
export type OperatingSystem = "AL2023" | "BOTTLEROCKET" | "WINDOWS";
export type Architecture = "x86_64" | "arm64";
/** Accelerators whose driver an image can contain. */
export type Accelerator = "none" | "nvidia" | "neuron";

/** Properties of an image that EKS publishes. */
export interface AmiImage {
  readonly operating_system: OperatingSystem;
  readonly architecture: Architecture;
  readonly accelerator: Accelerator;
  /** Part of the path in Systems Manager; null for Windows, of which Systems Manager keeps the newest image only. */
  readonly variant: string | null;
}

/** Devices to which an image attaches its own volumes. */
interface Devices {
  /** Volume of pods, images and logs; `root_volume` sets its size. */
  readonly root: string;
  /** Volume of the system alone, whose size the image sets; null if the system is on the root volume. */
  readonly system: string | null;
}

export type StockAmiType = keyof typeof data.images;
export type AmiType = StockAmiType | "CUSTOM";

/** Images that EKS publishes, by the names in its API. */
export const AMI_IMAGES = data.images as Readonly<Record<StockAmiType, AmiImage>>;

export const AMI_TYPES = [...(Object.keys(AMI_IMAGES) as StockAmiType[]), "CUSTOM"] as const;
export const OPERATING_SYSTEMS = ["AL2023", "BOTTLEROCKET", "WINDOWS"] as const satisfies readonly OperatingSystem[];

/** Names in the EKS API without images today, and the successor of each. */
export const RETIRED_AMI_TYPES = new Map(Object.entries(data.retired)) as ReadonlyMap<string, StockAmiType>;

export const DEVICES: Readonly<Record<OperatingSystem, Devices>> = data.devices;

/** Keys of a node group that select its image. */
export interface Booted {
  readonly ami_type: AmiType;
  readonly ami_family: OperatingSystem | null;
}

/** Returns the image that EKS publishes; undefined for a custom image. */
export function stockImage({ ami_type }: Pick<Booted, "ami_type">): AmiImage | undefined {
  return ami_type === "CUSTOM" ? undefined : AMI_IMAGES[ami_type];
}

/** Returns the group's operating system. A check refuses a custom image without a family: AL2023 only stands in until then. */
export function operatingSystemOf(group: Booted): OperatingSystem {
  return stockImage(group)?.operating_system ?? group.ami_family ?? "AL2023";
}

/** True if the cluster has Windows nodes, for which EKS and the CNI require further settings. */
export function runsWindows({ workers }: { readonly workers: readonly Booted[] }): boolean {
  return workers.some((worker) => operatingSystemOf(worker) === "WINDOWS");
}
