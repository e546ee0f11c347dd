import { VpcPeeringConnection, type VpcPeeringConnectionConfig } from "@cdktf/provider-aws/lib/vpc-peering-connection";
import { VpcPeeringConnectionAccepterA as VpcPeeringConnectionAccepter } from "@cdktf/provider-aws/lib/vpc-peering-connection-accepter";
import { VpcPeeringConnectionOptions } from "@cdktf/provider-aws/lib/vpc-peering-connection-options";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { Networking } from "../../../fleet/model/cluster";
import { given } from "../../../language/given";
import type { NetworkRef } from "../network-ref";
import type { ConnectionProps } from "./connection-props";
import { addRoutes, tablesOf } from "./routes";

type Peering = Networking["vpc_peering_connections"][number];

/** The facts about the other cluster of a peering that this cluster's stack uses. */
export interface PeerNetwork {
  readonly network: Pick<NetworkRef, "vpc_id" | "route_table_ids" | "subnet_ids">;
  readonly accountId: string;
  readonly region: string;
  /** All IPv4 ranges of its VPC, and its IPv6 block where it has one. */
  readonly ranges: readonly string[];
  readonly ipv6Block: string | undefined;
  /** Acts there; undefined where that is the account and region of this stack itself. */
  readonly provider: TerraformProvider | undefined;
}

export interface VpcPeeringProps extends ConnectionProps {
  readonly peering: Peering;
  /** All IPv4 ranges of this VPC: what the other side routes back. */
  readonly ranges: readonly string[];
  /** Undefined where the other side is no cluster's. */
  readonly peer: PeerNetwork | undefined;
}

/**
 * A peering connection. With a cluster, both sides of it: two stacks that each waited for the other's ids could never be applied
 * for the first time. With another VPC, this side only; the other accepts it and routes back by itself.
 */
export class VpcPeering extends Construct {
  constructor(scope: Construct, id: string, props: VpcPeeringProps) {
    super(scope, id);
    const { network, owner, peer, peering } = props;
    const tags = { Name: `${owner.slug}-${peering.name}` };
    const connection = new VpcPeeringConnection(this, "Resource", {
      vpcId: network.vpc_id,
      ...otherSide(props),
      tags,
    });
    const accepted =
      peer?.provider === undefined
        ? connection
        : new VpcPeeringConnectionAccepter(this, "accepter", {
            vpcPeeringConnectionId: connection.id,
            autoAccept: true,
            tags,
            provider: peer.provider,
          });
    this.resolveNames(connection.id, accepted, props);

    const target = { vpcPeeringConnectionId: connection.id, dependsOn: [accepted] };
    const cidrs = peer?.ranges ?? peering.destination_cidrs ?? [];
    // IPv6 is routed where both sides have it.
    const bothHaveIpv6 = peer?.ipv6Block !== undefined && network.vpc_ipv6_cidr_block !== undefined;
    const there = {
      cidrs,
      ipv6Cidrs: peering.destination_ipv6_cidrs ?? [],
      ipv6BlockOfPeer: bothHaveIpv6 ? peer.ipv6Block : undefined,
    };
    addRoutes(this, there, tablesOf(this, network, peering.tiers), target);
    if (peer !== undefined) {
      const back = new Construct(this, "back");
      const tables = tablesOf(back, peer.network, peering.peer_tiers ?? []);
      const by = given({ provider: peer.provider });
      const here = { cidrs: props.ranges, ipv6BlockOfPeer: bothHaveIpv6 ? network.vpc_ipv6_cidr_block : undefined };
      addRoutes(back, here, tables, { ...target, ...by });
    }
  }

  /** Creates the DNS options. Each side sets its own, which only its account and region can, once the connection is accepted. */
  private resolveNames(connectionId: string, accepted: ITerraformDependable, props: VpcPeeringProps): void {
    const { peer, peering } = props;
    const allowed = peering.allow_remote_vpc_dns_resolution;
    if (!allowed && peer === undefined && !staysWithin(props)) return;
    const common = { vpcPeeringConnectionId: connectionId, dependsOn: [accepted] };
    const names = { allowRemoteVpcDnsResolution: allowed };
    const together = peer !== undefined && peer.provider === undefined;
    new VpcPeeringConnectionOptions(this, "options", {
      ...common,
      requester: names,
      ...(together && { accepter: names }),
    });
    if (peer?.provider !== undefined) {
      new VpcPeeringConnectionOptions(this, "accepter-options", {
        ...common,
        accepter: names,
        provider: peer.provider,
      });
    }
  }
}

/** Returns the other side of the connection. AWS accepts only connections within an account and region by itself. */
function otherSide(
  props: VpcPeeringProps,
): Pick<VpcPeeringConnectionConfig, "peerVpcId" | "peerOwnerId" | "peerRegion" | "autoAccept"> {
  const { peer, peering } = props;
  const peerVpcId = peer?.network.vpc_id ?? peering.peer_vpc_id;
  if (peerVpcId === undefined) throw new TypeError(`peering ${peering.name} has no other side`);
  return staysWithin(props) ? { peerVpcId, autoAccept: true } : { peerVpcId, ...placeOf(props) };
}

function placeOf({ owner, peer, peering }: VpcPeeringProps) {
  return {
    peerOwnerId: peer?.accountId ?? peering.peer_owner_id ?? owner.accountId,
    peerRegion: peer?.region ?? peering.peer_region ?? owner.region,
  };
}

function staysWithin(props: VpcPeeringProps): boolean {
  const { peerOwnerId, peerRegion } = placeOf(props);
  return peerOwnerId === props.owner.accountId && peerRegion === props.owner.region;
}
