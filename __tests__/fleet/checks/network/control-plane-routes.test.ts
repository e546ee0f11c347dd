import { testReports } from "../../../support/definition";

const office = (tiers: string): string =>
  `transit_gateway_attachments: [{ name: x, transit_gateway_id: tgw-01234567, destination_cidrs: [10.60.0.0/16], tiers: [${tiers}] }]`;
const RULES = `resolver_rules:
  - { name: a, domain_name: a.example.com, target_ips: [10.60.0.10, 10.61.0.10] }
  - { name: b, domain_name: b.example.com, target_ips: [10.60.0.10], resolver_endpoint_id: rslvr-out-0123456789abcdef0 }`;
const cluster = `private_access_cidrs: [10.60.8.0/24, 10.0.0.0/8]
remote_networks: { node_cidrs: [10.60.16.0/24], pod_cidrs: [10.60.32.0/24] }`;

describe("a range that the control plane or the resolver reaches through a connection", () => {
  testReports({
    "is routed by the intra subnets": {
      networking: `${office("private")}\n${RULES}`,
      cluster,
      reports: [
        "11:61 tfvars.networking.resolver_rules[a].target_ips[0]: 10.60.0.10 is reached through transit_gateway_attachments[x], but the resolver asks it from the intra subnets, which have no route to it. Add intra to the tiers of the connection",
        "15:28 tfvars.cluster.private_access_cidrs[0]: 10.60.8.0/24 is reached through transit_gateway_attachments[x], but the API answers it from the intra subnets, which have no route to it. Add intra to the tiers of the connection",
        "16:37 tfvars.cluster.remote_networks.node_cidrs[0]: 10.60.16.0/24 is reached through transit_gateway_attachments[x], but the control plane calls it from the intra subnets, which have no route to it. Add intra to the tiers of the connection",
        "16:65 tfvars.cluster.remote_networks.pod_cidrs[0]: 10.60.32.0/24 is reached through transit_gateway_attachments[x], but the control plane calls it from the intra subnets, which have no route to it. Add intra to the tiers of the connection",
      ],
    },
    "is not reported if the intra subnets route it": {
      networking: `${office("private, intra")}\n${RULES}`,
      cluster,
      reports: [],
    },
    "is not reported if it is a part of the VPC": {
      networking: `vpc_cidr: 10.50.0.0/16\n${office("private").replace("10.60.0.0/16", "10.48.0.0/12")}`,
      cluster: "private_access_cidrs: [10.50.8.0/24]",
      reports: [
        "12:28 tfvars.cluster.private_access_cidrs[0]: has no effect because 10.50.8.0/24 is in the VPC, which always reaches the private endpoint. Remove it",
      ],
    },
    "is not reported if the intra subnets route it through another connection": {
      networking: `transit_gateway_attachments:
  - { name: x, transit_gateway_id: tgw-01234567, destination_cidrs: [10.60.0.0/16], tiers: [private] }
  - { name: y, transit_gateway_id: tgw-76543210, destination_cidrs: [10.60.0.0/20], tiers: [intra] }`,
      cluster: "private_access_cidrs: [10.60.8.0/24]",
      reports: [],
    },
    "is routed by the private subnets if Auto Mode's pools put the control plane into them": {
      networking: `${office("intra")}\n${RULES}`,
      cluster: "private_access_cidrs: [10.60.8.0/24]\nauto_mode: { enabled: true, node_pools: [general-purpose] }",
      reports: [
        "15:28 tfvars.cluster.private_access_cidrs[0]: 10.60.8.0/24 is reached through transit_gateway_attachments[x], but the API answers it from the private subnets, which have no route to it. Add private to the tiers of the connection",
      ],
    },
    "is not reported if there are no intra subnets and the private subnets route it": {
      networking: `${office("private")}\nsubnet_tiers: [private, public]\n${RULES}`,
      cluster,
      reports: [],
    },
  });
});
