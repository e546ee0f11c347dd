import type { AutoscalingGroupMixedInstancesPolicy } from "@cdktf/provider-aws/lib/autoscaling-group";
import type { Worker } from "../../fleet/model/cluster";
import { asksForSpot } from "../../fleet/nodes/worker-kind";
import { given } from "../../language/given";
import { instanceRequirements } from "./instance-requirements";
import type { NodeLaunchTemplate } from "./node-launch-template";

/** Returns the instances of a self-managed group, and how it buys them. */
export function mixedInstances(worker: Worker, template: NodeLaunchTemplate): AutoscalingGroupMixedInstancesPolicy {
  const { instance_requirements, instance_types, instance_weights } = worker;
  return {
    instancesDistribution: distribution(worker),
    launchTemplate: {
      launchTemplateSpecification: { launchTemplateId: template.templateId, version: template.version },
      override:
        instance_requirements === null
          ? instance_types.map((instanceType) => {
              const weight = instance_weights[instanceType];
              return { instanceType, ...(weight !== undefined && { weightedCapacity: String(weight) }) };
            })
          : [{ instanceRequirements: instanceRequirements(instance_requirements) }],
    },
  };
}

function distribution(worker: Worker) {
  const { instance_requirements, on_demand_allocation_strategy } = worker;
  return {
    // In the order of instance_types; requirements have none, and Auto Scaling refuses the two together.
    onDemandAllocationStrategy:
      on_demand_allocation_strategy ?? (instance_requirements === null ? "prioritized" : "lowest-price"),
    onDemandBaseCapacity: worker.on_demand_base_capacity,
    onDemandPercentageAboveBaseCapacity:
      worker.on_demand_percentage_above_base_capacity ?? (asksForSpot(worker) ? 0 : 100),
    spotAllocationStrategy: worker.spot_allocation_strategy,
    ...given({ spotInstancePools: worker.spot_instance_pools }),
    ...(worker.spot_price !== null && { spotMaxPrice: String(worker.spot_price) }),
  };
}
