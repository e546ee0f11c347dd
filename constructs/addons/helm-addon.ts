import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { Release } from "@cdktf/provider-helm/lib/release";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { z } from "zod";
import type { AddonChart, HelmAddon as HelmAddonFacts, PodSecurity, Values } from "../../addons/contract/addon";
import { CompositionError } from "../composition-error";
import { releaseName, releaseSettings } from "../helm/release-settings";
import { ROLE_ANNOTATION } from "../iam/web-identity";
import { mergeValues } from "../values/merge-values";
import { valuesText } from "../values/values-text";
import { addonBucket } from "./addon-bucket";
import { type AddonRole, addonRoles } from "./addon-role";
import type { AddonProps, InstalledAddon } from "./installed-addon";
import { keptToLinux } from "./linux-nodes";

type Props = AddonProps<HelmAddonFacts>;

/** An addon that is a Helm chart, or several, at the release's exact versions. */
export class HelmAddon extends Construct implements InstalledAddon {
  readonly namespace: string;
  readonly version: string;
  readonly ready: readonly ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: Props,
  ) {
    super(scope, id);
    const { addon, after, context, options, values } = props;
    const namespace = this.ownNamespace();
    const identities = this.identities();
    const prepared = [...namespace, ...identities.ready, ...after];
    const first = this.furtherReleases("before", prepared);
    const release = this.release(
      "Resource",
      { key: addon.name, name: releaseName(addon.name), namespace: addon.namespace },
      valuesText(mergeValues(this.onLinux(addon.values(context, options)), identities.values), values),
      [...prepared, ...first],
    );
    const last = this.furtherReleases("after", [release]);
    this.namespace = addon.namespace;
    this.version = this.pinned(addon.name).version;
    this.ready = [release, ...last];
  }

  private furtherReleases(order: AddonChart<never>["order"], after: readonly ITerraformDependable[]): Release[] {
    const { addon, context, further_values, options } = this.props;
    return (addon.further_charts ?? [])
      .filter((further) => further.order === order && (further.included?.(context, options) ?? true))
      .flatMap((further) => {
        const { chart, namespace } = further;
        const before = [...after, ...this.furtherNamespace(further)];
        return (further.releases?.(options) ?? [releaseName(chart)]).map((name) =>
          this.release(
            further.releases === undefined ? chart : `${chart}-${name}`,
            { key: chart, name, namespace: namespace?.name ?? addon.namespace },
            valuesText(this.onLinux(further.values(context, options, name)), further_values[chart] ?? {}),
            before,
          ),
        );
      });
  }

  private release(
    id: string,
    { key, name, namespace }: { readonly key: string; readonly name: string; readonly namespace: string },
    values: string,
    after: readonly ITerraformDependable[],
  ): Release {
    const { skip_crds = false, wait } = this.props.addon;
    const { repository, chart, version } = this.pinned(key);
    return new Release(this, id, {
      name,
      namespace,
      repository,
      chart,
      version,
      values: [values],
      ...releaseSettings(wait),
      ...(skip_crds && key === this.props.addon.name ? { skipCrds: true } : {}),
      dependsOn: [...after],
    });
  }

  private onLinux(values: Values): Values {
    const { addon, context } = this.props;
    return addon.selects_linux ? values : keptToLinux(values, context);
  }

  private pinned(key: string) {
    const { release } = this.props.cluster;
    const chart = release.charts[key];
    if (chart === undefined) throw new CompositionError(this, `release ${release.name} has no chart for ${key}`);
    return chart;
  }

  /**
   * Not by Helm's own `create_namespace`, which sets no labels and never deletes what it made. After the same addons as the
   * release, so that it goes before them: with it go claims that charts leave, and their volumes while there is a driver.
   */
  private ownNamespace(): readonly ITerraformDependable[] {
    const { addon } = this.props;
    return addon.pod_security === undefined ? [] : [this.namespaceOf("namespace", addon.namespace, addon.pod_security)];
  }

  private furtherNamespace({ chart, namespace }: AddonChart<z.ZodType>): readonly ITerraformDependable[] {
    if (namespace === undefined) return [];
    return [this.namespaceOf(`${chart}-namespace`, namespace.name, namespace.pod_security(this.props.options))];
  }

  private namespaceOf(id: string, name: string, podSecurity: PodSecurity): NamespaceV1 {
    const labels = { "pod-security.kubernetes.io/enforce": podSecurity };
    return new NamespaceV1(this, id, { metadata: { name, labels }, dependsOn: [...this.props.after] });
  }

  /** Before the release: a pod that starts before its service account has a role runs without one until it is restarted. */
  private identities(): { readonly ready: readonly ITerraformDependable[]; readonly values: Values } {
    const { addon, context, web_identity } = this.props;
    const bucket = addonBucket(this, this.props);
    const roles = addonRoles(this, { ...this.props, bucket });
    const made = [...(bucket?.ready ?? []), ...roles.flatMap(({ ready }) => ready)];
    if (web_identity !== undefined) return { ready: made, values: annotated(addon, roles) };
    const associations = roles.map(
      ({ arn, service_account }) =>
        new EksPodIdentityAssociation(
          this,
          service_account === addon.service_account ? "identity" : `identity-${service_account}`,
          {
            clusterName: context.cluster_name,
            namespace: addon.namespace,
            serviceAccount: service_account,
            roleArn: arn,
          },
        ),
    );
    return { ready: [...made, ...associations], values: {} };
  }
}

/** The annotation that names the role, where the chart takes it. */
function annotated({ fargate, service_account }: HelmAddonFacts, roles: readonly AddonRole[]): Values {
  const role = roles.find((each) => each.service_account === service_account);
  if (role === undefined) return {};
  const path = [...(fargate?.annotations ?? []), ROLE_ANNOTATION];
  return path.reduceRight<unknown>((value, key) => ({ [key]: value }), role.arn) as Values;
}
