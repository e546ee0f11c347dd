import { runsWindows } from "../../aws/ami";
import type { Tier } from "../../language/words/subnet-tiers";
import { controlPlanePolicies } from "../control-plane/control-plane-policies";
import { sharesSubnetsWithNodes } from "../control-plane/control-plane-tier";
import type { Cluster, Tfvars } from "../model/cluster";
import { podTier } from "../network/subnets";
import { controlPlaneZones } from "../network/zones";
import { hasHybridNodes, needsNoNodeAddons } from "../nodes/auto-mode";

/** The EKS add-ons that nodes wait for, and the section of the definition that sets each. */
const CORE_ADDONS = {
  "eks-pod-identity-agent": "eks_pod_identity_agent",
  "kube-proxy": "kube_proxy",
  "vpc-cni": "vpc_cni",
} as const;

export type CoreAddonName = keyof typeof CORE_ADDONS;

/** An EKS add-on that is installed before the first node. */
export interface CoreAddonPlan {
  /** Its name at AWS. */
  readonly name: CoreAddonName;
  /** Version that the definition names, or else the release's version for the cluster's Kubernetes. */
  readonly version: string;
  readonly settings: Tfvars["cluster"][(typeof CORE_ADDONS)[CoreAddonName]];
}

/** A cluster's control plane, as it follows from its definition. */
export interface ControlPlanePlan {
  /** Names of the AWS managed policies of the control plane's role. */
  readonly rolePolicies: readonly string[];
  /** Tier whose subnets hold the control plane's network interfaces; for `intra` those of `private` if there are no intra subnets. */
  readonly subnetTier: Tier;
  /** Zones of the control plane's network interfaces, which EKS cannot change. */
  readonly zones: readonly string[];
  /** IPv4 ranges that reach the private endpoint, besides the nodes' security group; empty without a private endpoint. */
  readonly privateAccessRanges: readonly string[];
  /** Ranges that reach the public endpoint; empty without a public endpoint. */
  readonly publicAccessRanges: readonly string[];
  /** True if the cluster has nodes outside of AWS. */
  readonly hasHybridNodes: boolean;
  /** True if the cluster has Windows nodes. */
  readonly runsWindows: boolean;
  /** True if nodes have IPv6 addresses beside those of IPv4. */
  readonly hasIpv6: boolean;
  /** True if pods have IPv6 addresses only. */
  readonly ipv6Pods: boolean;
  /** True if pods have subnets of their own. */
  readonly podsInOwnSubnets: boolean;
  /** In the order in which they are created. */
  readonly coreAddons: readonly CoreAddonPlan[];
}

/** Returns the plan of a cluster's control plane. */
export function planControlPlane(cluster: Cluster): ControlPlanePlan {
  const { tfvars } = cluster;
  const { networking, cluster: settings } = tfvars;
  const { node_cidrs, pod_cidrs } = settings.remote_networks;
  return {
    rolePolicies: controlPlanePolicies(tfvars),
    subnetTier: sharesSubnetsWithNodes(cluster) ? "private" : "intra",
    zones: controlPlaneZones(settings, cluster.zones),
    privateAccessRanges: settings.endpoint_private_access
      ? [...new Set([networking.vpc_cidr, ...settings.private_access_cidrs, ...node_cidrs, ...pod_cidrs])]
      : [],
    publicAccessRanges: settings.endpoint_public_access
      ? [...settings.public_access_cidrs, ...settings.public_access_ipv6_cidrs]
      : [],
    hasHybridNodes: hasHybridNodes(cluster),
    runsWindows: runsWindows(tfvars),
    hasIpv6: networking.ip_family !== "ipv4",
    ipv6Pods: networking.ip_family === "ipv6",
    podsInOwnSubnets: podTier(tfvars) === "pod",
    coreAddons: planCoreAddons(cluster),
  };
}

/** Auto Mode brings all three to its own nodes; other nodes require them. */
function planCoreAddons(cluster: Cluster): readonly CoreAddonPlan[] {
  if (needsNoNodeAddons(cluster)) return [];
  return (Object.keys(CORE_ADDONS) as CoreAddonName[]).flatMap((name) => {
    const settings = cluster.tfvars.cluster[CORE_ADDONS[name]];
    if (!settings.enabled) return [];
    return [{ name, version: settings.version ?? eksAddonVersion(cluster, name), settings }];
  });
}

/** Returns the release's version of an EKS add-on for the cluster's Kubernetes. */
export function eksAddonVersion({ release }: Pick<Cluster, "release">, name: string): string {
  const version = release.kubernetes.eks_addons[name];
  if (version === undefined) throw new TypeError(`release ${release.name} has no version of the EKS add-on ${name}`);
  return version;
}
