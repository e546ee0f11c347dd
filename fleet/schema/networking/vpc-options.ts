import { z } from "zod";
import { domainName } from "../../../language/words/names";
import { ipv4Address } from "../../../language/words/network";

const servers = z.array(ipv4Address).max(4);

/** DHCP options of instances. */
export const dhcpOptions = z
  .strictObject({
    domain_name: domainName
      .nullable()
      .describe("Domain that names without a dot are looked up in; null gives AWS's own, such as ec2.internal."),
    domain_name_servers: z
      .array(z.union([z.literal("AmazonProvidedDNS"), ipv4Address]))
      .max(4)
      .describe(
        "DNS servers, at most 4, or AmazonProvidedDNS; empty gives AmazonProvidedDNS. Others must forward to it, or the cluster's private endpoint, VPC endpoints and private zones have no names.",
      ),
    ntp_servers: servers.describe("Time servers, at most 4; empty gives Amazon Time Sync."),
    netbios_name_servers: servers.describe("NetBIOS name servers for Windows, at most 4; empty for none."),
    netbios_node_type: z
      .literal([1, 2, 4, 8])
      .nullable()
      .describe("NetBIOS node type for Windows: 1, 2, 4 or 8; AWS recommends 2. null for none."),
  })
  .describe("DHCP options of the VPC; where all are left as they are, the VPC has the region's own.");

const exclusionMode = z.enum(["allow-bidirectional", "allow-egress"]).nullable();

/** Exclusions from the account's block of public access. */
export const publicAccessBlockExclusions = z
  .strictObject({
    vpc: exclusionMode.describe("For all of the VPC; null for no exclusion."),
    public: exclusionMode.describe("For the public subnets; null for no exclusion."),
    private: exclusionMode.describe("For the private subnets; null for no exclusion."),
  })
  .describe(
    "Exclusions from VPC Block Public Access. The block itself holds for a whole account and region, and belongs to the owner of the account: no cluster can own it.",
  );
