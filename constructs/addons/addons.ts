import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Addon, Manifest } from "../../addons/contract/addon";
import { dashboardOf } from "../../addons/parts/dashboard";
import { AUTO_MODE_CLASSES } from "../../addons/storage/auto-mode-classes";
import { AUTO_MODE_SWITCH, networkPolicies } from "../../addons/traffic/network-policies";
import { providersOf } from "../../fleet/addons/cluster-services";
import type { Cluster } from "../../fleet/model/cluster";
import { hasAutoModeClasses } from "../../fleet/nodes/auto-mode";
import { ExtraEksAddons } from "../cluster/extra-eks-addons";
import { AddonManifests } from "../helm/addon-manifests";
import { ManifestsChart } from "../helm/manifests-chart";
import { webIdentityProvider } from "../iam/web-identity";
import { type AddonSources, addonContext, addonsOf, type EnabledAddon } from "./addon-context";
import { EksAddon } from "./eks-addon";
import { Extras } from "./extras";
import { HelmAddon } from "./helm-addon";
import { comesAfter, installOrder } from "./install-order";
import type { AddonProps, InstalledAddon } from "./installed-addon";
import { keptToLinux } from "./linux-nodes";

export interface AddonsProps extends AddonSources {
  readonly cluster: Cluster;
}

/** Every enabled addon of a cluster, each after those it needs. Construct ids are the keys of the definition. */
export class Addons extends Construct {
  /** Addon -> where it is, and what version of it. */
  readonly installed: Readonly<Record<string, { readonly namespace: string; readonly version: string }>>;

  private readonly built = new Map<string, InstalledAddon>();

  constructor(scope: Construct, id: string, { cluster, ...sources }: AddonsProps) {
    super(scope, id);
    const context = addonContext(cluster, sources);
    const enabled = installOrder(addonsOf(cluster));

    const ready = (names: readonly string[]) => names.flatMap((name) => this.readyOf(name));
    const byToken = ({ addon: { fargate, name } }: EnabledAddon) =>
      fargate?.annotations !== undefined && context.on_fargate.has(name);
    const provider = enabled.some(byToken) ? webIdentityProvider(this, sources.eks) : undefined;
    for (const item of enabled) {
      const after = ready(comesAfter(item.addon));
      const web_identity = byToken(item) ? provider : undefined;
      this.built.set(item.addon.name, install(this, { ...item, cluster, context, after, web_identity }));
    }

    // Last, because an addon's objects may be of a kind that a later addon brings. Nothing waits for them.
    const withManifests = enabled
      .map(({ addon, options }) => ({
        addon,
        manifests: [...(addon.manifests?.(context, options) ?? []), ...dashboardOf(addon, context)],
      }))
      .filter(({ manifests }) => manifests.length > 0);
    const { extra_charts, extra_manifests } = cluster.tfvars;
    const policies = policiesOf(cluster, enabled);
    const classes = hasAutoModeClasses(cluster) ? AUTO_MODE_CLASSES : [];
    const printed = withManifests.length + extra_manifests.length + policies.length + classes.length;
    const chart = printed > 0 ? new ManifestsChart(this, "manifests").path : "";
    for (const { addon, manifests } of withManifests) {
      const after = ready([addon.name, ...(addon.manifests_after ?? [])]);
      new AddonManifests(this, `${addon.name}_manifests`, {
        addon,
        manifests: keptToLinux(manifests, context),
        chart,
        after,
      });
    }

    if (classes.length > 0) {
      const addon = { name: "auto_mode_classes", namespace: "kube-system" }; // they are in no namespace
      new AddonManifests(this, "auto_mode_classes", { addon, manifests: classes, chart, after: [] });
    }
    if (policies.length > 0) {
      const addon = { name: "network_policies", namespace: "kube-system" }; // each policy names its own
      const after = [...this.built.values()].flatMap((each) => each.ready);
      new AddonManifests(this, "network_policies", { addon, manifests: policies, chart, after });
    }

    const { account, partition, slug } = cluster;
    new ExtraEksAddons(this, "extra-eks-addons", {
      cluster,
      clusterName: slug,
      clusterArn: `arn:${partition}:eks:${cluster.tfvars.common.aws_region}:${account.id}:cluster/${slug}`,
      beforeNodes: false,
      after: ready(providersOf("dns")), // what calls AWS or the API by a name
    });

    const addons = [...this.built.values()].flatMap((each) => each.ready);
    new Extras(this, "extras", { cluster, context, chart, after: addons });

    this.installed = Object.fromEntries([
      ...[...this.built].map(([name, { namespace, version }]) => [name, { namespace, version }]),
      ...extra_charts.map(({ name, namespace, version }) => [name, { namespace, version }]),
    ]);
  }

  /** What comes after an addon waits for; nothing where the cluster does not have it. */
  readyOf(addon: string): readonly ITerraformDependable[] {
    return this.built.get(addon)?.ready ?? [];
  }
}

/** Policies of the addons' namespaces, and what makes Auto Mode's nodes enforce them; none where they are not asked for. */
function policiesOf({ tfvars }: Cluster, enabled: readonly EnabledAddon[]): readonly Manifest[] {
  if (!tfvars.addons.network_policies_enabled) return [];
  const { auto_mode, vpc_cni } = tfvars.cluster;
  const byAutoMode = auto_mode.enabled === true && !vpc_cni.enabled;
  return [...(byAutoMode ? [AUTO_MODE_SWITCH] : []), ...networkPolicies(enabled.map(({ addon }) => addon))];
}

function install(scope: Construct, props: AddonProps<Addon>): InstalledAddon {
  const { addon } = props;
  switch (addon.kind) {
    case "helm":
      return new HelmAddon(scope, addon.name, { ...props, addon });
    case "eks":
      return new EksAddon(scope, addon.name, { ...props, addon });
    default:
      return addon satisfies never;
  }
}
