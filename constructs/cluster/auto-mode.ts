import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import type { EksClusterConfig } from "@cdktf/provider-aws/lib/eks-cluster";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Cluster } from "../../fleet/model/cluster";
import { AUTO_MODE_ROLES } from "../../fleet/nodes/auto-mode";
import { ServiceRole } from "../iam/service-role";
import { accessPolicyAssociation } from "./access-entries";

/** Join and pull images: what else EKS does for such a node it does by the control plane's role. */
const NODE_POLICIES = ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"] as const;

/** What a cluster of EKS Auto Mode is told when it is made. */
export interface AutoModeConfig {
  readonly computeConfig?: EksClusterConfig["computeConfig"];
  readonly storageConfig?: EksClusterConfig["storageConfig"];
  /** Of `kubernetes_network_config`. */
  readonly elasticLoadBalancing?: { readonly enabled: boolean };
}

/**
 * EKS takes the three switches all on or all off. A cluster that never had them is told nothing; one that is to lose them is
 * told `false` once, because EKS keeps what it is no longer told of.
 */
export function autoModeConfig(scope: Construct, cluster: Cluster): AutoModeConfig {
  const { enabled, node_pools } = cluster.tfvars.cluster.auto_mode;
  if (enabled === null) return {};
  // While it is being switched off the role stays, because the nodes that EKS drains run as it.
  const role = node_pools.length > 0 ? nodeRole(scope, cluster, "builtIn") : undefined;
  const pools = enabled && role !== undefined ? { nodePools: [...node_pools], nodeRoleArn: role.arn } : {};
  return {
    computeConfig: { enabled, ...pools },
    storageConfig: { blockStorage: { enabled } },
    elasticLoadBalancing: { enabled },
  };
}

export interface AutoModeProps {
  readonly cluster: Cluster;
  /** A reference, so that what is here comes after the cluster. */
  readonly clusterName: string;
  /** Made by EKS, and what Auto Mode's nodes have. */
  readonly clusterSecurityGroupId: string;
  readonly nodeSecurityGroupId: string;
}

/** What nodes of Auto Mode need besides the cluster. */
export class AutoMode extends Construct {
  constructor(scope: Construct, id: string, props: AutoModeProps) {
    super(scope, id);
    const { cluster, clusterName } = props;
    const { custom_node_classes, enabled } = cluster.tfvars.cluster.auto_mode;
    if (enabled === null) return; // false: the nodes that EKS drains still need all of it
    if (custom_node_classes) {
      // A role of its own: the entry of the other is EKS's, which makes it with the first pool that it brings along.
      const role = nodeRole(this, cluster, "custom");
      const entry = new EksAccessEntry(this, "access-entry", { clusterName, principalArn: role.arn, type: "EC2" });
      accessPolicyAssociation(this, "access-policy", {
        cluster,
        clusterName,
        principalArn: entry.principalArn,
        policy: { policy: "AmazonEKSAutoNodePolicy" },
      });
    }
    const pair = [
      ["nodes-from-auto-nodes", props.nodeSecurityGroupId, props.clusterSecurityGroupId],
      ["auto-nodes-from-nodes", props.clusterSecurityGroupId, props.nodeSecurityGroupId],
    ] as const;
    // Not every protocol at once: pods on Fargate have such a rule between the same groups, and EC2 takes each rule once.
    for (const [name, securityGroupId, referencedSecurityGroupId] of pair) {
      for (const [id, ipProtocol] of [
        [name, "tcp"],
        [`${name}-udp`, "udp"],
      ] as const) {
        new VpcSecurityGroupIngressRule(this, id, {
          securityGroupId,
          referencedSecurityGroupId,
          description: "Pods of nodes of the other kind",
          ipProtocol,
          fromPort: 0,
          toPort: 65535,
        });
      }
    }
  }
}

function nodeRole(scope: Construct, cluster: Cluster, kind: keyof typeof AUTO_MODE_ROLES): ServiceRole {
  const name = AUTO_MODE_ROLES[kind];
  return new ServiceRole(scope, `${name}-role`, {
    name: boundedName(cluster.slug, name, NAME_LIMITS.iam_role),
    cluster,
    service: cluster.partition === "aws-cn" ? "ec2.amazonaws.com.cn" : "ec2.amazonaws.com",
    tag_session: true,
    managed_policies: NODE_POLICIES,
  });
}
