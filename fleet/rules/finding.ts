import type { Path } from "../../language/yaml/tree";
import type { Subject } from "../model/subject";

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

export type Check = (subject: Subject) => Finding[];
