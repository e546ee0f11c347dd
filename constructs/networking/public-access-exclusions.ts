import { VpcBlockPublicAccessExclusion } from "@cdktf/provider-aws/lib/vpc-block-public-access-exclusion";
import { Construct } from "constructs";
import type { Networking } from "../../fleet/model/cluster";
import type { NetworkRef } from "./network-ref";

export interface PublicAccessExclusionsProps {
  readonly slug: string;
  readonly network: NetworkRef;
  readonly exclusions: Networking["public_access_block_exclusions"];
}

/** Exclusions from the account's block of public access: the whole VPC, or the subnets of a tier. */
export class PublicAccessExclusions extends Construct {
  constructor(scope: Construct, id: string, { exclusions, network, slug }: PublicAccessExclusionsProps) {
    super(scope, id);
    const { vpc, ...tiers } = exclusions;
    if (vpc !== null) {
      new VpcBlockPublicAccessExclusion(this, "vpc", {
        vpcId: network.vpc_id,
        internetGatewayExclusionMode: vpc,
        tags: { Name: slug },
      });
    }
    for (const tier of ["public", "private"] as const) {
      const mode = tiers[tier];
      if (mode === null) continue;
      for (const [zone, subnetId] of Object.entries(network.subnet_ids[tier])) {
        new VpcBlockPublicAccessExclusion(this, `${tier}-${zone}`, {
          subnetId,
          internetGatewayExclusionMode: mode,
          tags: { Name: `${slug}-${tier}-${zone}` },
        });
      }
    }
  }
}
