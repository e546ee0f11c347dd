import { GUARD_RULES } from "../../fleet/schema/guard";
import type { DescribedRule } from "./report";
import { RULES } from "./rules/rules";

/** Returns the rules as data. */
export function listRules(): DescribedRule[] {
  return GUARD_RULES.map((rule) => {
    const { find: _find, ...words } = RULES[rule];
    return { rule, ...words };
  });
}
