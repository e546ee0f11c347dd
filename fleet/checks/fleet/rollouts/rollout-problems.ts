import type { Problem } from "../../../../language/problem";
import { ifCertain } from "../../../../language/refused";
import { descend, formatPath, placeOf } from "../../../../language/yaml/tree";
import type { Selectable } from "../../../model/rollouts";
import type { ReadRollouts } from "../../../read/rollouts";
import type { ResolvedDefinition } from "../../../rules/resolved-definition";
import type { RolloutContext, RolloutRule } from "./context";
import { checkFreezes, checkFrozenClusters } from "./freezes";
import { checkHealthChecks, checkHealthy } from "./health-checks";
import { checkMembership, checkNeverTogether, checkSelect } from "./membership";
import { checkRecords, checkRecordsPlace } from "./records";
import { checkSelectors } from "./selectors";

const RULES: readonly RolloutRule[] = [
  checkRecords,
  checkSelect,
  checkSelectors,
  checkMembership,
  checkNeverTogether,
  checkHealthChecks,
  checkHealthy,
  checkFreezes,
  checkFrozenClusters,
  checkRecordsPlace,
];

/** Returns everything that is wrong in `rollouts.yaml`, judged with every cluster. */
export function rolloutProblems(
  { problems, root, value }: ReadRollouts,
  resolved: readonly ResolvedDefinition[],
  facts: Omit<RolloutContext, "clusters" | "rollouts">,
): Problem[] {
  if (root === undefined || value === undefined) return [...problems];
  const context = { ...facts, rollouts: value, clusters: resolved.flatMap(selectable) };
  const found = RULES.flatMap((rule) => ifCertain(() => rule(context)) ?? []);
  return [
    ...problems,
    ...found.map(
      ({ message, path, severity = "error" as const }): Problem => ({
        rule: "rollouts",
        severity,
        place: placeOf(descend(root, path).tree),
        path: formatPath(root, path),
        message,
      }),
    ),
  ];
}

/** A cluster whose `meta` or `tfvars` is refused is in no wave: its error is reported where it stands. */
function selectable({ name, subject }: ResolvedDefinition): Selectable[] {
  if (subject === undefined) return [];
  return ifCertain(() => [{ name, meta: subject.definition.meta, tfvars: subject.definition.tfvars }]) ?? [];
}
