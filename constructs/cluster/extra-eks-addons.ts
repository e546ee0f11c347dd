import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { shortHash } from "../../aws/names";
import type { Tfvars } from "../../fleet/model/cluster";
import type { Owner } from "../../fleet/plan/owner";
import { podIdentityTrust } from "../iam/pod-identity";
import { attachedPolicies, grantedPolicy, Role } from "../iam/role";
import { installEksAddon } from "./install-eks-addon";

type Settings = Tfvars["cluster"]["extra_eks_addons"][number];

export interface ExtraEksAddonsProps {
  readonly owner: Owner;
  readonly clusterName: string;
  readonly addons: readonly Settings[];
  readonly after: readonly ITerraformDependable[];
}

/** Namespace of an EKS add-on by default. */
const NAMESPACE = "kube-system";

/** The EKS add-ons that a definition lists by their names at AWS. The names are the construct ids. */
export class ExtraEksAddons extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ExtraEksAddonsProps,
  ) {
    super(scope, id);
    for (const settings of props.addons) this.build(settings);
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
    const { owner } = this.props;
    return service_accounts.map(({ managed_policy_arns, role_arn, service_account, statements }) => {
      if (role_arn !== undefined) return { serviceAccount: service_account, role: { arn: role_arn, ready: [] } };
      const role = new Role(this, `${name}-${service_account}`, {
        owner,
        part: rolePart(name, service_account),
        trust: podIdentityTrust(owner.arn, namespace, service_account),
        attached: attachedPolicies(managed_policy_arns),
        inline: grantedPolicy(statements),
      });
      return { serviceAccount: service_account, role };
    });
  }
}

/** Limits the two names to a role's length. A hash distinguishes names that begin alike. */
function rolePart(name: string, serviceAccount: string): string {
  const whole = `eks-addon-${name}-${serviceAccount}`;
  return whole.length <= LONGEST_PART ? whole : `${whole.slice(0, LONGEST_PART - 9)}-${shortHash(whole)}`;
}

/** Leaves a third of the role's name for the cluster's. */
const LONGEST_PART = 44;
