import { Ec2ClientVpnAuthorizationRule } from "@cdktf/provider-aws/lib/ec2-client-vpn-authorization-rule";
import { Ec2ClientVpnNetworkAssociation } from "@cdktf/provider-aws/lib/ec2-client-vpn-network-association";
import { Construct } from "constructs";
import type { Networking } from "../../../fleet/model/cluster";
import { CompositionError } from "../../composition-error";
import type { ConnectionProps } from "./connection-props";

type Association = Networking["client_vpn_associations"][number];

/** A Client VPN endpoint that connects to the VPC, and the networks that may use it. */
export class ClientVpnAssociation extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: ConnectionProps & { readonly association: Association; readonly ranges: readonly string[] },
  ) {
    super(scope, id);
    const { association, network, ranges } = props;
    const clientVpnEndpointId = association.client_vpn_endpoint_id;
    const associated = association.availability_zones.map((zone) => {
      const subnetId = network.subnet_ids[association.tier][zone];
      if (subnetId === undefined) throw new CompositionError(this, `no ${association.tier} subnet in ${zone}`);
      return new Ec2ClientVpnNetworkAssociation(this, zone, { clientVpnEndpointId, subnetId });
    });
    for (const targetNetworkCidr of ranges) {
      const to = targetNetworkCidr.replaceAll(/[./]/g, "-");
      const rule = { clientVpnEndpointId, targetNetworkCidr, description: props.owner.slug, dependsOn: associated };
      if (association.access_group_ids === undefined) {
        new Ec2ClientVpnAuthorizationRule(this, `all-to-${to}`, { ...rule, authorizeAllGroups: true });
      }
      for (const accessGroupId of association.access_group_ids ?? []) {
        new Ec2ClientVpnAuthorizationRule(this, `${accessGroupId}-to-${to}`, { ...rule, accessGroupId });
      }
    }
  }
}
