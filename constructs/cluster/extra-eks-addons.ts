import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { boundedName, NAME_LIMITS, shortHash } from "../../aws/names";
import type { Cluster, Tfvars } from "../../fleet/model/cluster";
import { GrantedRole } from "../iam/granted-role";
import { podIdentityTrust } from "../iam/pod-identity";
import { installEksAddon } from "./install-eks-addon";

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
    installEksAddon(this, name, {
      clusterName,
      name,
      version,
      values: {},
      definitionValues: values,
      conflicts: { onCreate: resolve_conflicts_on_create, onUpdate: resolve_conflicts_on_update },
      preserve,
      identities: roles.map(({ role, serviceAccount }) => ({ serviceAccount, roleArn: role.arn })),
      after: [...after, ...roles.flatMap(({ role }) => role.ready)],
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
