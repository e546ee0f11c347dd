/** Chips of the types that have Inferentia or Trainium ones, from AWS's lists of accelerated instance types. */
const CHIPS: Readonly<Record<string, number>> = {
  "inf1.xlarge": 1,
  "inf1.2xlarge": 1,
  "inf1.6xlarge": 4,
  "inf1.24xlarge": 16,
  "inf2.xlarge": 1,
  "inf2.8xlarge": 1,
  "inf2.24xlarge": 6,
  "inf2.48xlarge": 12,
  "trn1.2xlarge": 1,
  "trn1.32xlarge": 16,
  "trn1n.32xlarge": 16,
  "trn2.3xlarge": 1,
  "trn2.48xlarge": 16,
};

/** Neuron chips of an instance type; undefined where there are none, or nobody says how many. */
export function neuronChips(instanceType: string): number | undefined {
  return Object.hasOwn(CHIPS, instanceType) ? CHIPS[instanceType] : undefined;
}
