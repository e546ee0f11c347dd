/** How many network interfaces an instance takes, and how many IPv4 addresses each of them. */
export interface InstanceLimits {
  readonly interfaces: number;
  readonly addresses: number;
}

/** Families, and their sizes as `<size>:<interfaces>x<addresses of each>`: aws/amazon-vpc-cni-k8s, August 2026. */
const FAMILIES: readonly (readonly [families: string, sizes: string])[] = [
  ["a1", "medium:2x4 large:3x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30 metal:8x30"],
  ["bmn-sf1 u-18tb1 u-24tb1", "metal:15x50"],
  ["c1", "medium:2x6 xlarge:4x15"],
  ["c3 c4 r3", "large:3x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30"],
  [
    "c5 c5d",
    "large:3x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30 9xlarge:8x30 12xlarge:8x30 18xlarge:15x50 24xlarge:15x50 metal:15x50",
  ],
  [
    "c5a c5ad m5 m5d m5dn m5n r5 r5b r5d r5dn r5n",
    "large:3x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30 12xlarge:8x30 16xlarge:15x50 24xlarge:15x50 metal:15x50",
  ],
  ["c5n", "large:3x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30 9xlarge:8x30 18xlarge:15x50 metal:15x50"],
  [
    "c6a m6a r6a",
    "large:3x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30 12xlarge:8x30 16xlarge:15x50 24xlarge:15x50 32xlarge:15x50 48xlarge:15x50 metal:15x50",
  ],
  [
    "c6g c6gd c7g c7gd c7gn m6g m6gd m7g m7gd r6g r6gd r7g r7gd x2gd",
    "medium:2x4 large:3x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30 12xlarge:8x30 16xlarge:15x50 metal:15x50",
  ],
  ["c6gn", "medium:2x4 large:3x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30 12xlarge:8x30 16xlarge:15x50"],
  [
    "c6i c6id m6i m6id r6i r6id",
    "large:3x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30 12xlarge:8x30 16xlarge:15x50 24xlarge:15x50 32xlarge:15x50 metal:15x50",
  ],
  [
    "c6in m6idn m6in r6idn r6in",
    "large:3x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30 12xlarge:8x30 16xlarge:15x50 24xlarge:15x50 32xlarge:8x50 metal:8x50",
  ],
  [
    "c7a m7a r7a",
    "medium:2x4 large:3x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30 12xlarge:8x30 16xlarge:15x50 24xlarge:15x50 32xlarge:15x50 48xlarge:15x50 metal-48xl:15x50",
  ],
  [
    "c7i",
    "large:3x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30 12xlarge:8x30 16xlarge:15x50 24xlarge:15x50 32xlarge:15x50 48xlarge:15x50 metal-24xl:15x50 metal-48xl:15x50",
  ],
  ["c7i-flex m7i-flex", "large:3x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30 12xlarge:8x30 16xlarge:15x50"],
  [
    "c8a m8a r8a",
    "medium:2x4 large:3x20 xlarge:4x20 2xlarge:4x40 4xlarge:8x40 8xlarge:10x40 12xlarge:12x64 16xlarge:16x64 24xlarge:16x64 48xlarge:24x64 metal-24xl:16x64 metal-48xl:24x64",
  ],
  [
    "c8g c8gd m8g m8gd r8g r8gd x8g",
    "medium:2x4 large:3x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30 12xlarge:8x30 16xlarge:15x50 24xlarge:15x50 48xlarge:15x50 metal-24xl:15x50 metal-48xl:15x50",
  ],
  [
    "c8gb c8gn m8gb m8gn r8gb r8gn",
    "medium:2x4 large:3x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:10x30 12xlarge:12x30 16xlarge:16x50 24xlarge:24x50 48xlarge:12x50 metal-24xl:24x50 metal-48xl:12x50",
  ],
  [
    "c8i c8id m8i m8id r8i r8id",
    "large:3x20 xlarge:4x30 2xlarge:4x30 4xlarge:8x50 8xlarge:10x50 12xlarge:12x50 16xlarge:16x64 24xlarge:16x64 32xlarge:24x64 48xlarge:24x64 96xlarge:24x64 metal-48xl:24x64 metal-96xl:24x64",
  ],
  [
    "c8i-flex m8i-flex r8i-flex",
    "large:3x20 xlarge:4x30 2xlarge:4x30 4xlarge:8x50 8xlarge:10x50 12xlarge:12x50 16xlarge:16x64",
  ],
  [
    "c8ib c8in m8ib m8idb m8idn m8in r8ib r8idb r8idn r8in",
    "large:4x20 xlarge:4x30 2xlarge:4x30 4xlarge:8x50 8xlarge:8x50 12xlarge:12x50 16xlarge:16x64 24xlarge:16x64 32xlarge:16x64 48xlarge:24x64 96xlarge:12x64 metal-48xl:24x64 metal-96xl:12x64",
  ],
  ["c8ine m8ine", "large:4x20 xlarge:4x30 2xlarge:4x30 4xlarge:8x50 8xlarge:8x50 12xlarge:12x50"],
  [
    "c9g c9gd m9g m9gd",
    "medium:2x20 large:3x20 xlarge:4x30 2xlarge:4x30 4xlarge:8x50 8xlarge:10x50 12xlarge:12x50 16xlarge:16x64 24xlarge:24x64 48xlarge:24x64 metal-48xl:24x64",
  ],
  ["cr1 hs1", "8xlarge:8x30"],
  ["d2 i2", "xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30"],
  ["d3", "xlarge:4x3 2xlarge:4x5 4xlarge:4x10 8xlarge:3x20"],
  ["d3en", "xlarge:4x3 2xlarge:4x5 4xlarge:4x10 6xlarge:4x15 8xlarge:4x20 12xlarge:3x30"],
  ["dl1 dl2q p3dn p4d p4de", "24xlarge:15x50"],
  ["f1", "2xlarge:4x15 4xlarge:8x30 16xlarge:8x50"],
  ["f2", "6xlarge:8x30 12xlarge:8x30 48xlarge:15x50"],
  ["g4ad", "xlarge:2x4 2xlarge:2x4 4xlarge:3x10 8xlarge:4x15 16xlarge:8x30"],
  ["g4dn", "xlarge:3x10 2xlarge:3x10 4xlarge:3x10 8xlarge:4x15 12xlarge:8x30 16xlarge:4x15 metal:15x50"],
  [
    "g5",
    "xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30 12xlarge:15x50 16xlarge:8x30 24xlarge:15x50 48xlarge:7x50",
  ],
  ["g5g", "xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30 16xlarge:15x50 metal:15x50"],
  [
    "g6",
    "xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30 12xlarge:8x30 16xlarge:15x50 24xlarge:15x50 48xlarge:15x50",
  ],
  [
    "g6e",
    "xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30 12xlarge:10x30 16xlarge:15x50 24xlarge:10x50 48xlarge:10x50",
  ],
  ["g6f", "large:2x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30"],
  ["g7", "2xlarge:4x64 4xlarge:8x64 8xlarge:10x64 12xlarge:12x64 24xlarge:24x64 48xlarge:12x64"],
  ["g7e", "2xlarge:4x64 4xlarge:8x64 8xlarge:8x64 12xlarge:10x64 24xlarge:10x64 48xlarge:10x64"],
  ["gr6", "4xlarge:8x30 8xlarge:8x30"],
  ["gr6f", "4xlarge:8x30"],
  ["h1", "2xlarge:4x15 4xlarge:8x30 8xlarge:8x30 16xlarge:8x50"],
  ["hpc6a p5e", "48xlarge:2x50"],
  ["hpc6id", "32xlarge:1x50"],
  ["hpc7a", "12xlarge:2x50 24xlarge:2x50 48xlarge:2x50 96xlarge:2x50"],
  ["hpc7g", "4xlarge:4x50 8xlarge:4x50 16xlarge:4x50"],
  ["hpc8a", "96xlarge:2x50"],
  ["i3 i4g im4gn r4", "large:3x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30 16xlarge:15x50"],
  ["i3en", "large:3x10 xlarge:4x15 2xlarge:4x15 3xlarge:4x15 6xlarge:8x30 12xlarge:8x30 24xlarge:15x50 metal:15x50"],
  [
    "i4i",
    "large:3x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30 12xlarge:8x30 16xlarge:15x50 24xlarge:15x30 32xlarge:15x50 metal:15x50",
  ],
  [
    "i7i i8g m7i r7i",
    "large:3x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30 12xlarge:8x30 16xlarge:15x50 24xlarge:15x50 48xlarge:15x50 metal-24xl:15x50 metal-48xl:15x50",
  ],
  [
    "i7ie",
    "large:3x10 xlarge:4x15 2xlarge:4x15 3xlarge:4x15 6xlarge:8x30 12xlarge:8x50 18xlarge:15x50 24xlarge:15x50 48xlarge:15x50 metal-24xl:15x50 metal-48xl:15x50",
  ],
  [
    "i8ge",
    "large:3x10 xlarge:4x15 2xlarge:4x15 3xlarge:6x30 6xlarge:10x30 12xlarge:12x30 18xlarge:16x50 24xlarge:16x50 48xlarge:24x50 metal-24xl:16x50 metal-48xl:24x50",
  ],
  ["inf1", "xlarge:4x10 2xlarge:4x10 6xlarge:8x30 24xlarge:11x30"],
  ["inf2", "xlarge:4x15 8xlarge:8x30 24xlarge:15x50 48xlarge:15x50"],
  ["is4gen", "medium:2x4 large:3x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30"],
  ["m1", "small:2x4 medium:2x6 large:3x10 xlarge:4x15"],
  ["m2", "xlarge:4x15 2xlarge:4x30 4xlarge:8x30"],
  ["m3", "medium:2x6 large:3x10 xlarge:4x15 2xlarge:4x30"],
  ["m4", "large:2x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30 10xlarge:8x30 16xlarge:8x30"],
  [
    "m5a m5ad r5a r5ad",
    "large:3x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30 12xlarge:8x30 16xlarge:15x50 24xlarge:15x50",
  ],
  ["m5zn z1d", "large:3x10 xlarge:4x15 2xlarge:4x15 3xlarge:8x30 6xlarge:8x30 12xlarge:15x50 metal:15x50"],
  [
    "m8azn",
    "medium:3x4 large:4x20 xlarge:4x20 3xlarge:8x40 6xlarge:8x40 12xlarge:16x64 24xlarge:16x64 metal-12xl:16x64 metal-24xl:16x64",
  ],
  ["mac-m3ultra mac-m4 mac-m4max mac-m4pro mac1 mac2 mac2-m1ultra mac2-m2 mac2-m2pro", "metal:8x30"],
  ["p3", "2xlarge:4x15 8xlarge:8x30 16xlarge:8x30"],
  ["p5", "4xlarge:4x30 48xlarge:2x50"],
  ["p5en p6-b200 p6-b300", "48xlarge:4x50"],
  [
    "r7iz",
    "large:3x10 xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30 12xlarge:8x30 16xlarge:15x50 32xlarge:15x50 metal-16xl:15x50 metal-32xl:15x50",
  ],
  ["t1", "micro:2x2"],
  ["t2", "nano:2x2 micro:2x2 small:3x4 medium:3x6 large:3x12 xlarge:3x15 2xlarge:3x15"],
  ["t3 t4g", "nano:2x2 micro:2x2 small:3x4 medium:3x6 large:3x12 xlarge:4x15 2xlarge:4x15"],
  ["t3a", "nano:2x2 micro:2x2 small:2x4 medium:3x6 large:3x12 xlarge:4x15 2xlarge:4x15"],
  ["trn1", "2xlarge:4x15 32xlarge:5x50"],
  ["trn1n", "32xlarge:5x50"],
  ["trn2", "3xlarge:2x15 48xlarge:2x50"],
  ["u-12tb1 u-9tb1", "metal:5x30"],
  ["u-3tb1", "56xlarge:8x30"],
  ["u-6tb1", "56xlarge:15x50 112xlarge:15x50 metal:5x30"],
  ["u7i-12tb", "224xlarge:15x50"],
  ["u7i-6tb u7i-8tb", "112xlarge:15x50"],
  ["u7in-16tb u7in-24tb u7in-32tb", "224xlarge:8x50"],
  ["vt1", "3xlarge:4x15 6xlarge:8x30 24xlarge:15x50"],
  ["x1", "16xlarge:8x30 32xlarge:8x30"],
  ["x1e", "xlarge:3x10 2xlarge:4x15 4xlarge:4x15 8xlarge:4x15 16xlarge:8x30 32xlarge:8x30"],
  ["x2idn", "16xlarge:15x50 24xlarge:15x50 32xlarge:15x50 metal:15x50"],
  [
    "x2iedn",
    "xlarge:4x15 2xlarge:4x15 4xlarge:8x30 8xlarge:8x30 16xlarge:15x50 24xlarge:15x50 32xlarge:15x50 metal:15x50",
  ],
  ["x2iezn", "2xlarge:4x15 4xlarge:8x30 6xlarge:8x30 8xlarge:8x30 12xlarge:15x50 metal:15x50"],
  [
    "x8aedz",
    "large:4x20 xlarge:4x20 3xlarge:8x40 6xlarge:8x40 12xlarge:16x64 24xlarge:16x64 metal-12xl:16x64 metal-24xl:16x64",
  ],
  [
    "x8i",
    "large:3x20 xlarge:4x30 2xlarge:4x30 4xlarge:8x50 8xlarge:10x50 12xlarge:12x50 16xlarge:16x64 24xlarge:16x64 32xlarge:24x64 48xlarge:24x64 64xlarge:24x64 96xlarge:24x64 metal-48xl:24x64 metal-96xl:24x64",
  ],
];

