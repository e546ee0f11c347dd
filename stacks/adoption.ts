import { TerraformResource } from "cdktf";
import { CompositionError } from "../constructs/composition-error";
import type { Adoption } from "../fleet/model/cluster";
import type { ClusterStack } from "./cluster-stack";

/**
 * Lets Terraform import the existing resources of stacks instead of creating them. Attributes that stay are ignored, because a difference
 * would replace the resource.
 */
export function adopt(adoption: Adoption | undefined, stacks: readonly ClusterStack[]): void {
  for (const [kind, adopted] of Object.entries(adoption ?? {})) {
    const stack = stacks.find((each) => each.kind === kind);
    if (stack !== undefined && adopted !== undefined) adoptInto(stack, adopted);
  }
}

function adoptInto(stack: ClusterStack, adopted: NonNullable<Adoption[keyof Adoption]>): void {
  const resources = new Map(
    stack.node
      .findAll()
      .filter((child): child is TerraformResource => TerraformResource.isTerraformResource(child))
      .map((resource) => [`${resource.terraformResourceType}.${resource.friendlyUniqueId}`, resource]),
  );
  for (const [address, { id, keep = [] }] of Object.entries(adopted)) {
    const resource = resources.get(address);
    if (resource === undefined)
      throw new CompositionError(
        stack,
        `adopted/${stack.cluster.name}.yaml names ${address}, which the stack does not have`,
      );
    if (id !== undefined) resource.importFrom(id);
    if (keep.length === 0) continue;
    const before = resource.lifecycle?.ignoreChanges;
    if (before === "all") continue;
    resource.lifecycle = { ...resource.lifecycle, ignoreChanges: [...(before ?? []), ...keep] };
  }
}
