import { testReports } from "../../../support/definition";

/** A peering connection with further keys. */
const peering = (name: string, more: string): string =>
  `  - { name: ${name}, tiers: [private], allow_remote_vpc_dns_resolution: false, ${more} }`;
const peerings = (...each: readonly string[]): string => `vpc_peering_connections:\n${each.join("\n")}`;
const VPC = "peer_vpc_id: vpc-0123456789abcdef0";

testReports({
  "a peering leads to a cluster or to another VPC": {
    networking: peerings(peering("x", "peer_owner_id: '444444444444'"), peering("y", `cluster: b.example.com, ${VPC}`)),
    reports: [
      "10:9 tfvars.networking.vpc_peering_connections[x]: requires cluster or peer_vpc_id. Set one of them",
      "11:9 tfvars.networking.vpc_peering_connections[y]: must not have both cluster and peer_vpc_id. Remove one of them",
      "11:87 tfvars.networking.vpc_peering_connections[y].cluster: cluster b.example.com does not exist",
    ],
  },
  "a peering with a VPC requires its ranges, and has no peer_tiers": {
    networking: peerings(peering("x", `peer_tiers: [private], ${VPC}`)),
    reports: [
      "10:9 tfvars.networking.vpc_peering_connections[x]: requires destination_cidrs. List the ranges of peer_vpc_id",
      "10:90 tfvars.networking.vpc_peering_connections[x].peer_tiers: is for a cluster of this directory. The route tables of peer_vpc_id are not managed here. Remove it",
    ],
  },
  "a peering with a VPC names a region that exists": {
    networking: peerings(peering("x", `peer_region: eu-west-9, destination_cidrs: [10.1.0.0/16], ${VPC}`)),
    reports: [
      '10:91 tfvars.networking.vpc_peering_connections[x].peer_region: unknown region "eu-west-9". Did you mean "eu-west-1"?',
    ],
  },
  "a peering with a VPC stays in one partition": {
    networking: peerings(peering("x", `peer_region: cn-north-1, destination_cidrs: [10.1.0.0/16], ${VPC}`)),
    reports: [
      "10:91 tfvars.networking.vpc_peering_connections[x].peer_region: cn-north-1 is in partition aws-cn and this cluster in aws. AWS peers VPCs within one partition only",
    ],
  },
  "accepts a peering with a VPC in another region of the partition": {
    networking: peerings(peering("x", `peer_region: eu-west-1, destination_cidrs: [10.1.0.0/16], ${VPC}`)),
    reports: [],
  },
  "a VPC has one peering": {
    networking: peerings(
      peering("x", `destination_cidrs: [10.1.0.0/16], ${VPC}`),
      peering("y", `destination_cidrs: [10.2.0.0/16], ${VPC}`),
    ),
    reports: [
      "11:125 tfvars.networking.vpc_peering_connections[y].peer_vpc_id: x already leads to vpc-0123456789abcdef0. Two VPCs have one peering connection. Remove one of them",
    ],
  },
  "a peering with a cluster requires peer_tiers, and has nothing of that cluster's definition": {
    networking: peerings(
      peering("x", "cluster: c4.example.com, peer_owner_id: '444444444444', destination_cidrs: [10.1.0.0/16]"),
    ),
    reports: [
      "10:9 tfvars.networking.vpc_peering_connections[x]: requires peer_tiers. Name the tiers of c4.example.com whose route tables lead back",
      "10:118 tfvars.networking.vpc_peering_connections[x].peer_owner_id: comes from the definition of c4.example.com. Remove it",
      "10:153 tfvars.networking.vpc_peering_connections[x].destination_cidrs: comes from the definition of c4.example.com. Remove it",
    ],
  },
});
