/** What boots on a node, and with that how it is told what to do. */
export type OperatingSystem = "AL2023" | "BOTTLEROCKET" | "WINDOWS";
export type Architecture = "x86_64" | "arm64";
/** Accelerators of which an image brings the driver. */
export type Accelerator = "none" | "nvidia" | "neuron";

/** What an image of EKS is made for. */
export interface AmiImage {
  readonly operating_system: OperatingSystem;
  readonly architecture: Architecture;
  readonly accelerator: Accelerator;
  /** As Systems Manager's paths spell it; undefined where it keeps the newest image only. */
  readonly variant: string | undefined;
}

const al2023 = (architecture: Architecture, accelerator: Accelerator): AmiImage => ({
  operating_system: "AL2023",
  architecture,
  accelerator,
  variant: accelerator === "none" ? "standard" : accelerator,
});

const bottlerocket = (architecture: Architecture, variant: "" | "-fips" | "-nvidia"): AmiImage => ({
  operating_system: "BOTTLEROCKET",
  architecture,
  accelerator: variant === "-nvidia" ? "nvidia" : "none",
  variant,
});

const windows: AmiImage = {
  operating_system: "WINDOWS",
  architecture: "x86_64",
  accelerator: "none",
  variant: undefined,
};

/** The images of EKS, by the name that its API gives each. */
export const AMI_IMAGES = {
  AL2023_x86_64_STANDARD: al2023("x86_64", "none"),
  AL2023_ARM_64_STANDARD: al2023("arm64", "none"),
  AL2023_x86_64_NVIDIA: al2023("x86_64", "nvidia"),
  AL2023_ARM_64_NVIDIA: al2023("arm64", "nvidia"),
  AL2023_x86_64_NEURON: al2023("x86_64", "neuron"),
  BOTTLEROCKET_x86_64: bottlerocket("x86_64", ""),
  BOTTLEROCKET_ARM_64: bottlerocket("arm64", ""),
  BOTTLEROCKET_x86_64_FIPS: bottlerocket("x86_64", "-fips"),
  BOTTLEROCKET_ARM_64_FIPS: bottlerocket("arm64", "-fips"),
  BOTTLEROCKET_x86_64_NVIDIA: bottlerocket("x86_64", "-nvidia"),
  BOTTLEROCKET_ARM_64_NVIDIA: bottlerocket("arm64", "-nvidia"),
  WINDOWS_CORE_2019_x86_64: windows,
  WINDOWS_FULL_2019_x86_64: windows,
  WINDOWS_CORE_2022_x86_64: windows,
  WINDOWS_FULL_2022_x86_64: windows,
  WINDOWS_CORE_2025_x86_64: windows,
  WINDOWS_FULL_2025_x86_64: windows,
} as const satisfies Readonly<Record<string, AmiImage>>;

export type StockAmiType = keyof typeof AMI_IMAGES;
export type AmiType = StockAmiType | "CUSTOM";

export const AMI_TYPES = [...(Object.keys(AMI_IMAGES) as StockAmiType[]), "CUSTOM"] as const;
export const OPERATING_SYSTEMS = ["AL2023", "BOTTLEROCKET", "WINDOWS"] as const satisfies readonly OperatingSystem[];

/** Names of the EKS API of which there are no images any more, and what has taken the place of each. */
export const RETIRED_AMI_TYPES: ReadonlyMap<string, StockAmiType> = new Map([
  ["AL2_x86_64", "AL2023_x86_64_STANDARD"],
  ["AL2_x86_64_GPU", "AL2023_x86_64_NVIDIA"],
  ["AL2_ARM_64", "AL2023_ARM_64_STANDARD"],
]);

/** The part of a group that says what it boots. */
export interface Booted {
  readonly ami_type: AmiType;
  readonly ami_family: OperatingSystem | null;
}

/** An image of EKS; undefined for one of the user's own, of which nothing is known but what the group says. */
export function stockImage({ ami_type }: Pick<Booted, "ami_type">): AmiImage | undefined {
  return ami_type === "CUSTOM" ? undefined : AMI_IMAGES[ami_type];
}

/** A custom image that names no family is refused by a check; until then it is taken for the commonest. */
export function operatingSystemOf(group: Booted): OperatingSystem {
  return stockImage(group)?.operating_system ?? group.ami_family ?? "AL2023";
}

/** Whether a cluster has Windows nodes, for which EKS and the CNI do more. */
export function runsWindows({ workers }: { readonly workers: readonly Booted[] }): boolean {
  return workers.some((worker) => operatingSystemOf(worker) === "WINDOWS");
}

/** AWS marks Graviton families by a `g` right after the generation (m7g, c7gn, im4gn, g5g); a1 is the one before that rule. */
export function architectureOf(instanceType: string): Architecture {
  const family = familyOf(instanceType);
  return family === "a1" || /\dg[a-z]*$/.test(family) ? "arm64" : "x86_64";
}

/** What pods can compute with besides CPUs: NVIDIA's are the p and g families but AMD's g4ad; Inferentia and Trainium run Neuron. */
export function acceleratorOf(instanceType: string): Accelerator {
  const family = familyOf(instanceType);
  if (/^(?:inf|trn)\d/.test(family)) return "neuron";
  return /^(?:p|g|gr)\d/.test(family) && family !== "g4ad" ? "nvidia" : "none";
}

/** Disks in the instance: a `d` after the generation (m6id, g4dn, c6gd), the storage families, and most accelerated ones. */
export function hasInstanceStore(instanceType: string): boolean {
  const family = familyOf(instanceType);
  if (/^(?:i\d|im\d|is\d|d[23]|dl1|h1|x1|f\d|p[456]|trn|gr?[5-9]|[crm]3$)/.test(family)) return family !== "g5g";
  return /\d[a-z]*d[a-z]*(?:-|$)/.test(family);
}

function familyOf(instanceType: string): string {
  return instanceType.split(".")[0] ?? "";
}
