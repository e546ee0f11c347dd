import type { Path } from "../../language/yaml/tree";
import type { Account, Definition, KubernetesSupport, Regions, Release } from "../model/cluster";

/** What a check has to say about a key of a definition; where that was written is found later. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
  readonly severity?: "warning";
  /** Told only where the cluster's own file says it: what a layer says is meant for other clusters too. */
  readonly own?: true;
  /** Other values that it compares with: where one of them was refused, there is nothing to compare. */
  readonly given?: readonly Path[];
}

/** What a check of one cluster may look at. */
export interface Subject {
  readonly definition: Definition;
  /** Undefined where it has errors of its own: what it would say cannot be relied on. */
  readonly account: Account | undefined;
  readonly release: Release | undefined;
  readonly regions: Regions;
  readonly support: KubernetesSupport;
  /** The day of the run, YYYY-MM-DD: it makes warnings, never errors or output. */
  readonly today: string;
}

export type Check = (subject: Subject) => Finding[];
