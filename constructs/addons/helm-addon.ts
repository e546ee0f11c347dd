import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { Release } from "@cdktf/provider-helm/lib/release";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { HelmAddon as HelmAddonFacts } from "../../addons/addon";
import { CompositionError } from "../composition-error";
import { addonRole } from "./addon-role";
import type { AddonProps, InstalledAddon } from "./installed-addon";
import { releaseName, releaseSettings } from "./release-settings";
import { valuesText } from "./values-text";

type Props = AddonProps<HelmAddonFacts>;

/** An addon that is a Helm chart, at the release's exact version. */
export class HelmAddon extends Construct implements InstalledAddon {
  readonly namespace: string;
  readonly version: string;
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id);
    const { addon, after, cluster, context, options, values } = props;
    const chart = cluster.release.charts[addon.name];
    if (chart === undefined) {
      throw new CompositionError(this, `release ${cluster.release.name} has no chart for the addon ${addon.name}`);
    }

    const namespace = this.ownNamespace(props);
    const identity = this.identity(props);
    const release = new Release(this, "Resource", {
      name: releaseName(addon),
      namespace: addon.namespace,
      repository: chart.repository,
      chart: chart.chart,
      version: chart.version,
      values: [valuesText(addon.values(context, options), values)],
      ...releaseSettings(addon.wait),
      dependsOn: [...namespace, ...identity, ...after],
    });
    this.namespace = addon.namespace;
    this.version = chart.version;
    this.ready = [release];
  }

  /**
   * Not by Helm's own `create_namespace`, which sets no labels and never deletes what it made. After the same addons as the
   * release, so that it goes before them: with it go claims that charts leave, and their volumes while there is a driver.
   */
  private ownNamespace({ addon: { namespace, pod_security }, after }: Props): readonly ITerraformDependable[] {
    if (pod_security === undefined) return [];
    const labels = { "pod-security.kubernetes.io/enforce": pod_security };
    return [new NamespaceV1(this, "namespace", { metadata: { name: namespace, labels }, dependsOn: [...after] })];
  }

  /** Before the release: a pod that starts before its service account has a role runs without one until it is restarted. */
  private identity(props: Props): readonly ITerraformDependable[] {
    const role = addonRole(this, props);
    if (role === undefined) return [];
    const association = new EksPodIdentityAssociation(this, "identity", {
      clusterName: props.context.cluster_name,
      namespace: props.addon.namespace,
      serviceAccount: role.service_account,
      roleArn: role.arn,
    });
    return [...role.ready, association];
  }
}
