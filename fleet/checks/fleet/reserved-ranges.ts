import { join } from "node:path";
import type { Problem } from "../../../language/problem";
import { overlaps } from "../../../language/words/cidr";
import { descend, placeOf } from "../../../language/yaml/tree";
import { usesExistingVpc } from "../../network/existing-vpc";
import { VPC_CIDR } from "../../network/zones";
import type { Layers } from "../../read/layers";
import { comparable, findingProblems, type ResolvedDefinition } from "../../rules/resolved-definition";
import { freeRange, type InAccount } from "./free-range";

/** The file of reserved ranges in a directory of definitions. */
const FILE = "ranges.yaml";

/**
 * Compares the ranges of new VPCs with those that ranges.yaml reserves; without that file it reports nothing. Two branches that reserve
 * the same range write the same line, so that git reports the conflict, which no check of one branch alone can see.
 */
export function reservationProblems(
  layers: Layers,
  resolved: readonly ResolvedDefinition[],
  every: readonly string[],
): Problem[] {
  const { ranges } = layers;
  if (ranges === undefined) return [];
  const file = join(layers.files.directory, FILE);
  const read = comparable(resolved);
  const subjects = read.map(({ subject }): InAccount => subject);
  const ofClusters = read.flatMap((definition) => {
    const { name, subject } = definition;
    const { meta, tfvars } = subject.definition;
    if (usesExistingVpc(tfvars.networking)) return [];
    const { vpc_cidr } = tfvars.networking;
    const reserved = Object.entries(ranges.value[meta.ACCOUNT] ?? {});
    const report = (message: string): Problem[] =>
      findingProblems(definition, [
        {
          rule: "reserved-ranges",
          path: VPC_CIDR,
          message,
          because: [
            ["meta", "ACCOUNT"],
            ["meta", "CLUSTER_NAME"],
          ],
        },
      ]);
    const others = reserved.filter(([range, cluster]) => cluster !== name && overlaps(range, vpc_cidr));
    const [other] = others;
    if (other !== undefined) {
      const [range, cluster] = other;
      const { line, column } = placeOf(descend(ranges.root, [meta.ACCOUNT, range]).tree);
      const free =
        subjects.length === every.length
          ? freeRange(subject, subjects, (account) => layers.reservedRanges(account))
          : "";
      const where = range === vpc_cidr ? "" : ` overlaps ${range}, which`;
      return report(
        `${vpc_cidr}${where} is reserved for ${cluster} (${file}:${line}:${column}). Choose another range${free}`,
      );
    }
    if (reserved.some(([range, cluster]) => range === vpc_cidr && cluster === name)) return [];
    const line = `"${vpc_cidr}: ${name}" below ${meta.ACCOUNT}`;
    const old = reserved.find(([, cluster]) => cluster === name);
    return report(
      old === undefined
        ? `${vpc_cidr} is not reserved in ${file}. Add the line ${line}`
        : `${file} reserves ${old[0]} for this cluster, not ${vpc_cidr}. Replace that line by ${line}`,
    );
  });
  return resolved.length < every.length ? ofClusters : [...ofClusters, ...leftReservations(ranges, every)];
}

/** Warns of reservations for clusters without a file: no cluster can use such a range. */
function leftReservations({ root, value }: NonNullable<Layers["ranges"]>, every: readonly string[]): Problem[] {
  const names = new Set(every);
  return Object.entries(value).flatMap(([account, reserved]) =>
    Object.entries(reserved).flatMap(([range, cluster]): Problem[] => {
      if (names.has(cluster)) return [];
      const place = placeOf(descend(root, [account, range]).tree);
      const message = `is reserved for ${cluster}, which has no file in clusters/. Remove the line if the cluster is gone`;
      return [{ rule: "reserved-ranges", severity: "warning", place, path: `${account}.${range}`, message }];
    }),
  );
}
