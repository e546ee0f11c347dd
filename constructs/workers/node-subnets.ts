import type { Construct } from "constructs";
import { CompositionError } from "../composition-error";
import type { NodeGroupProps } from "./node-group";

/** Returns the group's subnets, one in each of its zones. */
export function nodeSubnetIds(scope: Construct, { group, network }: NodeGroupProps): string[] {
  const { subnet_tier } = group.worker;
  return group.zones.map((zone) => {
    const subnetId = network.subnet_ids[subnet_tier][zone];
    if (subnetId === undefined) {
      throw new CompositionError(scope, `zone ${zone} has no ${subnet_tier} subnet: ${network.zones.join(", ")}`);
    }
    return subnetId;
  });
}