/** Families of the Xen hypervisor, whose interfaces take single addresses only: no prefixes. From the same source. */
const XEN = new Set("c1 c3 c4 d2 f1 h1 i2 i3 m1 m2 m3 m4 p3 r3 r4 t1 t2 x1 x1e".split(" "));

let sizes: ReadonlyMap<string, ReadonlyMap<string, InstanceLimits>> | undefined;

/** What an instance type takes; undefined for one that is not in the list: AWS adds some every month. */
export function instanceLimits(instanceType: string): InstanceLimits | undefined {
  const [family = "", size = ""] = instanceType.split(".");
  return families().get(family)?.get(size);
}

/** Every type in the list. */
export function instanceTypes(): readonly string[] {
  return [...families()].flatMap(([family, ofFamily]) => [...ofFamily.keys()].map((size) => `${family}.${size}`));
}

/** Whether sizes of a family are in the list. */
export function isKnownFamily(family: string): boolean {
  return families().has(family);
}

/** vCPUs by the size's name, of which almost all families keep to the same: 4 an xlarge, 2 below; of metal, the least that one has. */
export function vcpus(instanceType: string): number {
  if (instanceType.endsWith(".metal")) return instanceType === "a1.metal" ? 16 : 48; // z1d's
  const [, times = "1"] = /(\d*)xl(?:arge)?$/.exec(instanceType) ?? [];
  return instanceType.includes("xl") ? 4 * Number(times || 1) : 2;
}

