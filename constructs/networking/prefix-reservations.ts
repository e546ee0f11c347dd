import { Ec2SubnetCidrReservation } from "@cdktf/provider-aws/lib/ec2-subnet-cidr-reservation";
import { Construct } from "constructs";
import type { Cluster } from "../../fleet/model/cluster";
import { podTier } from "../../fleet/network/subnets";
import { blockWithin, prefixLength } from "../../language/words/cidr";
import { CompositionError } from "../composition-error";
import type { NetworkRef } from "./network-ref";

export interface PrefixReservationsProps {
  readonly cluster: Cluster;
  readonly subnetIds: NetworkRef["subnet_ids"];
}

/**
 * Keeps the upper half of every subnet that pods are in for whole prefixes. Without it, single addresses of nodes and load
 * balancers come to lie all over the subnet, and one day no 16 free ones in a row are left though thousands are free.
 */
export class PrefixReservations extends Construct {
  constructor(scope: Construct, id: string, { cluster, subnetIds }: PrefixReservationsProps) {
    super(scope, id);
    const tier = podTier(cluster.tfvars);
    for (const { zone, [tier]: range } of cluster.subnets) {
      const subnetId = subnetIds[tier]?.[zone];
      if (range === undefined || subnetId === undefined) continue; // a local zone has no subnet for pods alone
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
