/** An answer of EC2, of one of two commands. */
export interface Answer {
  readonly InstanceTypeOfferings?: readonly { readonly InstanceType: string; readonly Location: string }[];
  readonly InstanceTypes?: readonly {
    readonly InstanceType: string;
    readonly SupportedUsageClasses: readonly string[];
  }[];
}

/** Content of the data file. A family alone stands for all its sizes: `c5 c8gn:metal-24xl,metal-48xl`. */
export interface Offerings {
  /** Region -> types that it does not offer, although another region does. */
  readonly missing: Readonly<Record<string, string>>;
  /** Types in the list of instance types that no region offers. */
  readonly nowhere: string;
  /** Types that have no spot instances. */
  readonly no_spot: string;
}

/**
 * Merges answers into the content of the data file.
 *
 * @param known types of aws/data/instance-types.json
 */
export function offeringsOf(answers: readonly Answer[], known: readonly string[]): Offerings {
  const regions = new Map<string, Set<string>>();
  for (const { InstanceType, Location } of answers.flatMap((answer) => answer.InstanceTypeOfferings ?? [])) {
    regions.set(Location, (regions.get(Location) ?? new Set()).add(InstanceType));
  }
  const all = [...new Set([...regions.values()].flatMap((types) => [...types]))].sort();
  const sizes = byFamily(all);
  const missing = [...regions]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([region, offered]) => {
      const families = [...byFamily(all.filter((type) => !offered.has(type)))];
      const texts = families.map(([family, lacking]) =>
        lacking.length === sizes.get(family)?.length ? family : `${family}:${lacking.join(",")}`,
      );
      return [region, texts.join(" ")] as const;
    });
  const noSpot = answers
    .flatMap((answer) => answer.InstanceTypes ?? [])
    .filter(({ SupportedUsageClasses }) => !SupportedUsageClasses.includes("spot"));
  return {
    missing: Object.fromEntries(missing),
    nowhere: known
      .filter((type) => !all.includes(type))
      .sort()
      .join(" "),
    no_spot: noSpot
      .map(({ InstanceType }) => InstanceType)
      .sort()
      .join(" "),
  };
}

function byFamily(types: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const families = new Map<string, string[]>();
  for (const type of types) {
    const [family = "", size = ""] = type.split(".");
    families.set(family, [...(families.get(family) ?? []), size]);
  }
  return families;
}
