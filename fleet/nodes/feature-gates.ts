import data from "./feature-gates.json";

/** The Kubernetes versions in which a feature gate can be set. */
interface Gate {
  /** Kubernetes version that introduced it. Absent if every supported version has it. */
  readonly since?: string;
  /** Kubernetes version that locked it to true. Absent if none did. */
  readonly locked?: string;
}

const GATES: Readonly<Record<string, Gate>> = data.gates;

/** Gates that stand for all gates of a stage. */
const OF_A_STAGE = ["AllAlpha", "AllBeta"];

/** Names of the gates, for suggestions. */
export const FEATURE_GATES: readonly string[] = [...Object.keys(GATES), ...OF_A_STAGE];

/** Returns what is known of a gate; undefined if it is not in the list. */
export function featureGate(name: string): Gate | undefined {
  if (OF_A_STAGE.includes(name)) return {};
  return Object.hasOwn(GATES, name) ? GATES[name] : undefined;
}
