import type { ITerraformDependable } from "cdktf";
import type { Addon } from "../../addons/contract/addon";
import type { AddonContext } from "../../addons/contract/addon-context";
import type { AddonPlan } from "../../fleet/plan/addons-plan";
import type { Owner } from "../../fleet/plan/owner";
import type { WebIdentityProvider } from "../iam/web-identity";

/** Props of an addon of one kind. */
export interface AddonProps<Kind extends Addon> {
  readonly owner: Owner;
  readonly addon: Kind;
  readonly plan: AddonPlan;
  readonly context: AddonContext;
  /** Gives roles to pods on Fargate; absent for an addon without a role there. */
  readonly webIdentity?: WebIdentityProvider | undefined;
  /** Addons that are installed first. */
  readonly after: readonly ITerraformDependable[];
}

/** Facts about an installed addon that other resources refer to. */
export interface InstalledAddon {
  readonly namespace: string;
  /** Version of the chart or of the EKS add-on. */
  readonly version: string;
  /** Resources that later addons wait for. */
  readonly ready: readonly ITerraformDependable[];
}
