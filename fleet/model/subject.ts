import type { Account, Definition, KubernetesSupport, Regions, Release, ServiceLevelProfile } from "./cluster";

/** Input of a check of one cluster. */
export interface Subject {
  readonly definition: Definition;
  /** Undefined if it has errors of its own: its other values cannot be relied on. */
  readonly account: Account | undefined;
  readonly release: Release | undefined;
  readonly regions: Regions;
  readonly support: KubernetesSupport;
  /** Service levels by their names; undefined where they have errors of their own. */
  readonly serviceLevels: Readonly<Record<string, ServiceLevelProfile>> | undefined;
  /** The day of the run, YYYY-MM-DD: it makes warnings, never errors or output. */
  readonly today: string;
}
