import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { EksAddon as EksAddonFacts } from "../../addons/contract/addon";
import { installEksAddon } from "../cluster/install-eks-addon";
import { CompositionError } from "../composition-error";
import { addonBucket } from "./addon-bucket";
import { addonRoles } from "./addon-role";
import type { AddonProps, InstalledAddon } from "./installed-addon";

/** An addon that EKS installs, at the release's exact version for the cluster's Kubernetes. */
export class EksAddon extends Construct implements InstalledAddon {
  readonly namespace: string;
  readonly version: string;
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: AddonProps<EksAddonFacts>) {
    super(scope, id);
    const { addon, after, cluster, context, options, values } = props;
    const version = cluster.release.kubernetes.eks_addons[addon.eks_name];
    if (version === undefined) {
      throw new CompositionError(
        this,
        `release ${cluster.release.name} has no version of the EKS add-on ${addon.eks_name}`,
      );
    }

    const bucket = addonBucket(this, props);
    const roles = addonRoles(this, { ...props, bucket });
    const resource = installEksAddon(this, "Resource", {
      clusterName: context.cluster_name,
      name: addon.eks_name,
      version,
      values: addon.values(context, options),
      definitionValues: values,
      // The definition decides what runs, even on a cluster that had a self-managed copy before.
      conflicts: { onCreate: "OVERWRITE", onUpdate: "OVERWRITE" },
      identities: roles.map(({ arn, service_account }) => ({ serviceAccount: service_account, roleArn: arn })),
      after: [...roles.flatMap(({ ready }) => ready), ...(bucket?.ready ?? []), ...after],
    });
    this.namespace = addon.namespace;
    this.version = version;
    this.ready = [resource];
  }
}
