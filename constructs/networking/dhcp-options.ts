import { VpcDhcpOptions } from "@cdktf/provider-aws/lib/vpc-dhcp-options";
import { VpcDhcpOptionsAssociation } from "@cdktf/provider-aws/lib/vpc-dhcp-options-association";
import { Construct } from "constructs";
import type { Cluster } from "../../fleet/model/cluster";
import { setsDhcpOptions } from "../../fleet/network/vpc-ranges";

export interface DhcpOptionsProps {
  readonly cluster: Cluster;
  readonly vpcId: string;
}

/** What the VPC's instances are told by DHCP, where the definition says anything of it. */
export class DhcpOptions extends Construct {
  constructor(scope: Construct, id: string, { cluster, vpcId }: DhcpOptionsProps) {
    super(scope, id);
    const { dhcp_options } = cluster.tfvars.networking;
    if (!setsDhcpOptions(dhcp_options)) return;
    const { domain_name, domain_name_servers, netbios_name_servers, netbios_node_type, ntp_servers } = dhcp_options;

    const options = new VpcDhcpOptions(this, "Resource", {
      // What a set of options of our own leaves out, instances are not told at all.
      domainName: domain_name ?? ownDomain(cluster.tfvars.common.aws_region),
      domainNameServers: domain_name_servers.length === 0 ? ["AmazonProvidedDNS"] : [...domain_name_servers],
      ...(ntp_servers.length === 0 ? {} : { ntpServers: [...ntp_servers] }),
      ...(netbios_name_servers.length === 0 ? {} : { netbiosNameServers: [...netbios_name_servers] }),
      ...(netbios_node_type === null ? {} : { netbiosNodeType: String(netbios_node_type) }),
      tags: { Name: cluster.slug },
    });
    new VpcDhcpOptionsAssociation(this, "association", { vpcId, dhcpOptionsId: options.id });
  }
}

/** The domain of instances' private names, which the region's own options tell. */
function ownDomain(region: string): string {
  return region === "us-east-1" ? "ec2.internal" : `${region}.compute.internal`;
}
