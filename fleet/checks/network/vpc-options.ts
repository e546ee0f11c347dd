import { namedTwice } from "../../../language/twice";
import type { Check } from "../../rules/finding";
import { noEffect } from "../../rules/forms";

const DHCP = ["tfvars", "networking", "dhcp_options"] as const;
const EXCLUSIONS = ["tfvars", "networking", "public_access_block_exclusions"] as const;

/** Returns a check that servers are listed once. */
function serversOnce(key: "domain_name_servers" | "netbios_name_servers" | "ntp_servers"): Check {
  return ({ definition }) => namedTwice(definition.tfvars.networking.dhcp_options[key], [...DHCP, key]);
}

const resolvesAwsNames: Check = ({ definition }) => {
  const { domain_name_servers } = definition.tfvars.networking.dhcp_options;
  if (domain_name_servers.length === 0 || domain_name_servers.includes("AmazonProvidedDNS")) return [];
  const message =
    "has no AmazonProvidedDNS. These servers must forward the names of VPC endpoints, private zones and the cluster's private endpoint to it. To forward only some domains, leave it empty and use resolver_rules";
  return [{ path: [...DHCP, "domain_name_servers"], severity: "warning", message }];
};

/** Returns a check that an exclusion of the whole VPC leaves subnets of a tier to exclude. */
function excludesMore(tier: "private" | "public"): Check {
  return ({ definition }) => {
    const { vpc, [tier]: mode } = definition.tfvars.networking.public_access_block_exclusions;
    if (vpc === null || mode === null) return [];
    return [noEffect([...EXCLUSIONS, tier], `vpc: ${vpc} excludes all subnets`, "or remove vpc")];
  };
}

export const vpcOptionRules: readonly Check[] = [
  serversOnce("domain_name_servers"),
  serversOnce("ntp_servers"),
  serversOnce("netbios_name_servers"),
  resolvesAwsNames,
  excludesMore("private"),
  excludesMore("public"),
];
