import type { Place } from "../../language/problem";
import type { RuleId } from "../../language/rule-ids";
import type { Path } from "../../language/yaml/tree";
import type { Subject } from "../model/subject";

/** A report of a rule about a key of a definition. The place of the value is found later. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
  readonly severity?: "warning";
  /** Reported only if the cluster's own file sets it: a value of a layer is meant for other clusters too. */
  readonly own?: true;
  /** Reported only where the value is a default that no other layer repeats. */
  readonly byDefault?: true;
  /**
   * Keys that cause it, such as the switch of an addon that requires what is missing. Where the value itself is not in the
   * cluster's own file, it is reported at the first of these that is, or else at the nearest map on the way to the value.
   */
  readonly because?: readonly Path[];
  /**
   * Keys that the value is compared with. A value of the cluster's layers is reported at one of these that is in the cluster's own
   * file, and a default at one that another layer sets.
   */
  readonly against?: readonly Path[];
}

/** A finding with the id of the rule that reports it. */
export interface RuledFinding extends Finding {
  readonly rule: RuleId;
  /** Place in the rule's code at which it failed; the finding is then not about the definition. */
  readonly failedAt?: Place | null;
}

/** Returns what a rule reports, with the rule's id. */
export function ruled(rule: RuleId, findings: readonly Finding[]): RuledFinding[] {
  return findings.map((finding) => ({ ...finding, rule }));
}

/** A rule about a whole definition. A rule that reads a value which was refused stops there and reports nothing. */
export type Check = (subject: Subject) => readonly Finding[];
