import { testReports } from "../../../support/definition";

testReports({
  "DHCP options have each server once, and a node type that exists": {
    networking: "dhcp_options: { domain_name_servers: [AmazonProvidedDNS, 10.0.0.5, 10.0.0.5], netbios_node_type: 3 }",
    reports: [
      "9:72 tfvars.networking.dhcp_options.domain_name_servers[2]: lists 10.0.0.5 twice. Remove one of them",
      "9:102 tfvars.networking.dhcp_options.netbios_node_type: must be one of 1, 2, 4, 8 or null, got 3",
    ],
  },
  "DHCP options without the DNS server of AWS are a warning": {
    networking: "dhcp_options: { domain_name_servers: [10.0.0.5] }",
    reports: [
      "9:42 warning: tfvars.networking.dhcp_options.domain_name_servers: has no AmazonProvidedDNS. These servers must forward the names of VPC endpoints, private zones and the cluster's private endpoint to it. To forward only some domains, leave it empty and use resolver_rules",
    ],
  },
  "an exclusion of a tier has no effect beside one of the VPC": {
    networking: "public_access_block_exclusions: { vpc: allow-bidirectional, public: allow-egress }",
    reports: [
      "9:73 tfvars.networking.public_access_block_exclusions.public: has no effect because vpc: allow-bidirectional excludes all subnets. Remove it, or remove vpc",
    ],
  },
});
