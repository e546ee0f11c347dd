import type { LaunchTemplateConfig } from "@cdktf/provider-aws/lib/launch-template";
import { PlacementGroup } from "@cdktf/provider-aws/lib/placement-group";
import type { Construct } from "constructs";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Cluster, Worker } from "../../fleet/model/cluster";

/** Which hardware and which reservation instances start on; makes the placement group where none is named. */
export function instancePlacement(scope: Construct, cluster: Cluster, worker: Worker): Partial<LaunchTemplateConfig> {
  const { cpu_credits, host_resource_group_arn, license_configuration_arns, tenancy } = worker;
  const groupName = placementGroupName(scope, cluster, worker);
  const placement = {
    ...(groupName === undefined ? {} : { groupName }),
    ...(tenancy === "default" ? {} : { tenancy }),
    ...(host_resource_group_arn === null ? {} : { hostResourceGroupArn: host_resource_group_arn }),
  };
  return {
    ...(Object.keys(placement).length === 0 ? {} : { placement }),
    ...(cpu_credits === null ? {} : { creditSpecification: { cpuCredits: cpu_credits } }),
    ...(license_configuration_arns.length === 0
      ? {}
      : { licenseSpecification: license_configuration_arns.map((arn) => ({ licenseConfigurationArn: arn })) }),
    ...reservation(worker),
  };
}

function placementGroupName(scope: Construct, { slug }: Cluster, worker: Worker): string | undefined {
  const wanted = worker.placement_group;
  if (wanted === null) return undefined;
  const { existing_name, partition_count, spread_level, strategy } = wanted;
  if (existing_name !== undefined || strategy === undefined) return existing_name;
  const group = new PlacementGroup(scope, "placement-group", {
    // Nothing of a placement group can be changed; another strategy is another group, made while instances hold the old one.
    name: boundedName(
      slug,
      `${worker.name}-${strategy}-${partition_count ?? spread_level ?? 0}`,
      NAME_LIMITS.placement_group,
    ),
    strategy,
    ...(partition_count === undefined ? {} : { partitionCount: partition_count }),
    ...(spread_level === undefined ? {} : { spreadLevel: spread_level }),
    lifecycle: { createBeforeDestroy: true },
  });
  return group.name;
}

function reservation({ capacity_reservation, capacity_type }: Worker): Partial<LaunchTemplateConfig> {
  if (capacity_reservation === null) return {};
  const { id, preference, resource_group_arn } = capacity_reservation;
  const target = {
    ...(id === undefined ? {} : { capacityReservationId: id }),
    ...(resource_group_arn === undefined ? {} : { capacityReservationResourceGroupArn: resource_group_arn }),
  };
  return {
    capacityReservationSpecification: {
      ...(preference === undefined ? {} : { capacityReservationPreference: preference }),
      ...(Object.keys(target).length === 0 ? {} : { capacityReservationTarget: target }),
    },
    ...(capacity_type === "CAPACITY_BLOCK" ? { instanceMarketOptions: { marketType: "capacity-block" } } : {}),
  };
}
