import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type AccessPolicy, accessPoliciesOf } from "../../fleet/control-plane/access-policies";
import type { AccessEntry, Account } from "../../fleet/model/cluster";
import type { Owner } from "../../fleet/plan/owner";
import { given } from "../../language/given";
import { CompositionError } from "../composition-error";

export interface AccessEntriesProps {
  readonly owner: Owner;
  /** The account's roles that deploy and that plan pull requests. */
  readonly roles: Account["roles"];
  readonly entries: readonly AccessEntry[];
  /** Principals whose entries exist already, because EKS created them with the cluster. */
  readonly existing: readonly string[];
  /** A reference, so that entries are created after the cluster. */
  readonly clusterName: string;
}

/**
 * Access to the Kubernetes API for the role that deploys, the role that plans pull requests, and the principals in the definition.
 * The deploying role has an access entry instead of the rights of the cluster's creator, so it is reviewed like any other.
 */
export class AccessEntries extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: AccessEntriesProps,
  ) {
    super(scope, id);
    const { deploy, destroy, plan } = props.roles;
    // EKS accepts one entry for a principal. The deploying role already has every permission that the definition can list for it.
    const listed = props.entries.filter(({ principal_arn }) => principal_arn !== deploy);

    this.own("deploy", deploy, "AmazonEKSClusterAdminPolicy");
    if (plan !== deploy && !listed.some(({ principal_arn }) => principal_arn === plan)) {
      // Helm stores its releases in Secrets, which AmazonEKSViewPolicy does not include: no plan is possible without them.
      this.own("plan", plan, "AmazonEKSAdminViewPolicy");
    }

    if (destroy !== undefined && destroy !== deploy && !listed.some(({ principal_arn }) => principal_arn === destroy))
      this.own("destroy", destroy, "AmazonEKSClusterAdminPolicy");

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
      // The short form came first: its state address has no policy in it.
      const suffix = policy.policy === entry.access_policy ? "policy" : policy.policy;
      accessPolicyAssociation(this, `${id}-${suffix}`, { ...this.props, principalArn, policy });
    }
  }

  private entry(id: string, entry: Pick<AccessEntry, "principal_arn"> & Partial<AccessEntry>): EksAccessEntry {
    const { kubernetes_groups = [], name, principal_arn, type = "STANDARD", user_name } = entry;
    const { clusterName, existing, owner } = this.props;
    const made = new EksAccessEntry(this, id, {
      clusterName,
      principalArn: principal_arn,
      type,
      ...given({
        // Set even if it is empty: the provider leaves an absent list as it is, and removed groups would stay.
        kubernetesGroups: name === undefined || type !== "STANDARD" ? undefined : [...kubernetes_groups],
        userName: user_name,
      }),
    });
    if (existing.includes(principal_arn)) made.importFrom(`${owner.slug}:${principal_arn}`);
    return made;
  }
}

export interface AccessPolicyAssociationProps {
  readonly owner: Pick<Owner, "partition">;
  readonly clusterName: string;
  readonly principalArn: string;
  readonly policy: AccessPolicy;
  /** Resource that creates the entry, if that is not Terraform. */
  readonly after?: ITerraformDependable;
}

/** Grants an access policy to a principal with an entry, in the whole cluster or in some namespaces. */
export function accessPolicyAssociation(
  scope: Construct,
  id: string,
  { owner, clusterName, principalArn, policy: { policy, namespaces }, after }: AccessPolicyAssociationProps,
): EksAccessPolicyAssociation {
  return new EksAccessPolicyAssociation(scope, id, {
    clusterName,
    principalArn,
    policyArn: `arn:${owner.partition}:eks::aws:cluster-access-policy/${policy}`,
    accessScope: namespaces === undefined ? { type: "cluster" } : { type: "namespace", namespaces: [...namespaces] },
    ...given({ dependsOn: after && [after] }),
  });
}
