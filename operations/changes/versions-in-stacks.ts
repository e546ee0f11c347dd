import { existsSync, readFileSync } from "node:fs";
import type { BaseVersions } from "../../fleet/checks/fleet/version-steps";
import { stackId } from "../../fleet/model/stacks";
import { isMap } from "../../language/plain-map";
import { slugOf } from "../../language/words/names";
import { stackFile } from "../resources/read-stack";

/** Reads the Kubernetes versions of clusters from stacks that another version of the program wrote. */
export function versionsInStacks(output: string, clusters: readonly string[]): BaseVersions {
  return new Map(
    clusters.flatMap((cluster) => {
      const file = stackFile(output, stackId(slugOf(cluster), "eks-cluster"));
      const version = existsSync(file) ? versionIn(JSON.parse(readFileSync(file, "utf8"))) : undefined;
      return version === undefined ? [] : [[cluster, version] as const];
    }),
  );
}

function versionIn(stack: unknown): string | undefined {
  const resources = isMap(stack) && isMap(stack["resource"]) ? stack["resource"]["aws_eks_cluster"] : undefined;
  const [first] = isMap(resources) ? Object.values(resources) : [];
  return isMap(first) && typeof first["version"] === "string" ? first["version"] : undefined;
}
