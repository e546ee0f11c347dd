import { Ec2SubnetCidrReservation } from "@cdktf/provider-aws/lib/ec2-subnet-cidr-reservation";
import { Construct } from "constructs";
import type { NetworkPlan } from "../../fleet/plan/network-plan";
import { blockWithin, prefixLength } from "../../language/words/cidr";
import { CompositionError } from "../composition-error";
import type { NetworkRef } from "./network-ref";

export interface PrefixReservationsProps {
  readonly plan: Pick<NetworkPlan, "podTier" | "subnets">;
  readonly subnetIds: NetworkRef["subnet_ids"];
}

/**
 * Reserves the upper half of every subnet that pods are in for whole prefixes. Otherwise single addresses of nodes and load
 * balancers spread over the subnet until no 16 addresses in a row are free, even if thousands are.
 */
export class PrefixReservations extends Construct {
  constructor(scope: Construct, id: string, { plan, subnetIds }: PrefixReservationsProps) {
    super(scope, id);
    const tier = plan.podTier;
    for (const { zone, [tier]: range } of plan.subnets) {
      const subnetId = subnetIds[tier]?.[zone];
      if (range === undefined || subnetId === undefined) continue; // a local zone has no pod subnet
      const half = blockWithin(range, prefixLength(range) + 1, 1);
      if (half === undefined) throw new CompositionError(this, `${range} has no upper half`);
      new Ec2SubnetCidrReservation(this, zone, {
        subnetId,
        cidrBlock: half,
        reservationType: "prefix",
        description: "Prefixes of the VPC CNI",
      });
    }
  }
}
