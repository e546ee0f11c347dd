import { operatingSystemOf } from "../../../aws/ami";
import { takesPrefixes } from "../../../aws/instance-types";
import type { Definition, Tfvars } from "../../model/cluster";
import { usesExistingVpc } from "../../network/existing-vpc";
import { hasTier } from "../../network/subnets";
import type { Check, Finding } from "../../rules/finding";

const NETWORKING = ["tfvars", "networking"] as const;
const CLUSTER = ["tfvars", "cluster"] as const;
const CNI = [...CLUSTER, "vpc_cni"] as const;
const FAMILY = [...NETWORKING, "ip_family"] as const;

/** Settings of the VPC CNI for IPv4 addresses: in an IPv6 cluster every interface has one prefix, and no pod wants for more. */
const IPV4_ONLY = [
  "prefix_delegation",
  "reserve_prefixes",
  "warm_eni_target",
  "warm_ip_target",
  "minimum_ip_target",
  "warm_prefix_target",
  "custom_networking",
  "external_snat",
] as const satisfies readonly (keyof Tfvars["cluster"]["vpc_cni"])[];

/** What cannot be had together with IPv6. */
export const checkIpFamily: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  if (networking.ip_family === "ipv4") return [];
  const findings: Finding[] = [];
  if (networking.local_zones.length > 0) {
    const message =
      "must be empty while ip_family has IPv6: the VPC's IPv6 block is of the region, and a local zone takes no part of it";
    findings.push({ path: [...NETWORKING, "local_zones"], given: [FAMILY], message });
  }
  if (networking.ip_family === "dual_stack" && usesExistingVpc(networking)) return findings;
  if (networking.ip_family === "ipv6") findings.push(...ipv6Cluster(definition));
  return findings;
};

function ipv6Cluster({ tfvars }: Definition): Finding[] {
  const { networking, cluster, workers } = tfvars;
  const findings: Finding[] = [];
  const given = [FAMILY];
  if (hasTier(networking, "pod")) {
    const path = usesExistingVpc(networking) ? [...NETWORKING, "existing_vpc"] : [...NETWORKING, "subnet_tiers"];
    const message =
      "has subnets for pods, which an IPv6 cluster has no use for: the VPC CNI knows custom networking for IPv4 only. Remove the tier pod, or take another ip_family";
    findings.push({ path, given, message });
  }
  for (const key of IPV4_ONLY) {
    if (cluster.vpc_cni[key] === null || cluster.vpc_cni[key] === false) continue;
    const message = "has no effect in an IPv6 cluster, whose pods have addresses of an IPv6 prefix: remove it";
    findings.push({ path: [...CNI, key], given, message });
  }
  findings.push({
    own: true,
    given,
    path: [...CLUSTER, "service_ipv4_cidr"],
    message: "has no effect in an IPv6 cluster: EKS gives Services an IPv6 range of its own. Remove it",
  });
  workers.forEach((worker, index) => {
    if (operatingSystemOf(worker) !== "WINDOWS") return;
    const message = `is ${worker.ami_type === "CUSTOM" ? "CUSTOM of Windows" : worker.ami_type}, and Windows nodes have no IPv6: take another image, or another ip_family`;
    findings.push({ path: ["tfvars", "workers", index, "ami_type"], given, message });
  });
  workers.forEach(({ instance_types }, index) => {
    instance_types.forEach((type, place) => {
      if (takesPrefixes(type)) return;
      const message = `${type} is of a generation before Nitro, whose interfaces take no IPv6 prefix, so its pods would get no address: take another type, such as m6i.large`;
      findings.push({ path: ["tfvars", "workers", index, "instance_types", place], given, message });
    });
  });
  return findings;
}
