import { EksCapability } from "@cdktf/provider-aws/lib/eks-capability";
import { Construct } from "constructs";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Cluster, Tfvars } from "../../fleet/model/cluster";
import { GrantedRole } from "../iam/granted-role";
import { accessPolicyAssociation } from "./access-entries";

type Settings = Tfvars["cluster"]["capabilities"][number];
type ArgoCd = NonNullable<Settings["argo_cd"]>;

export interface CapabilitiesProps {
  readonly cluster: Cluster;
  /** A reference, so that capabilities come after the cluster. */
  readonly clusterName: string;
}

/** What AWS runs for the cluster, outside of it; construct ids are the names of the definition. */
export class Capabilities extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: CapabilitiesProps,
  ) {
    super(scope, id);
    for (const settings of props.cluster.tfvars.cluster.capabilities) this.build(settings);
  }

  private build(settings: Settings): void {
    const { cluster, clusterName } = this.props;
    const { access_policies = [], argo_cd, name, role_arn, type } = settings;
    const role = role_arn === undefined ? this.role(settings) : undefined;
    const roleArn = role?.arn ?? role_arn ?? "";
    const capability = new EksCapability(this, name, {
      clusterName,
      capabilityName: name,
      type,
      roleArn,
      deletePropagationPolicy: "RETAIN", // the only one that EKS has
      ...(argo_cd === undefined ? {} : { configuration: [{ argoCd: [argoCdConfiguration(argo_cd)] }] }),
      dependsOn: [...(role?.ready ?? [])],
    });
    // EKS makes the entry of its role with the capability, and gives it what the type needs; this comes on top.
    for (const policy of access_policies) {
      accessPolicyAssociation(this, `${name}-${policy.policy}`, {
        cluster,
        clusterName,
        principalArn: roleArn,
        policy,
        after: capability,
      });
    }
  }

  private role({ managed_policy_arns, name, statements }: Settings): GrantedRole {
    const { cluster } = this.props;
    return new GrantedRole(this, `${name}-role`, {
      name: boundedName(cluster.slug, `capability-${name}`, NAME_LIMITS.iam_role),
      cluster,
      trust: [
        {
          Effect: "Allow",
          Principal: { Service: "capabilities.eks.amazonaws.com" },
          Action: ["sts:AssumeRole", "sts:TagSession"],
        },
      ],
      managed_policy_arns,
      statements,
    });
  }
}

function argoCdConfiguration({ idc_instance_arn, idc_region, namespace, rbac_role_mappings = [], vpce_ids }: ArgoCd) {
  return {
    awsIdc: [{ idcInstanceArn: idc_instance_arn, ...(idc_region === undefined ? {} : { idcRegion: idc_region }) }],
    ...(namespace === undefined ? {} : { namespace }),
    ...(vpce_ids === undefined ? {} : { networkAccess: [{ vpceIds: [...vpce_ids] }] }),
    rbacRoleMapping: rbac_role_mappings.map(({ identities, role }) => ({
      role,
      identity: identities.map(({ id, type }) => ({ id, type })),
    })),
  };
}
