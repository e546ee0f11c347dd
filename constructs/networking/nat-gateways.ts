import { Eip } from "@cdktf/provider-aws/lib/eip";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Networking } from "../../fleet/model/cluster";
import { CompositionError } from "../composition-error";

export interface NatGatewaysProps {
  readonly slug: string;
  readonly vpcId: string;
  readonly mode: Networking["nat_gateways"];
  /** Zones of the private subnets, the first zone first. */
  readonly zones: readonly string[];
  /** Zone -> public subnet. A regional gateway requires none. */
  readonly publicSubnetIds: Readonly<Record<string, string>>;
  /** Elastic IPs that exist already, one for each gateway, or for each zone of a regional one; none to make them. */
  readonly allocationIds: readonly string[];
  /** The internet gateway: a NAT gateway does not come up without one. */
  readonly after: ITerraformDependable;
}

/** The way out for private subnets. */
export class NatGateways extends Construct {
  /** Zone -> NAT gateway of its private subnet; empty if there is none. */
  readonly idByZone: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: NatGatewaysProps) {
    super(scope, id);
    const { zones } = props;

    switch (props.mode) {
      case "none":
        this.idByZone = {};
        break;
      case "single": {
        const [first] = zones;
        if (first === undefined) throw new CompositionError(this, "the network has no zone");
        const only = this.gateway(first, 0, props);
        this.idByZone = Object.fromEntries(zones.map((zone) => [zone, only]));
        break;
      }
      case "per_zone":
        this.idByZone = Object.fromEntries(zones.map((zone, place) => [zone, this.gateway(zone, place, props)]));
        break;
      case "regional": {
        const only = this.regional(props);
        this.idByZone = Object.fromEntries(zones.map((zone) => [zone, only]));
        break;
      }
      default: {
        const unknown: never = props.mode;
        throw new CompositionError(this, `nat_gateways "${unknown}" is not one of none, single, per_zone, regional`);
      }
    }
  }

  /** Named by its zone in every mode, so going from one to all leaves the first as it is. */
  private gateway(zone: string, place: number, props: NatGatewaysProps): string {
    const { slug, publicSubnetIds, allocationIds, after } = props;
    const tags = { Name: `${slug}-${zone}` };
    const subnetId = publicSubnetIds[zone];
    if (subnetId === undefined) throw new CompositionError(this, `zone ${zone} has no public subnet`);
    const allocationId =
      allocationIds.length === 0
        ? new Eip(this, `${zone}-address`, { domain: "vpc", tags }).allocationId
        : allocationIds[place];
    if (allocationId === undefined) throw new CompositionError(this, `zone ${zone} has no Elastic IP in the list`);
    return new NatGateway(this, zone, { allocationId, subnetId, tags, dependsOn: [after] }).id;
  }
  /** One gateway in all zones of the VPC. Without addresses in the list, AWS adds zones and addresses as instances start. */
  private regional({ slug, vpcId, zones, allocationIds, after }: NatGatewaysProps): string {
    return new NatGateway(this, "regional", {
      vpcId,
      availabilityMode: "regional",
      ...(allocationIds.length > 0 && {
        availabilityZoneAddress: zones.map((availabilityZone, place) => {
          const allocationId = allocationIds[place];
          if (allocationId === undefined) {
            throw new CompositionError(this, `zone ${availabilityZone} has no Elastic IP in the list`);
          }
          return { availabilityZone, allocationIds: [allocationId] };
        }),
      }),
      tags: { Name: slug },
      dependsOn: [after],
    }).id;
  }
}
