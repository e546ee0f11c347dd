/** A chart in a release. */
export interface ChartRef {
  /** https:// address of a chart repository, or oci:// of a registry. */
  readonly repository: string;
  readonly chart: string;
}

/** A version of a chart that a registry lists. */
export interface ListedVersion {
  /** As the registry spells it. */
  readonly version: string;
  /** Kubernetes versions that the chart supports; undefined if the list does not contain them, null if the chart declares none. */
  readonly kubeVersion: string | null | undefined;
}

/** The versions of a chart in its registry. */
export interface ChartVersions {
  /** Address that was read. */
  readonly url: string;
  readonly versions: readonly ListedVersion[];
}

/** Reads versions of charts from registries. */
export interface ChartRegistry {
  /** @throws RegistryError */
  versions(chart: ChartRef): Promise<ChartVersions>;
  /**
   * Returns the Kubernetes versions that a version of a chart supports; null if it declares none.
   *
   * @throws RegistryError
   */
  kubeVersion(chart: ChartRef, version: string): Promise<string | null>;
}

/** Thrown if a registry cannot be reached, or if its response cannot be used. */
export class RegistryError extends Error {
  constructor(
    readonly kind: "unreachable" | "refused" | "unreadable",
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
