import { GUARD_RULES } from "../../fleet/schema/guard";
import type { GuardRules } from "./report";
import { RULES } from "./rules/rules";

/** Returns the rules as data. */
export function listRules(): GuardRules {
  return {
    version: 1,
    rules: GUARD_RULES.map((rule) => {
      const { find: _find, ...words } = RULES[rule];
      return { rule, ...words };
    }),
  };
}
