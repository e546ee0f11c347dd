import { join } from "node:path";
import type { Problem } from "../../language/problem";
import { meantOrKnown } from "../../language/suggest";
import type { Adoption } from "../model/cluster";
import { parseWithPlaces } from "../parse/parse-with-places";
import { adopted } from "../schema/files/adopted";
import { type DefinitionFiles, nameOfFile } from "./files";

interface ReadAdoption {
  /** Undefined if the cluster adopts nothing, or if the file has an error. */
  readonly adoption?: Adoption;
  readonly problems: readonly Problem[];
}

/** Reads what a cluster adopts. */
export function readAdoption(files: DefinitionFiles, cluster: string): ReadAdoption {
  const file = files.own(join("adopted", `${cluster}.yaml`));
  if (file === undefined) return { problems: [] };
  if (file.root === undefined) return { problems: file.problems };
  const parsed = parseWithPlaces(file.root, adopted);
  const problems = [...file.problems, ...parsed.problems];
  return parsed.value === undefined || problems.length > 0 ? { problems } : { adoption: parsed.value, problems };
}

/** Reports files of clusters that do not exist: a cluster that was renamed would adopt nothing, and be created again. */
export function strayAdoptions(files: DefinitionFiles): Problem[] {
  const clusters = files.clusterFiles().map(nameOfFile);
  return files.adoptedFiles().flatMap((file): Problem[] => {
    const name = nameOfFile(file);
    if (clusters.includes(name)) return [];
    const message = `no cluster is named ${JSON.stringify(name)}${meantOrKnown(name, clusters)}`;
    return [{ rule: "adopted", severity: "error", place: { file, line: 1, column: 1 }, path: "", message }];
  });
}
