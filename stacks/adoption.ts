import { TerraformResource } from "cdktf";
import type { Adoption } from "../fleet/model/cluster";
import { didYouMean } from "../language/suggest";
import type { ClusterStack } from "./cluster-stack";

/**
 * Lets Terraform import the existing resources of stacks instead of creating them. Attributes that stay are ignored, because a difference
 * would replace the resource.
 */
export function adopt(adoption: Adoption | undefined, stacks: readonly ClusterStack[]): void {
  const unknown = Object.entries(adoption ?? {}).flatMap(([kind, adopted]) => {
    const stack = stacks.find((each) => each.kind === kind);
    return stack === undefined || adopted === undefined ? [] : adoptInto(stack, adopted);
  });
  if (unknown.length > 0) throw new AdoptionError(unknown.join("\n"));
}

/** Thrown if `adopted/<CLUSTER_NAME>.yaml` names resources that the cluster's stacks do not have. */
export class AdoptionError extends Error {}

/** Returns a message for each address that the stack does not have. */
function adoptInto(stack: ClusterStack, adopted: NonNullable<Adoption[keyof Adoption]>): string[] {
  const unknown: string[] = [];
  const resources = new Map(
    stack.node
      .findAll()
      .filter((child): child is TerraformResource => TerraformResource.isTerraformResource(child))
      .map((resource) => [`${resource.terraformResourceType}.${resource.friendlyUniqueId}`, resource]),
  );
  for (const [address, { id, keep = [] }] of Object.entries(adopted)) {
    const resource = resources.get(address);
    if (resource === undefined) {
      const key = `adopted/${stack.cluster.name}.yaml ${stack.kind}.${address}`;
      const meant =
        didYouMean(address, [...resources.keys()]) || ". Remove the entry, or restore the setting that created it";
      unknown.push(`${key}: the stack has no such resource${meant}`);
      continue;
    }
    if (id !== undefined) resource.importFrom(id);
    if (keep.length === 0) continue;
    const before = resource.lifecycle?.ignoreChanges;
    if (before === "all") continue;
    resource.lifecycle = { ...resource.lifecycle, ignoreChanges: [...(before ?? []), ...keep] };
  }
  return unknown;
}
