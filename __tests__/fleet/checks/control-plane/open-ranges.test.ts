import { testMessages } from "../../../support/definition";

const opens = (path: string, range: string, what: string): string =>
  `warning: tfvars.${path}: ${range} opens ${what} to a large part of the internet. Set the ranges of those who use it`;
const rules = (group: string, text: string): string =>
  `security_groups: { ${group}: { rules: [{ name: r, direction: ingress, protocol: tcp, ${text} }] } }`;
const publicApi = (range: string): string => `endpoint_public_access: true\npublic_access_cidrs: [${range}]`;

testMessages({
  "warns of a public range above /8": {
    cluster: publicApi("64.0.0.0/7"),
    reports: [opens("cluster.public_access_cidrs[0]", "64.0.0.0/7", "the API")],
  },
  "accepts a public range of /8": { cluster: publicApi("64.0.0.0/8"), reports: [] },
  "accepts public ranges without a public endpoint": {
    cluster: "endpoint_public_access: false\npublic_access_cidrs: []",
    reports: [],
  },
  "warns of a range above /8 at the private endpoint": {
    cluster: "private_access_cidrs: [64.0.0.0/7]",
    reports: [opens("cluster.private_access_cidrs[0]", "64.0.0.0/7", "the private endpoint of the API")],
  },
  "warns of a range above /8 that reaches the nodes": {
    cluster: rules("nodes", "from_port: 22, cidr: 64.0.0.0/7"),
    reports: [opens("cluster.security_groups.nodes.rules[r].cidr", "64.0.0.0/7", "the nodes")],
  },
  "accepts a range of /8 that reaches the nodes": {
    cluster: rules("nodes", "from_port: 22, cidr: 64.0.0.0/8"),
    reports: [],
  },
  "accepts everybody at one port of the web": {
    cluster: rules("nodes", "from_port: 443, to_port: 443, cidr: 0.0.0.0/0"),
    reports: [],
  },
  "warns of everybody at a port of the web and the next one": {
    cluster: rules("nodes", "from_port: 443, to_port: 444, cidr: 0.0.0.0/0"),
    reports: [opens("cluster.security_groups.nodes.rules[r].cidr", "0.0.0.0/0", "the nodes")],
  },
  "warns of everybody at a port of the web by another protocol": {
    cluster: rules("nodes", "from_port: 443, cidr: 0.0.0.0/0").replace("tcp", "udp"),
    reports: [opens("cluster.security_groups.nodes.rules[r].cidr", "0.0.0.0/0", "the nodes")],
  },
  "accepts everybody as the target of nodes": {
    cluster: rules("nodes", "from_port: 22, cidr: 0.0.0.0/0").replace("ingress", "egress"),
    reports: [],
  },
});
