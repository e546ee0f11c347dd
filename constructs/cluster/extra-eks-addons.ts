import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { boundedName, NAME_LIMITS, shortHash } from "../../aws/names";
import type { Cluster, Tfvars } from "../../fleet/model/cluster";
import { GrantedRole } from "../iam/granted-role";
import { podIdentityTrust } from "../iam/pod-identity";
import { configurationText } from "../values/values-text";

type Settings = Tfvars["cluster"]["extra_eks_addons"][number];

export interface ExtraEksAddonsProps {
  readonly cluster: Cluster;
  readonly clusterName: string;
  readonly clusterArn: string;
  /** Those that nodes wait for, or those that wait for nodes. */
  readonly beforeNodes: boolean;
  readonly after: readonly ITerraformDependable[];
}

/** Where an EKS add-on runs that says nothing of it. */
const NAMESPACE = "kube-system";

/** The EKS add-ons that a definition lists by their names at AWS, which are the construct ids. */
export class ExtraEksAddons extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ExtraEksAddonsProps,
  ) {
    super(scope, id);
    const { cluster, beforeNodes } = props;
    for (const settings of cluster.tfvars.cluster.extra_eks_addons) {
      if (settings.before_nodes === beforeNodes) this.build(settings);
    }
  }

  private build(settings: Settings): void {
    const { after, clusterName } = this.props;
    const { name, preserve, resolve_conflicts_on_create, resolve_conflicts_on_update, values = {}, version } = settings;
    const roles = this.roles(settings);
    new EksAddon(this, name, {
      clusterName,
      addonName: name,
      addonVersion: version,
      configurationValues: configurationText({}, values),
      ...(resolve_conflicts_on_create === undefined ? {} : { resolveConflictsOnCreate: resolve_conflicts_on_create }),
      ...(resolve_conflicts_on_update === undefined ? {} : { resolveConflictsOnUpdate: resolve_conflicts_on_update }),
      ...(preserve === undefined ? {} : { preserve }),
      ...(roles.length === 0
        ? {}
        : {
            podIdentityAssociation: roles.map(({ role, serviceAccount }) => ({ roleArn: role.arn, serviceAccount })),
          }),
      timeouts: { create: "25m", update: "25m", delete: "10m" }, // EKS itself gives up on pods after 20 minutes
      dependsOn: [...after, ...roles.flatMap(({ role }) => role.ready)],
    });
  }

  private roles({ name, namespace = NAMESPACE, service_accounts = [] }: Settings) {
    const { cluster, clusterArn } = this.props;
    return service_accounts.map(({ managed_policy_arns, role_arn, service_account, statements }) => {
      if (role_arn !== undefined) return { serviceAccount: service_account, role: { arn: role_arn, ready: [] } };
      const role = new GrantedRole(this, `${name}-${service_account}`, {
        name: boundedName(cluster.slug, rolePart(name, service_account), NAME_LIMITS.iam_role),
        cluster,
        trust: [podIdentityTrust(clusterArn, namespace, service_account)],
        managed_policy_arns,
        statements,
      });
      return { serviceAccount: service_account, role };
    });
  }
}

/** Both names may be longer than a role's: where they are, a hash tells them from others that begin alike. */
function rolePart(name: string, serviceAccount: string): string {
  const whole = `eks-addon-${name}-${serviceAccount}`;
  return whole.length <= LONGEST_PART ? whole : `${whole.slice(0, LONGEST_PART - 9)}-${shortHash(whole)}`;
}

/** Leaves a third of the name for the cluster's. */
const LONGEST_PART = 44;
