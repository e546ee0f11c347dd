import type { Problem } from "../../language/problem";
import { meantOrKnown } from "../../language/suggest";
import { descend, type MapTree, placeOf } from "../../language/yaml/tree";
import type { GuardException } from "../model/guard";
import { parseWithPlaces } from "../parse/parse-with-places";
import { guardException } from "../schema/guard";
import { type DefinitionFiles, nameOfFile } from "./files";
import { readDefinition } from "./read-definition";

/** An exception that counts for longer is forgotten before it ends. */
const LONGEST_DAYS = 31;

/** Reads the exceptions of the guard. Those with an error are left out, and let nothing pass. */
export function readExceptions(
  files: DefinitionFiles,
  today: string,
): { readonly exceptions: readonly GuardException[]; readonly problems: readonly Problem[] } {
  const clusters = files.clusterFiles().map(nameOfFile);
  const problems: Problem[] = [];
  const exceptions = files.exceptionFiles().flatMap((file): GuardException[] => {
    const { root, problems: wrong } = readDefinition(file);
    problems.push(...wrong);
    if (root === undefined) return [];
    const parsed = parseWithPlaces(root, guardException);
    problems.push(...parsed.problems);
    if (parsed.value === undefined || parsed.problems.length > 0 || wrong.some(({ severity }) => severity === "error"))
      return [];
    const exception = { ...parsed.value, name: nameOfFile(file), file };
    problems.push(...doubts(root, exception, { clusters, today }));
    return [exception];
  });
  return { exceptions, problems };
}

function doubts(
  root: MapTree,
  { cluster, until }: GuardException,
  { clusters, today }: { readonly clusters: readonly string[]; readonly today: string },
): Problem[] {
  const warning = (key: string, message: string): Problem => ({
    rule: "guard-exception",
    severity: "warning",
    place: placeOf(descend(root, [key]).tree),
    path: key,
    message,
  });
  const known = clusters.includes(cluster);
  const suggestion = meantOrKnown(cluster, clusters);
  return [
    ...(known ? [] : [warning("cluster", `no cluster is named ${JSON.stringify(cluster)}${suggestion}`)]),
    ...(until < today
      ? [warning("until", `is over (${until}), so the exception lets nothing pass. Remove the file`)]
      : []),
    ...(until > lastDay(today)
      ? [warning("until", `is more than ${LONGEST_DAYS} days away. Choose a day until which the change is applied`)]
      : []),
  ];
}

function lastDay(today: string): string {
  const day = new Date(`${today}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + LONGEST_DAYS);
  return day.toISOString().slice(0, 10);
}
