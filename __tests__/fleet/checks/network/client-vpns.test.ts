import { testReports } from "../../../support/definition";

const association = (name: string, zones: string): string =>
  `  - { name: ${name}, client_vpn_endpoint_id: cvpn-endpoint-01234567, tier: intra, availability_zones: [${zones}] }`;
const ONE = `client_vpn_associations:\n${association("x", "us-east-1a")}`;

describe("a Client VPN association", () => {
  testReports({
    "has zones of the network, each once": {
      networking: `client_vpn_associations:\n${association("x", "us-east-1f, us-east-1a, us-east-1a")}`,
      reports: [
        '10:102 tfvars.networking.client_vpn_associations[x].availability_zones[0]: "us-east-1f" is not a zone of the cluster\'s network. Did you mean "us-east-1a"? Its zones: us-east-1a, us-east-1b, us-east-1c',
        "10:126 tfvars.networking.client_vpn_associations[x].availability_zones[2]: lists us-east-1a twice. Remove one of them",
      ],
    },
    "is the only one of its endpoint": {
      networking: `${ONE}\n${association("y", "us-east-1b")}`,
      reports: [
        "11:44 tfvars.networking.client_vpn_associations[y].client_vpn_endpoint_id: x already associates cvpn-endpoint-01234567. Name all zones in one of them",
      ],
    },
    "refuses subnets of a /28": {
      networking: `subnet_prefix_lengths: { intra: 28 }\n${ONE}`,
      reports: [
        "11:74 tfvars.networking.client_vpn_associations[x].tier: a Client VPN endpoint requires subnets of at least a /27, but the intra subnets are a /28. Choose another tier, or a shorter subnet_prefix_lengths.intra",
      ],
    },
    "accepts subnets of a /27": { networking: `subnet_prefix_lengths: { intra: 27 }\n${ONE}`, reports: [] },
    "refuses a VPC with dedicated tenancy": {
      networking: `instance_tenancy: dedicated\n${ONE}`,
      reports: [
        "9:23 tfvars.networking.instance_tenancy: must not be dedicated, because Client VPN endpoints do not support VPCs with dedicated tenancy. Set default here, and dedicated for the groups that require it",
      ],
    },
  });
});
