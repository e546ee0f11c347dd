import { Construct } from "constructs";
import type { Networking } from "../../../fleet/model/cluster";
import { CompositionError } from "../../composition-error";
import { ClientVpnAssociation } from "./client-vpn-association";
import type { ConnectionProps } from "./connection-props";
import { PrivateDns } from "./private-dns";
import { ResolverRules } from "./resolver-rules";
import { TransitGatewayAttachment } from "./transit-gateway-attachment";
import { type PeerNetwork, VpcPeering } from "./vpc-peering";
import { VpnConnections } from "./vpn-connections";

export interface ConnectionsProps extends ConnectionProps {
  readonly settings: Networking;
  /** True if no plan may remove private zones with records in them. */
  readonly deletionProtection: boolean;
  /** All IPv4 ranges of the VPC. */
  readonly ranges: readonly string[];
  /** CLUSTER_NAME -> the other side, for each cluster that the VPC is peered with. */
  readonly peers: Readonly<Record<string, PeerNetwork>>;
}

/** The connections of the VPC. Each is below its kind and its name, so it can be added and removed alone. */
export class Connections extends Construct {
  constructor(scope: Construct, id: string, all: ConnectionsProps) {
    super(scope, id);
    const { deletionProtection, network, owner, peers, ranges, settings } = all;
    const { client_vpn_associations, transit_gateway_attachments, vpc_peering_connections } = settings;
    const props = { owner, network };

    const peerings = new Construct(this, "peering");
    for (const peering of vpc_peering_connections) {
      const peer = peering.cluster === undefined ? undefined : peers[peering.cluster];
      if (peering.cluster !== undefined && peer === undefined)
        throw new CompositionError(this, `peering ${peering.name} leads to ${peering.cluster}, which was not loaded`);
      new VpcPeering(peerings, peering.name, { ...props, peering, peer, ranges });
    }
    const attachments = new Construct(this, "transit-gateway");
    const attached = transit_gateway_attachments.map((attachment) => {
      const made = new TransitGatewayAttachment(attachments, attachment.name, { ...props, attachment });
      return [attachment.name, { id: attachment.transit_gateway_id, attached: made.attached }] as const;
    });
    new VpnConnections(this, "vpn", { ...props, settings, transitGateways: Object.fromEntries(attached) });
    const clientVpns = new Construct(this, "client-vpn");
    for (const association of client_vpn_associations) {
      new ClientVpnAssociation(clientVpns, association.name, { ...props, association, ranges });
    }
    new PrivateDns(this, "names", { ...props, settings, deletionProtection });
    new ResolverRules(this, "resolver", { ...props, rules: settings.resolver_rules });
  }
}
