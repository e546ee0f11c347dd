import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { EksAddon as EksAddonFacts } from "../../addons/contract/addon";
import { installEksAddon } from "../cluster/install-eks-addon";
import { addonBucket } from "./addon-bucket";
import { addonRoles } from "./addon-role";
import type { AddonProps, InstalledAddon } from "./installed-addon";

/** An addon that EKS installs, at the release's exact version for the cluster's Kubernetes version. */
export class EksAddon extends Construct implements InstalledAddon {
  readonly namespace: string;
  readonly version: string;
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: AddonProps<EksAddonFacts>) {
    super(scope, id);
    const { addon, after, context, owner, plan } = props;
    const { options, values, version } = plan;
    const bucket = addonBucket(this, { addon, context, options, owner });
    const roles = addonRoles(this, { ...props, options, bucket });
    const resource = installEksAddon(this, "Resource", {
      clusterName: context.cluster_name,
      name: addon.eks_name,
      version,
      values: addon.values(context, options),
      definitionValues: values,
      // The definition decides what runs, even on a cluster that had a self-managed copy before.
      conflicts: { onCreate: "OVERWRITE", onUpdate: "OVERWRITE" },
      identities: roles.map(({ role, serviceAccount }) => ({ serviceAccount, roleArn: role.arn })),
      after: [...roles.flatMap(({ role }) => role.ready), ...(bucket?.ready ?? []), ...after],
    });
    this.namespace = addon.namespace;
    this.version = version;
    this.ready = [resource];
  }
}
