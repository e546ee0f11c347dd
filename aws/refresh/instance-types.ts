import { z } from "zod";

/** The part of an answer of `aws ec2 describe-instance-types` that the data files hold. */
const answerSchema = z.object({
  InstanceTypes: z.array(
    z.object({
      InstanceType: z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/),
      /** Absent for bare metal. */
      Hypervisor: z.enum(["nitro", "xen"]).optional(),
      NetworkInfo: z.object({
        MaximumNetworkInterfaces: z.int().positive(),
        Ipv4AddressesPerInterface: z.int().positive(),
        DefaultNetworkCardIndex: z.int().optional(),
        NetworkCards: z
          .array(z.object({ NetworkCardIndex: z.int(), MaximumNetworkInterfaces: z.int().positive() }))
          .optional(),
        EfaInfo: z.object({ MaximumEfaInterfaces: z.int().positive() }).optional(),
      }),
      VCpuInfo: z.object({ DefaultVCpus: z.int().positive() }),
      MemoryInfo: z.object({ SizeInMiB: z.int().positive() }),
      NeuronInfo: z.object({ NeuronDevices: z.array(z.object({ Count: z.int().positive() })) }).optional(),
    }),
  ),
});
type InstanceType = z.infer<typeof answerSchema>["InstanceTypes"][number];

/** The content of the data files about instance types. */
export interface InstanceData {
  readonly limits: Readonly<Record<string, string>>;
  readonly sizes: Readonly<Record<string, string>>;
  readonly xen: string;
  readonly cards: Readonly<Record<string, number>>;
  readonly chips: Readonly<Record<string, number>>;
}

/** Returns the data with what an answer of EC2 adds or corrects. Types that a region does not offer stay as they are. */
export function withAnswer(data: InstanceData, answer: unknown): InstanceData {
  const types = answerSchema.parse(answer).InstanceTypes;
  const limits = setsOf(data.limits);
  const sizes = setsOf(data.sizes);
  const xen = new Set(data.xen.split(" "));
  const cards = { ...data.cards };
  const chips = { ...data.chips };
  for (const type of types) {
    put(limits, type, limitsOf(type));
    put(sizes, type, `${type.VCpuInfo.DefaultVCpus}x${type.MemoryInfo.SizeInMiB}`);
    const [family = ""] = type.InstanceType.split(".");
    if (type.Hypervisor === "xen") xen.add(family);
    const { EfaInfo: efa } = type.NetworkInfo;
    if (efa !== undefined) cards[type.InstanceType] = efa.MaximumEfaInterfaces;
    if (type.NeuronInfo !== undefined)
      chips[type.InstanceType] = type.NeuronInfo.NeuronDevices.reduce((sum, { Count }) => sum + Count, 0);
  }
  return {
    limits: textsOf(limits),
    sizes: textsOf(sizes),
    xen: [...xen].sort().join(" "),
    cards: sorted(Object.entries(cards)),
    chips: sorted(Object.entries(chips)),
  };
}

type Sets = Map<string, Set<string>>;

const setsOf = (families: Readonly<Record<string, string>>): Sets =>
  new Map(Object.entries(families).map(([family, sizes]) => [family, new Set(sizes.split(" "))]));

const textsOf = (families: Sets): Record<string, string> =>
  sorted([...families].map(([family, sizes]) => [family, [...sizes].sort(bySize).join(" ")]));

/** Sets the numbers of a type. */
function put(families: Sets, { InstanceType }: InstanceType, numbers: string): void {
  const [family = "", size = ""] = InstanceType.split(".");
  const others = [...(families.get(family) ?? [])].filter((each) => !each.startsWith(`${size}:`));
  families.set(family, new Set([...others, `${size}:${numbers}`]));
}

/** Returns limits such as `3x10`. The VPC CNI uses the default network card only. */
function limitsOf({ NetworkInfo: network }: InstanceType): string {
  const { DefaultNetworkCardIndex: index, NetworkCards: cards = [] } = network;
  const card = cards.length > 1 ? cards.find(({ NetworkCardIndex }) => NetworkCardIndex === index) : undefined;
  const interfaces = card?.MaximumNetworkInterfaces ?? network.MaximumNetworkInterfaces;
  return `${interfaces}x${network.Ipv4AddressesPerInterface}`;
}

const SMALL = ["nano", "micro", "small", "medium", "large", "xlarge"];

/** From nano to the largest size, then bare metal. */
function bySize(a: string, b: string): number {
  return rank(a) - rank(b);
}

function rank(text: string): number {
  const [size = ""] = text.split(":");
  const times = Number(/\d+/.exec(size)?.[0] ?? 0);
  if (size.startsWith("metal")) return 10_000 + times;
  return SMALL.includes(size) ? SMALL.indexOf(size) : SMALL.length + times;
}

function sorted<Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
