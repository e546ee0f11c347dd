import { VpcDhcpOptions } from "@cdktf/provider-aws/lib/vpc-dhcp-options";
import { VpcDhcpOptionsAssociation } from "@cdktf/provider-aws/lib/vpc-dhcp-options-association";
import { Construct } from "constructs";
import type { Networking } from "../../fleet/model/cluster";
import type { Owner } from "../../fleet/plan/owner";
import { given } from "../../language/given";

export interface DhcpOptionsProps {
  readonly owner: Owner;
  readonly vpcId: string;
  readonly options: Networking["dhcp_options"];
}

/** The DHCP options that the VPC's instances get in place of AWS's own. */
export class DhcpOptions extends Construct {
  constructor(scope: Construct, id: string, { options, owner, vpcId }: DhcpOptionsProps) {
    super(scope, id);
    const { domain_name, domain_name_servers, netbios_name_servers, netbios_node_type, ntp_servers } = options;
    const listed = (items: readonly string[]) => (items.length === 0 ? undefined : [...items]);

    const set = new VpcDhcpOptions(this, "Resource", {
      // A set of options replaces all of AWS's: instances get nothing for an option that it leaves out.
      domainName: domain_name ?? regionDomain(owner.region),
      domainNameServers: listed(domain_name_servers) ?? ["AmazonProvidedDNS"],
      ...given({
        ntpServers: listed(ntp_servers),
        netbiosNameServers: listed(netbios_name_servers),
        netbiosNodeType: netbios_node_type === null ? undefined : String(netbios_node_type),
      }),
      tags: { Name: owner.slug },
    });
    new VpcDhcpOptionsAssociation(this, "association", { vpcId, dhcpOptionsId: set.id });
  }
}

/** Returns the domain of instances' private names in AWS's own options for a region. */
function regionDomain(region: string): string {
  return region === "us-east-1" ? "ec2.internal" : `${region}.compute.internal`;
}
