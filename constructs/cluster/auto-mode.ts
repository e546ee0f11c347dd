import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import type { EksClusterConfig } from "@cdktf/provider-aws/lib/eks-cluster";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import type { Tfvars } from "../../fleet/model/cluster";
import { AUTO_MODE_ROLES } from "../../fleet/nodes/auto-mode";
import type { Owner } from "../../fleet/plan/owner";
import { Role } from "../iam/role";
import { serviceTrust } from "../iam/service-trust";
import { accessPolicyAssociation } from "./access-entries";

/** Policies to join and to pull images: EKS does everything else for such a node with the control plane's role. */
const NODE_POLICIES = ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"] as const;

type Settings = Tfvars["cluster"]["auto_mode"];

/** The settings of EKS Auto Mode in the cluster's own resource. */
export interface AutoModeConfig extends Pick<EksClusterConfig, "computeConfig" | "storageConfig"> {
  /** Of `kubernetes_network_config`. */
  readonly elasticLoadBalancing?: { readonly enabled: boolean };
}

/**
 * Returns the settings of Auto Mode. EKS requires the three switches to be all on or all off. They are absent for a cluster that
 * never had Auto Mode, and `false` for one that loses it, because EKS keeps a setting that is absent.
 */
export function autoModeConfig(scope: Construct, owner: Owner, { enabled, node_pools }: Settings): AutoModeConfig {
  if (enabled === null) return {};
  // The role stays while Auto Mode is switched off, because the nodes that EKS drains use it.
  const role = node_pools.length > 0 ? nodeRole(scope, owner, "builtIn") : undefined;
  const pools = enabled && role !== undefined ? { nodePools: [...node_pools], nodeRoleArn: role.arn } : {};
  return {
    computeConfig: { enabled, ...pools },
    storageConfig: { blockStorage: { enabled } },
    elasticLoadBalancing: { enabled },
  };
}

export interface AutoModeProps {
  readonly owner: Owner;
  readonly settings: Settings;
  /** A reference, so that these resources are created after the cluster. */
  readonly clusterName: string;
  /** Created by EKS, and used by the nodes of Auto Mode. */
  readonly clusterSecurityGroupId: string;
  readonly nodeSecurityGroupId: string;
}

/** Resources that nodes of Auto Mode require besides the cluster. */
export class AutoMode extends Construct {
  constructor(scope: Construct, id: string, props: AutoModeProps) {
    super(scope, id);
    const { clusterName, owner } = props;
    const { custom_node_classes, enabled } = props.settings;
    if (enabled === null) return; // not if false: the nodes that EKS drains still need everything
    if (custom_node_classes) {
      // A second role: EKS itself creates the access entry of the first, together with its own node pools.
      const role = nodeRole(this, owner, "custom");
      const entry = new EksAccessEntry(this, "access-entry", { clusterName, principalArn: role.arn, type: "EC2" });
      accessPolicyAssociation(this, "access-policy", {
        owner,
        clusterName,
        principalArn: entry.principalArn,
        policy: { policy: "AmazonEKSAutoNodePolicy" },
      });
    }
    const pair = [
      ["nodes-from-auto-nodes", props.nodeSecurityGroupId, props.clusterSecurityGroupId, "Pods on Auto Mode nodes"],
      ["auto-nodes-from-nodes", props.clusterSecurityGroupId, props.nodeSecurityGroupId, "Pods on other nodes"],
    ] as const;
    // Two protocols instead of all: pods on Fargate have a rule for all between the same groups, and EC2 accepts each rule once.
    for (const [name, securityGroupId, referencedSecurityGroupId, description] of pair) {
      for (const [id, ipProtocol] of [
        [name, "tcp"],
        [`${name}-udp`, "udp"],
      ] as const) {
        new VpcSecurityGroupIngressRule(this, id, {
          securityGroupId,
          referencedSecurityGroupId,
          description,
          ipProtocol,
          fromPort: 0,
          toPort: 65535,
        });
      }
    }
  }
}

function nodeRole(scope: Construct, owner: Owner, kind: keyof typeof AUTO_MODE_ROLES): Role {
  const part = AUTO_MODE_ROLES[kind];
  return new Role(scope, `${part}-role`, {
    owner,
    part,
    trust: serviceTrust(`ec2.${owner.serviceDomain}`, { tagsSessions: true }),
    awsPolicies: NODE_POLICIES,
  });
}