/** Types whose vCPUs the size's name does not tell: Karpenter's reference of instance types, 1.14. */
const OF_OTHER_VCPUS = /^(?:c1|hpc|hs1|m2)|^(?:c4|d2)\.8xlarge$|\.metal/;

/** vCPUs that a type may have: one or two of those below large; undefined where its name does not tell. */
export function knownVcpus(instanceType: string): readonly number[] | undefined {
  if (OF_OTHER_VCPUS.test(instanceType)) return undefined;
  return /\.(?:nano|micro|small|medium)$/.test(instanceType) ? [1, 2] : [vcpus(instanceType)];
}

/** The most vCPUs that a type can have; undefined for one whose name does not tell, or that is not in the list. */
export function mostVcpus(instanceType: string): number | undefined {
  const known = instanceLimits(instanceType) === undefined ? undefined : knownVcpus(instanceType);
  return known === undefined ? undefined : Math.max(...known);
}

/** Whether its interfaces take whole prefixes of addresses. */
export function takesPrefixes(instanceType: string): boolean {
  return !XEN.has(instanceType.split(".")[0] ?? "");
}

function families(): NonNullable<typeof sizes> {
  sizes ??= new Map(
    FAMILIES.flatMap(([names, list]) => {
      const limits = new Map(list.split(" ").map(readSize));
      return names.split(" ").map((name) => [name, limits] as const);
    }),
  );
  return sizes;
}

/** Such as `large:3x10`. */
function readSize(text: string): readonly [size: string, limits: InstanceLimits] {
  const [, size = "", interfaces = "", addresses = ""] = /^(.+):(\d+)x(\d+)$/.exec(text) ?? [];
  return [size, { interfaces: Number(interfaces), addresses: Number(addresses) }];
}
