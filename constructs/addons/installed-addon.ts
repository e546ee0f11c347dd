import type { ITerraformDependable } from "cdktf";
import type { Addon } from "../../addons/contract/addon";
import type { AddonContext } from "../../addons/contract/addon-context";
import type { Cluster } from "../../fleet/model/cluster";
import type { WebIdentityProvider } from "../iam/web-identity";
import type { EnabledAddon } from "./addon-context";

/** All that one addon is built from. */
export interface AddonProps<Kind extends Addon> extends Omit<EnabledAddon, "addon"> {
  readonly addon: Kind;
  readonly cluster: Cluster;
  readonly context: AddonContext;
  /** What brings roles to pods on Fargate; absent where the addon has none there. */
  readonly web_identity?: WebIdentityProvider | undefined;
  /** Addons that must be there first. */
  readonly after: readonly ITerraformDependable[];
}

/** What an addon has become. */
export interface InstalledAddon {
  readonly namespace: string;
  /** Version of the chart or of the EKS add-on. */
  readonly version: string;
  /** What those that come after it wait for. */
  readonly ready: readonly ITerraformDependable[];
}
