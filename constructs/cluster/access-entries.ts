import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type AccessPolicy, accessPoliciesOf } from "../../fleet/control-plane/access-policies";
import type { AccessEntry, Cluster } from "../../fleet/model/cluster";
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
  constructor(
    scope: Construct,
    id: string,
    private readonly props: AccessEntriesProps,
  ) {
    super(scope, id);
    const { account, tfvars } = props.cluster;
    // EKS takes one entry a principal. What the definition lists for the deploying role is part of what it has anyway.
    const listed = tfvars.cluster.access_entries.filter(({ principal_arn }) => principal_arn !== account.roles.deploy);

    this.own("deploy", account.roles.deploy, "AmazonEKSClusterAdminPolicy");
    const { plan } = account.roles;
    if (plan !== account.roles.deploy && !listed.some(({ principal_arn }) => principal_arn === plan)) {
      // Helm keeps its releases in Secrets, which AmazonEKSViewPolicy does not show: without them nothing can be planned.
      this.own("plan", plan, "AmazonEKSAdminViewPolicy");
    }

    const nameByPrincipal = new Map<string, string>();
    for (const entry of listed) {
      const { name, principal_arn } = entry;
      const other = nameByPrincipal.get(principal_arn);
      if (other !== undefined) {
        throw new CompositionError(
          this,
          `access entries ${other} and ${name} are for the same principal ${principal_arn}`,
        );
      }
      nameByPrincipal.set(principal_arn, name);
      this.listed(entry);
    }
  }

  private own(name: string, principal: string, policy: AccessPolicy["policy"]): void {
    const principalArn = this.entry(name, { principal_arn: principal }).principalArn;
    accessPolicyAssociation(this, `${name}-policy`, { ...this.props, principalArn, policy: { policy } });
  }

  private listed(entry: AccessEntry): void {
    const id = `listed-${entry.name}`;
    const { principalArn } = this.entry(id, entry);
    for (const policy of accessPoliciesOf(entry)) {
      // The short form was there first, and its address stays what it was.
      const suffix = policy.policy === entry.access_policy ? "policy" : policy.policy;
      accessPolicyAssociation(this, `${id}-${suffix}`, { ...this.props, principalArn, policy });
    }
  }

  private entry(id: string, entry: Pick<AccessEntry, "principal_arn"> & Partial<AccessEntry>): EksAccessEntry {
    const { kubernetes_groups = [], name, principal_arn, type = "STANDARD", user_name } = entry;
    const { cluster, clusterName } = this.props;
    const made = new EksAccessEntry(this, id, {
      clusterName,
      principalArn: principal_arn,
      type,
      // Also where they are none: what the provider is not told it leaves as it was, and groups taken out would stay.
      ...(name === undefined || type !== "STANDARD" ? {} : { kubernetesGroups: [...kubernetes_groups] }),
      ...(user_name === undefined ? {} : { userName: user_name }),
    });
    if (cluster.tfvars.cluster.existing_access_entries.includes(principal_arn)) {
      made.importFrom(`${cluster.slug}:${principal_arn}`);
    }
    return made;
  }
}

export interface AccessPolicyAssociationProps extends AccessEntriesProps {
  readonly principalArn: string;
  readonly policy: AccessPolicy;
  /** What makes the entry, where that is not Terraform. */
  readonly after?: ITerraformDependable;
}

/** Gives a principal that has an entry an access policy, in the whole cluster or in some namespaces. */
export function accessPolicyAssociation(
  scope: Construct,
  id: string,
  { cluster, clusterName, principalArn, policy: { policy, namespaces }, after }: AccessPolicyAssociationProps,
): EksAccessPolicyAssociation {
  return new EksAccessPolicyAssociation(scope, id, {
    clusterName,
    principalArn,
    policyArn: `arn:${cluster.partition}:eks::aws:cluster-access-policy/${policy}`,
    accessScope: namespaces === undefined ? { type: "cluster" } : { type: "namespace", namespaces: [...namespaces] },
    ...(after === undefined ? {} : { dependsOn: [after] }),
  });
}
