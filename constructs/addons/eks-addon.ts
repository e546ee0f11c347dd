import { EksAddon as EksAddonResource } from "@cdktf/provider-aws/lib/eks-addon";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { EksAddon as EksAddonFacts } from "../../addons/contract/addon";
import { CompositionError } from "../composition-error";
import { configurationText } from "../values/values-text";
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
    const resource = new EksAddonResource(this, "Resource", {
      clusterName: context.cluster_name,
      addonName: addon.eks_name,
      addonVersion: version,
      configurationValues: configurationText(addon.values(context, options), values),
      // The definition says what runs, also on a cluster that had a self-managed copy before.
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      ...(roles.length === 0
        ? {}
        : {
            podIdentityAssociation: roles.map(({ service_account, arn }) => ({
              serviceAccount: service_account,
              roleArn: arn,
            })),
          }),
      timeouts: { create: "25m", update: "25m", delete: "10m" }, // EKS itself gives up on pods after 20 minutes
      dependsOn: [...roles.flatMap(({ ready }) => ready), ...(bucket?.ready ?? []), ...after],
    });
    this.namespace = addon.namespace;
    this.version = version;
    this.ready = [resource];
  }
}
