/**
 * Network cards with an Elastic Fabric Adapter, of the types that have more than one or that people ask for most; from AWS's lists
 * of EFA-enabled instance types. A type that is not here may have one: EC2 says so when the first instance starts.
 */
const CARDS: Readonly<Record<string, number>> = {
  "c5n.18xlarge": 1,
  "c5n.9xlarge": 1,
  "c5n.metal": 1,
  "g4dn.12xlarge": 1,
  "g4dn.8xlarge": 1,
  "g4dn.metal": 1,
  "g5.12xlarge": 1,
  "g5.16xlarge": 1,
  "g5.24xlarge": 1,
  "g5.48xlarge": 1,
  "g5.8xlarge": 1,
  "g6.12xlarge": 1,
  "g6.16xlarge": 1,
  "g6.24xlarge": 1,
  "g6.48xlarge": 1,
  "g6.8xlarge": 1,
  "hpc6a.48xlarge": 1,
  "hpc6id.32xlarge": 2,
  "hpc7a.96xlarge": 2,
  "hpc7g.16xlarge": 1,
  "p3dn.24xlarge": 1,
  "p4d.24xlarge": 4,
  "p4de.24xlarge": 4,
  "p5.48xlarge": 32,
  "p5e.48xlarge": 32,
  "p5en.48xlarge": 16,
  "trn1.32xlarge": 8,
  "trn1n.32xlarge": 16,
  "trn2.48xlarge": 16,
};

/** Adapters that an instance of a type can have; undefined where that is not known here. */
export function mostAdapters(instanceType: string): number | undefined {
  if (/\.(?:nano|micro|small|medium|large)$/.test(instanceType)) return 0; // the fabric needs a card of one's own
  return Object.hasOwn(CARDS, instanceType) ? CARDS[instanceType] : undefined;
}
