import { testReports } from "../../../support/definition";

const GROUP = "instance_type: m6i.large\nmax_size: 30";
const NEEDED = "ec2, ecr.api, ecr.dkr, eks-auth, sts";
const exhausts = (subnet: string, required: number, has: number, pods: string, lower: string): string =>
  `exhausts subnet ${subnet}: with all groups at max_size during a replacement, nodes and pods require ${required} addresses, but the subnet has ${has}. Only ${pods} pods get an address. Lower max_size or kubelet.max_pods, shorten ${lower}, or put pods into subnets of their own (pod in subnet_tiers)`;

testReports({
  "refuses groups that exhaust a private subnet": {
    worker: GROUP,
    workers: "- name: other\n  max_size: 3",
    networking: "vpc_cidr: 10.0.0.0/22",
    reports: [
      `9:17 tfvars.workers[general].max_size: ${exhausts("private of us-east-1a (10.0.0.0/26)", 370, 59, "18 of 319", "subnet_prefix_lengths.private")}`,
    ],
  },
  "warns of groups that exhaust a public subnet": {
    worker: `${GROUP}\nsubnet_tier: public\nassociate_public_ip_address: true`,
    networking: "vpc_cidr: 10.1.0.0/16",
    reports: [
      `9:17 warning: tfvars.workers[general].max_size: ${exhausts("public of us-east-1a (10.1.128.0/24)", 320, 251, "223 of 290", "subnet_prefix_lengths.public")}`,
    ],
  },
  "warns of node pools that exhaust a subnet": {
    networking: "vpc_cidr: 10.2.0.0/20",
    node_pools: "- { name: batch, min_vcpus: 96, max_vcpus: 96, limits: { vcpus: 960 } }",
    addons: "karpenter: { enabled: true, values: { replicas: 1 } }\ncluster_autoscaler_enabled: false",
    reports: [
      "11:5 warning: tfvars.node_pools: require at least 2,500 addresses in subnet private of us-east-1a (10.2.0.0/24) when they are full, but 201 are left. Lower limits.vcpus or max_pods, or use larger subnets",
    ],
  },
  "refuses a chosen size that is too small for endpoints and the control plane": {
    networking:
      "{ vpc_cidr: 10.3.0.0/20, subnet_prefix_lengths: { intra: 28 }, interface_endpoints: [sts, sqs, ssm, ec2, eks, logs] }",
    reports: [
      "9:62 tfvars.networking.subnet_prefix_lengths.intra: leaves subnet intra of us-east-1a (10.3.12.0/28) with 11 addresses, but the control plane, interface endpoints and connections require 12. Shorten subnet_prefix_lengths.intra or use a larger vpc_cidr",
    ],
  },
  "accepts a chosen size that endpoints and the control plane exactly fill": {
    networking:
      "{ vpc_cidr: 10.4.0.0/20, subnet_prefix_lengths: { intra: 28 }, interface_endpoints: [sts, sqs, ssm, ec2, eks] }",
    reports: [],
  },
  "counts no address of the control plane in intra subnets if Auto Mode's pools put it into private ones": {
    cluster: "auto_mode: { enabled: true, node_pools: [general-purpose] }",
    networking:
      "{ vpc_cidr: 10.9.0.0/20, subnet_prefix_lengths: { intra: 28 }, interface_endpoints: [sts, sqs, ssm, ec2, eks, logs, kms, sns, rds, ecr.api, ecr.dkr] }",
    reports: [],
  },
  "refuses endpoints that exceed intra subnets without the control plane": {
    cluster: "auto_mode: { enabled: true, node_pools: [general-purpose] }",
    networking:
      "{ vpc_cidr: 10.11.0.0/20, subnet_prefix_lengths: { intra: 28 }, interface_endpoints: [sts, sqs, ssm, ec2, eks, logs, kms, sns, rds, ecr.api, ecr.dkr, ebs] }",
    reports: [
      "11:63 tfvars.networking.subnet_prefix_lengths.intra: leaves subnet intra of us-east-1a (10.11.12.0/28) with 11 addresses, but the control plane, interface endpoints and connections require 12. Shorten subnet_prefix_lengths.intra or use a larger vpc_cidr",
    ],
  },
  "warns only, if groups exhaust an intra subnet that endpoints and the control plane exactly fill": {
    worker: "instance_type: m6i.large\nsubnet_tier: intra\nmax_size: 1",
    addons: "sla: development",
    networking: `{ vpc_cidr: 10.6.0.0/20, subnet_prefix_lengths: { intra: 28 }, interface_endpoints: [${NEEDED}] }`,
    reports: [
      `10:17 warning: tfvars.workers[general].max_size: ${exhausts("intra of us-east-1a (10.6.12.0/28)", 61, 11, "0 of 29", "subnet_prefix_lengths.intra")}`,
    ],
  },
  "reports the subnet with the highest share of its addresses, not with the most addresses": {
    worker: `${GROUP}\nsubnet_tier: public\nassociate_public_ip_address: true`,
    workers: "- { name: inner, instance_type: m6i.large, subnet_tier: intra, max_size: 3 }",
    networking: `{ vpc_cidr: 10.7.0.0/16, subnet_prefix_lengths: { intra: 28 }, interface_endpoints: [${NEEDED}] }`,
    reports: [
      `12:78 warning: tfvars.workers[inner].max_size: ${exhausts("intra of us-east-1a (10.7.192.0/28)", 61, 11, "0 of 29", "subnet_prefix_lengths.intra")}`,
    ],
  },
  "reports the group itself, not another one whose name begins the same way": {
    worker: "instance_type: m6i.large\nmax_size: 1",
    workers: "- { name: general-big, instance_type: m6i.large, max_size: 30 }",
    networking: "vpc_cidr: 10.8.0.0/22",
    reports: [
      `10:64 tfvars.workers[general-big].max_size: ${exhausts("private of us-east-1a (10.8.0.0/26)", 370, 59, "18 of 319", "subnet_prefix_lengths.private")}`,
    ],
  },
  "accepts groups whose nodes support fewer pods": {
    worker: `${GROUP}\nkubelet: { max_pods: 8 }`,
    networking: "vpc_cidr: 10.5.0.0/20",
    reports: [],
  },
  "refuses a size that the family of an instance type does not have": {
    worker: "instance_type: m6i.larg",
    reports: ['8:22 tfvars.workers[general].instance_type: m6i has no size "larg". Did you mean "m6i.large"?'],
  },
  "warns of an instance type of a family that does not exist": {
    worker: "instance_type: m6ii.large",
    reports: [
      '8:22 warning: tfvars.workers[general].instance_type: "m6ii.large" is not an instance type of 2026-08 or before. Did you mean "m6i.large"?',
    ],
  },
});
