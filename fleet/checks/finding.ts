import type { Account, Definition, KubernetesSupport, Regions, Release } from "../cluster";
import type { Path } from "../yaml/tree";

/** What a check has to say about a key of a definition; where that was written is found later. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
  readonly severity?: "warning";
}

/** What a check of one cluster may look at. */
export interface Subject {
  readonly definition: Definition;
  readonly account: Account;
  readonly release: Release;
  readonly regions: Regions;
  readonly support: KubernetesSupport;
  /** The day of the run, YYYY-MM-DD: it makes warnings, never errors or output. */
  readonly today: string;
}

export type Check = (subject: Subject) => Finding[];
