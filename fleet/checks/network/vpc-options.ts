import { namedTwice } from "../../../language/twice";
import type { Check, Finding } from "../../rules/finding";

const DHCP = ["tfvars", "networking", "dhcp_options"] as const;
const EXCLUSIONS = ["tfvars", "networking", "public_access_block_exclusions"] as const;

/** Servers are named once, and names that only AWS's DNS knows can still be asked for. */
export const checkDhcpOptions: Check = ({ definition }) => {
  const { domain_name_servers, netbios_name_servers, ntp_servers } = definition.tfvars.networking.dhcp_options;
  const path = [...DHCP, "domain_name_servers"];
  const findings: Finding[] = [
    ...namedTwice(domain_name_servers, path),
    ...namedTwice(ntp_servers, [...DHCP, "ntp_servers"]),
    ...namedTwice(netbios_name_servers, [...DHCP, "netbios_name_servers"]),
  ];
  if (domain_name_servers.length > 0 && !domain_name_servers.includes("AmazonProvidedDNS")) {
    const message =
      "has no AmazonProvidedDNS, which alone knows the private endpoint of the cluster, VPC endpoints and private zones: these servers must forward to it. To forward some domains only, leave this empty and use resolver_rules";
    findings.push({ path, severity: "warning", message });
  }
  return findings;
};

/** An exclusion of the whole VPC leaves nothing to exclude. */
export const checkPublicAccessExclusions: Check = ({ definition }) => {
  const { vpc, ...tiers } = definition.tfvars.networking.public_access_block_exclusions;
  if (vpc === null) return [];
  return Object.entries(tiers).flatMap(([tier, mode]): Finding[] =>
    mode === null
      ? []
      : [
          {
            path: [...EXCLUSIONS, tier],
            given: [[...EXCLUSIONS, "vpc"]],
            message: `has no effect beside vpc: ${vpc}, which excludes all subnets: keep one of them`,
          },
        ],
  );
};
