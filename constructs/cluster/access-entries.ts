import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { Construct } from "constructs";
import type { AccessEntry, Cluster } from "../../fleet/cluster";
import { CompositionError } from "../composition-error";

export interface AccessEntriesProps {
  readonly cluster: Cluster;
  /** A reference, so that entries come after the cluster. */
  readonly clusterName: string;
}

/**
 * Who may use the Kubernetes API: the role that deploys, the role that plans pull requests, and whom the definition lists. The
 * deploying role has an entry of its own, never the creator's rights, so that it can be changed and reviewed like any other.
 */
export class AccessEntries extends Construct {
  constructor(scope: Construct, id: string, { cluster, clusterName }: AccessEntriesProps) {
    super(scope, id);
    const { account, partition, tfvars } = cluster;
    // EKS takes one entry a principal. What the definition lists for the deploying role is part of what it has anyway.
    const listed = tfvars.cluster.access_entries.filter(({ principal_arn }) => principal_arn !== account.roles.deploy);
    const policyArn = (policy: AccessEntry["access_policy"]) =>
      `arn:${partition}:eks::aws:cluster-access-policy/${policy}`;

    const own = (name: string, principal: string, policy: AccessEntry["access_policy"]): void => {
      const entry = new EksAccessEntry(this, name, { clusterName, principalArn: principal, type: "STANDARD" });
      new EksAccessPolicyAssociation(this, `${name}-policy`, {
        clusterName,
        principalArn: entry.principalArn,
        policyArn: policyArn(policy),
        accessScope: { type: "cluster" },
      });
    };
    own("deploy", account.roles.deploy, "AmazonEKSClusterAdminPolicy");
    const { plan } = account.roles;
    if (plan !== account.roles.deploy && !listed.some(({ principal_arn }) => principal_arn === plan)) {
      // Helm keeps its releases in Secrets, which AmazonEKSViewPolicy does not show: without them nothing can be planned.
      own("plan", plan, "AmazonEKSAdminViewPolicy");
    }

    const nameByPrincipal = new Map<string, string>();
    for (const { name, principal_arn, access_policy, namespaces, kubernetes_groups } of listed) {
      const other = nameByPrincipal.get(principal_arn);
      if (other !== undefined) {
        throw new CompositionError(
          this,
          `access entries ${other} and ${name} are for the same principal ${principal_arn}`,
        );
      }
      nameByPrincipal.set(principal_arn, name);

      const entry = new EksAccessEntry(this, `listed-${name}`, {
        clusterName,
        principalArn: principal_arn,
        type: "STANDARD",
        ...(kubernetes_groups === undefined ? {} : { kubernetesGroups: [...kubernetes_groups] }),
      });
      new EksAccessPolicyAssociation(this, `listed-${name}-policy`, {
        clusterName,
        principalArn: entry.principalArn,
        policyArn: policyArn(access_policy),
        accessScope:
          namespaces === undefined ? { type: "cluster" } : { type: "namespace", namespaces: [...namespaces] },
      });
    }
  }
}
