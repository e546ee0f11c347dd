import type { Tfvars } from "../cluster";
import { usesExistingVpc } from "../existing-vpc";
import { hasTier, podTier, tierPrefixLength } from "../subnets";
import type { Check, Finding } from "./finding";

const CNI = ["tfvars", "cluster", "vpc_cni"] as const;
const TIERS = ["tfvars", "networking", "subnet_tiers"] as const;

/** Settings of pods' addresses that the add-on would not look at in the company of others, or could not obey. */
export const checkVpcCni: Check = ({ definition }) => {
  const { tfvars } = definition;
  if (!tfvars.cluster.vpc_cni.enabled) return []; // told with the other add-ons that nodes wait for
  if (tfvars.networking.ip_family === "ipv6") return []; // has rules of its own
  return [...targets(tfvars), ...customNetworking(tfvars), ...reservation(tfvars)];
};

function targets({ cluster }: Tfvars): Finding[] {
  const { prefix_delegation, warm_eni_target, warm_ip_target, minimum_ip_target, warm_prefix_target } = cluster.vpc_cni;
  const findings: Finding[] = [];
  const unused = (key: keyof Tfvars["cluster"]["vpc_cni"], because: keyof Tfvars["cluster"]["vpc_cni"], why: string) =>
    findings.push({ path: [...CNI, key], given: [[...CNI, because]], message: `has no effect ${why}: remove it` });
  const byAddress = warm_ip_target !== null || minimum_ip_target !== null;
  const other = warm_ip_target === null ? "minimum_ip_target" : "warm_ip_target";
  if (warm_prefix_target !== null && !prefix_delegation) {
    const message = "has no effect without prefix_delegation: set that, or remove this";
    findings.push({ path: [...CNI, "warm_prefix_target"], given: [[...CNI, "prefix_delegation"]], message });
  } else if (warm_prefix_target !== null && byAddress) {
    unused("warm_prefix_target", other, `beside ${other}, which counts instead`);
  }
  if (warm_eni_target !== null && prefix_delegation) {
    unused("warm_eni_target", "prefix_delegation", "with prefix_delegation, where warm_prefix_target counts");
  } else if (warm_eni_target !== null && byAddress) {
    unused("warm_eni_target", other, `beside ${other}, which counts instead`);
  }
  return findings;
}

function customNetworking(tfvars: Tfvars): Finding[] {
  const { cluster, networking } = tfvars;
  const { custom_networking } = cluster.vpc_cni;
  const path = [...CNI, "custom_networking"];
  if (custom_networking === true && !hasTier(networking, "pod")) {
    const where = usesExistingVpc(networking)
      ? "name them in existing_vpc.subnet_ids.pod or subnet_tags.pod"
      : "add pod to subnet_tiers, and a block to secondary_cidr_blocks";
    return [{ path, given: [TIERS], message: `needs subnets for pods: ${where}` }];
  }
  if (networking.local_zones.length > 0 && podTier(tfvars) === "pod") {
    const message =
      "must be empty while pods have subnets of their own, which local zones have not: their nodes would find no configuration. Set cluster.vpc_cni.custom_networking: false, or remove it";
    return [{ path: ["tfvars", "networking", "local_zones"], given: [path, TIERS], message }];
  }
  if (custom_networking === false && !hasTier(networking, "pod")) {
    return [{ own: true, path, message: "has no effect: there are no subnets for pods. Remove it" }];
  }
  return [];
}

function reservation(tfvars: Tfvars): Finding[] {
  const { cluster, networking } = tfvars;
  if (!cluster.vpc_cni.reserve_prefixes) return [];
  const path = [...CNI, "reserve_prefixes"];
  if (!cluster.vpc_cni.prefix_delegation) {
    const message = "keeps addresses that nothing would use: set prefix_delegation: true too, or remove it";
    return [{ path, given: [[...CNI, "prefix_delegation"]], message }];
  }
  if (usesExistingVpc(networking)) {
    const message =
      "is for subnets of our own: whoever made an existing VPC's subnets reserves their ranges. Remove it";
    return [{ path, message }];
  }
  const tier = podTier(tfvars);
  const length = tierPrefixLength(networking, tier);
  if (length < 28) return [];
  const given = [["tfvars", "networking", "subnet_prefix_lengths", tier]];
  const message = `needs ${tier} subnets of a /27 at least, whose half is one prefix of 16 addresses, and they are a /${length}: take a larger range, or remove it`;
  return [{ path, given, message }];
}
