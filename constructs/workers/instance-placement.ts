import type { LaunchTemplateConfig } from "@cdktf/provider-aws/lib/launch-template";
import { PlacementGroup } from "@cdktf/provider-aws/lib/placement-group";
import type { Construct } from "constructs";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Worker } from "../../fleet/model/cluster";
import { generationName } from "../../fleet/nodes/generation";
import { given } from "../../language/given";

/** Returns the hardware and the reservation that instances start on. Creates the placement group if no existing one is named. */
export function instancePlacement(scope: Construct, slug: string, worker: Worker): Partial<LaunchTemplateConfig> {
  const { cpu_credits, host_resource_group_arn, license_configuration_arns: licenses, tenancy } = worker;
  const placement = given({
    groupName: placementGroupName(scope, slug, worker),
    tenancy: tenancy === "default" ? undefined : tenancy,
    hostResourceGroupArn: host_resource_group_arn,
  });
  return {
    ...given({
      placement: unlessEmpty(placement),
      creditSpecification: cpu_credits && { cpuCredits: cpu_credits },
      licenseSpecification:
        licenses.length === 0 ? undefined : licenses.map((arn) => ({ licenseConfigurationArn: arn })),
    }),
    ...reservation(worker),
  };
}

function placementGroupName(scope: Construct, slug: string, worker: Worker): string | undefined {
  const wanted = worker.placement_group;
  if (wanted === null) return undefined;
  const { existing_name, partition_count, spread_level, strategy } = wanted;
  if (existing_name !== undefined || strategy === undefined) return existing_name;
  const group = new PlacementGroup(scope, "placement-group", {
    // A placement group cannot be changed: another strategy is another group, created while instances use the old one.
    name: boundedName(
      slug,
      `${generationName(worker)}-${strategy}-${partition_count ?? spread_level ?? 0}`,
      NAME_LIMITS.placement_group,
    ),
    strategy,
    ...given({ partitionCount: partition_count, spreadLevel: spread_level }),
    lifecycle: { createBeforeDestroy: true },
  });
  return group.name;
}

function reservation({ capacity_reservation, capacity_type }: Worker): Partial<LaunchTemplateConfig> {
  if (capacity_reservation === null) return {};
  const { id, preference, resource_group_arn } = capacity_reservation;
  const target = given({ capacityReservationId: id, capacityReservationResourceGroupArn: resource_group_arn });
  return {
    capacityReservationSpecification: given({
      capacityReservationPreference: preference,
      capacityReservationTarget: unlessEmpty(target),
    }),
    ...given({
      instanceMarketOptions: capacity_type === "CAPACITY_BLOCK" ? { marketType: "capacity-block" } : undefined,
    }),
  };
}

function unlessEmpty<Block extends object>(block: Block): Block | undefined {
  return Object.keys(block).length === 0 ? undefined : block;
}
