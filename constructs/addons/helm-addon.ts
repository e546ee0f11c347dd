import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { z } from "zod";
import type { HelmAddon as HelmAddonFacts, Values } from "../../addons/contract/addon";
import type { AddonChart, PodSecurity } from "../../addons/contract/addon-parts";
import { mergeValues } from "../../addons/contract/merge-values";
import { readinessGates } from "../../addons/parts/readiness-gates";
import { CompositionError } from "../composition-error";
import { ownNamespace } from "../helm/own-namespace";
import { releaseName, releaseSettings } from "../helm/release-settings";
import { effective } from "../iam/effective-associations";
import { ROLE_ANNOTATION } from "../iam/web-identity";
import { valuesText } from "../values/values-text";
import { addonBucket } from "./addon-bucket";
import { type AddonIdentity, addonRoles } from "./addon-role";
import type { AddonProps, InstalledAddon } from "./installed-addon";
import { keptToLinux } from "./linux-nodes";

type Props = AddonProps<HelmAddonFacts>;

/** An addon that consists of one or several Helm charts, at the release's exact versions. */
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
    const { addon, after, context, plan } = props;
    const { options, values, version } = plan;
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
    this.version = version;
    this.ready = [release, ...last];
  }

  private furtherReleases(order: AddonChart<never>["order"], after: readonly ITerraformDependable[]): Release[] {
    const { addon, context, plan } = this.props;
    const { furtherValues, options } = plan;
    return (addon.further_charts ?? [])
      .filter((further) => further.order === order && (further.included?.(context, options) ?? true))
      .flatMap((further) => {
        const { chart, namespace } = further;
        const before = [...after, ...this.furtherNamespace(further)];
        return (further.releases?.(options) ?? [releaseName(chart)]).map((name) =>
          this.release(
            further.releases === undefined ? chart : `${chart}-${name}`,
            { key: chart, name, namespace: namespace?.name ?? addon.namespace },
            valuesText(this.onLinux(further.values(context, options, name)), furtherValues[chart] ?? {}),
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
    const pinned = this.props.plan.charts[key];
    if (pinned === undefined) throw new CompositionError(this, `no chart is planned for ${key}`);
    const { repository, chart, version } = pinned;
    return new Release(this, id, {
      name,
      namespace,
      repository,
      chart,
      version,
      values: [values],
      ...releaseSettings(wait),
      ...(this.props.plan.adopt && { upgradeInstall: true, takeOwnership: true }),
      ...(skip_crds && key === this.props.addon.name && { skipCrds: true }),
      dependsOn: [...after],
    });
  }

  private onLinux(values: Values): Values {
    const { addon, context } = this.props;
    return addon.selects_linux ? values : keptToLinux(values, context);
  }

  /**
   * Creates the namespace, because Helm's `create_namespace` sets no labels and never deletes the namespace. It depends on the same
   * addons as the release and is deleted before them: claims that charts leave are deleted with it, and their volumes while the
   * driver still runs.
   */
  private ownNamespace(): readonly ITerraformDependable[] {
    const { addon } = this.props;
    return addon.pod_security === undefined ? [] : [this.namespaceOf("namespace", addon.namespace, addon.pod_security)];
  }

  private furtherNamespace({ chart, namespace }: AddonChart<z.ZodType>): readonly ITerraformDependable[] {
    if (namespace === undefined) return [];
    return [this.namespaceOf(`${chart}-namespace`, namespace.name, namespace.pod_security(this.props.plan.options))];
  }

  private namespaceOf(id: string, name: string, podSecurity: PodSecurity): ITerraformDependable {
    const { addon, after, context, plan } = this.props;
    const { furtherValues, namespace, options, values } = plan;
    const made = ownNamespace(this, id, {
      name,
      podSecurity,
      settings: namespace,
      labels: readinessGates(addon, context, options),
      values: [mergeValues(addon.values(context, options), values), furtherValues],
      after,
    });
    if (plan.adopt) made.importFrom(name);
    return made;
  }

  /** Creates the roles before the release: a pod that is created before its service account has a role never gets one. */
  private identities(): { readonly ready: readonly ITerraformDependable[]; readonly values: Values } {
    const { addon, context, owner, plan, webIdentity } = this.props;
    const { options } = plan;
    const bucket = addonBucket(this, { addon, context, options, owner });
    const roles = addonRoles(this, { ...this.props, options, bucket });
    const made = [...(bucket?.ready ?? []), ...roles.flatMap(({ role }) => role.ready)];
    if (webIdentity !== undefined) return { ready: made, values: annotated(addon, roles) };
    const associations = roles.map(
      ({ role, serviceAccount }) =>
        new EksPodIdentityAssociation(
          this,
          serviceAccount === addon.service_account ? "identity" : `identity-${serviceAccount}`,
          { clusterName: context.cluster_name, namespace: addon.namespace, serviceAccount, roleArn: role.arn },
        ),
    );
    return { ready: [...made, ...effective(this, associations)], values: {} };
  }
}

/** Returns values that set the annotation with the role, at the place where the chart expects it. */
function annotated({ fargate, service_account }: HelmAddonFacts, roles: readonly AddonIdentity[]): Values {
  const own = roles.find((each) => each.serviceAccount === service_account);
  if (own === undefined) return {};
  const path = [...(fargate?.annotations ?? []), ROLE_ANNOTATION];
  return path.reduceRight<unknown>((value, key) => ({ [key]: value }), own.role.arn) as Values;
}
