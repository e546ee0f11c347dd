import type { Check } from "./finding";

/** A rule of `extensions/checks/`. Its id in reports is `extension/<name of the file>`. */
export interface OwnCheck {
  /** The purpose of the rule, in one line. */
  readonly summary: string;
  /** Is called for each cluster. What it reports has the path of a key, from `meta` or `tfvars` on. */
  readonly check: Check;
}

/** Types a rule of `extensions/checks/`; it does nothing else. */
export function defineCheck(check: OwnCheck): OwnCheck {
  return check;
}
