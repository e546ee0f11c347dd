import type { Problem } from "../../../language/problem";
import { ifCertain } from "../../../language/refused";
import { didYouMean, meantOrKnown } from "../../../language/suggest";
import { descend, type Path, placeOf } from "../../../language/yaml/tree";
import type { Layers } from "../../read/layers";
import type { ResolvedDefinition } from "../../rules/resolved-definition";

/** Reports owners that no cluster has, and owners of clusters whose changes only the platform team can approve. */
export function pipelineOwnerProblems(layers: Layers, resolved: readonly ResolvedDefinition[]): Problem[] {
  const { pipelines } = layers;
  if (pipelines === undefined) return [];
  const listed = Object.keys(pipelines.value.owners ?? {});
  const used = new Set(
    resolved.flatMap(({ subject }) =>
      subject === undefined ? [] : (ifCertain(() => subject.definition.meta.OWNER) ?? []),
    ),
  );
  const warning = (path: Path, message: string): Problem => ({
    rule: "pipelines",
    severity: "warning",
    place: placeOf(descend(pipelines.root, path).tree),
    path: path.join("."),
    message,
  });
  const accounts = layers.files.names("accounts");
  const { records_account } = pipelines.value;
  return [
    ...listed
      .filter((owner) => !used.has(owner))
      .map((owner) =>
        warning(
          ["owners", owner],
          `no cluster has the OWNER ${owner}${didYouMean(owner, [...used])}. Remove it, or rename it`,
        ),
      ),
    ...(records_account === undefined || accounts.includes(records_account)
      ? []
      : [
          {
            ...warning(
              ["records_account"],
              `unknown account ${JSON.stringify(records_account)}${meantOrKnown(records_account, accounts)}`,
            ),
            severity: "error" as const,
          },
        ]),
  ];
}
