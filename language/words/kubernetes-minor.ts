declare const checked: unique symbol;

/** A Kubernetes minor version, such as 1.35. It is no decimal number: 1.9 is older than 1.10. */
export type KubernetesMinor = string & { readonly [checked]: true };

const MINOR = /^v?(1\.(?:0|[1-9]\d{0,2}))(?:\.\d|$)/;

/** Returns the minor version of a text such as `1.35`, `1.35.6` or `v1.35.6-eks-1`; undefined if it has none. */
export function kubernetesMinor(text: string): KubernetesMinor | undefined {
  return MINOR.exec(text)?.[1] as KubernetesMinor | undefined;
}

/** Returns how many minor versions lie between two: 1 for the next one, negative for an earlier one. */
export function stepsBetween(from: KubernetesMinor, to: KubernetesMinor): number {
  return numberOf(to) - numberOf(from);
}

/** Returns the version that is some minor versions later. */
export function minorAfter(minor: KubernetesMinor, steps = 1): KubernetesMinor {
  return `1.${numberOf(minor) + steps}` as KubernetesMinor;
}

/** Returns the versions after one, up to and with another; none if the other is not later. */
export function minorsUpTo(from: KubernetesMinor, to: KubernetesMinor): readonly KubernetesMinor[] {
  return Array.from({ length: Math.max(0, stepsBetween(from, to)) }, (_, index) => minorAfter(from, index + 1));
}

function numberOf(minor: KubernetesMinor): number {
  return Number(minor.slice(2));
}
