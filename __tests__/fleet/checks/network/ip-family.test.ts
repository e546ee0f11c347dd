import { testReports } from "../../../support/definition";

describe("an IPv6 cluster", () => {
  testReports({
    "has no settings of IPv4": {
      networking: `ip_family: ipv6
subnet_tiers: [private, public, pod]
secondary_cidr_blocks: [100.64.0.0/16]
local_zones: [us-east-1-bos-1a]`,
      cluster: `service_ipv4_cidr: 172.16.0.0/16
nodelocal_dns_enabled: true
vpc_cni: { prefix_delegation: true, warm_ip_target: 2, external_snat: true, custom_networking: true }`,
      reports: [
        "10:19 tfvars.networking.subnet_tiers: must not have pod subnets because ip_family is ipv6. The VPC CNI supports them for IPv4 only. Remove the tier pod",
        "12:18 tfvars.networking.local_zones: must be empty because ip_family is ipv6. Local zones cannot use the IPv6 block of a VPC. Remove it or set ip_family: ipv4",
        "15:24 tfvars.cluster.service_ipv4_cidr: has no effect because EKS chooses the service range of an IPv6 cluster. Remove it",
        "16:28 tfvars.cluster.nodelocal_dns_enabled: must be false in an IPv6 cluster: the cache also answers on an IPv4 address of the node, and its rules are of one family only",
        "17:35 tfvars.cluster.vpc_cni.prefix_delegation: has no effect because ip_family is ipv6. Remove it",
        "17:57 tfvars.cluster.vpc_cni.warm_ip_target: has no effect because ip_family is ipv6. Remove it",
        "17:75 tfvars.cluster.vpc_cni.external_snat: has no effect because ip_family is ipv6. Remove it",
        "17:100 tfvars.cluster.vpc_cni.custom_networking: has no effect because ip_family is ipv6. Remove it",
      ],
    },
    "has only instances with IPv6 prefixes": {
      networking: "ip_family: ipv6",
      worker: "instance_types: [m6i.large, m4.large]",
      reports: [
        "8:35 tfvars.workers[general].instance_types[1]: m4.large does not support IPv6 prefixes, so its pods would get no address. Choose a Nitro type, such as m6i.large",
      ],
    },
    "has no Windows nodes": {
      networking: "ip_family: ipv6",
      workers: "- { name: windows, ami_type: WINDOWS_CORE_2022_x86_64, instance_types: [m6i.large] }",
      reports: [
        "8:34 tfvars.workers[windows].ami_type: is WINDOWS_CORE_2022_x86_64, but Windows nodes do not support IPv6. Choose another image or ip_family",
        "8:34 warning: tfvars.workers[windows].ami_type: runs no Linux pods, but Kubernetes can schedule Linux pods without a node selector on it. Add a taint, such as os=windows:NoSchedule",
      ],
    },
  });
});

testReports({
  "a dual-stack network has no local zones": {
    networking: "ip_family: dual_stack\nlocal_zones: [us-east-1-bos-1a]",
    reports: [
      "10:18 tfvars.networking.local_zones: must be empty because ip_family is dual_stack. Local zones cannot use the IPv6 block of a VPC. Remove it or set ip_family: ipv4",
    ],
  },
});
