import data from "./data/neuron.json";

const CHIPS: Readonly<Record<string, number>> = data.chips;

/** Returns the number of Inferentia or Trainium chips of an instance type; undefined for a type that is not in the list. */
export function neuronChips(instanceType: string): number | undefined {
  return Object.hasOwn(CHIPS, instanceType) ? CHIPS[instanceType] : undefined;
}
