import { EksCapability } from "@cdktf/provider-aws/lib/eks-capability";
import { Construct } from "constructs";
import type { Tfvars } from "../../fleet/model/cluster";
import type { Owner } from "../../fleet/plan/owner";
import { given } from "../../language/given";
import { attachedPolicies, grantedPolicy, Role } from "../iam/role";
import { serviceTrust } from "../iam/service-trust";
import { accessPolicyAssociation } from "./access-entries";

type Settings = Tfvars["cluster"]["capabilities"][number];
type ArgoCd = NonNullable<Settings["argo_cd"]>;

export interface CapabilitiesProps {
  readonly owner: Owner;
  readonly capabilities: readonly Settings[];
  /** A reference, so that capabilities are created after the cluster. */
  readonly clusterName: string;
}

/** Controllers that AWS runs for the cluster, outside of it. Construct ids are the names in the definition. */
export class Capabilities extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: CapabilitiesProps,
  ) {
    super(scope, id);
    for (const settings of props.capabilities) this.build(settings);
  }

  private build(settings: Settings): void {
    const { clusterName, owner } = this.props;
    const { access_policies = [], argo_cd, name, role_arn, type } = settings;
    const role = role_arn === undefined ? this.role(settings) : undefined;
    const roleArn = role?.arn ?? role_arn ?? "";
    const capability = new EksCapability(this, name, {
      clusterName,
      capabilityName: name,
      type,
      roleArn,
      deletePropagationPolicy: "RETAIN", // the only value that EKS accepts
      ...given({ configuration: argo_cd && [{ argoCd: [argoCdConfiguration(argo_cd)] }] }),
      dependsOn: [...(role?.ready ?? [])],
    });
    // EKS creates the role's access entry together with the capability, with the permissions of its type. These are added.
    for (const policy of access_policies) {
      accessPolicyAssociation(this, `${name}-${policy.policy}`, {
        owner,
        clusterName,
        principalArn: roleArn,
        policy,
        after: capability,
      });
    }
  }

  private role({ managed_policy_arns, name, statements }: Settings): Role {
    return new Role(this, `${name}-role`, {
      owner: this.props.owner,
      part: `capability-${name}`,
      trust: serviceTrust("capabilities.eks.amazonaws.com", { tagsSessions: true }),
      attached: attachedPolicies(managed_policy_arns),
      inline: grantedPolicy(statements),
    });
  }
}

function argoCdConfiguration({ idc_instance_arn, idc_region, namespace, rbac_role_mappings = [], vpce_ids }: ArgoCd) {
  return {
    awsIdc: [{ idcInstanceArn: idc_instance_arn, ...given({ idcRegion: idc_region }) }],
    ...given({ namespace, networkAccess: vpce_ids && [{ vpceIds: [...vpce_ids] }] }),
    rbacRoleMapping: rbac_role_mappings.map(({ identities, role }) => ({
      role,
      identity: identities.map(({ id, type }) => ({ id, type })),
    })),
  };
}
