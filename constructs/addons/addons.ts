import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { catalogue } from "../../addons/catalogue";
import type { Addon, Manifest } from "../../addons/contract/addon";
import type { AddonContext } from "../../addons/contract/addon-context";
import { dashboardOf } from "../../addons/parts/dashboard";
import { AUTO_MODE_CLASSES } from "../../addons/storage/auto-mode-classes";
import { AUTO_MODE_SWITCH, networkPolicies } from "../../addons/traffic/network-policies";
import { providersOf } from "../../fleet/addons/cluster-services";
import type { Extras as ExtraSettings } from "../../fleet/addons/extras";
import type { Tfvars } from "../../fleet/model/cluster";
import type { AddonPlan, AddonsPlan } from "../../fleet/plan/addons-plan";
import { comesAfter } from "../../fleet/plan/install-order";
import type { Owner } from "../../fleet/plan/owner";
import { ExtraEksAddons } from "../cluster/extra-eks-addons";
import { AddonManifests } from "../helm/addon-manifests";
import { ManifestsChart } from "../helm/manifests-chart";
import { webIdentityProvider } from "../iam/web-identity";
import { leaveBucketBehind } from "../storage/private-bucket";
import { type AddonSources, addonContext } from "./addon-context";
import { EksAddon } from "./eks-addon";
import { Extras } from "./extras";
import { HelmAddon } from "./helm-addon";
import type { AddonProps, InstalledAddon } from "./installed-addon";
import { keptToLinux } from "./linux-nodes";

export interface AddonsProps extends AddonSources {
  readonly owner: Owner;
  readonly plan: AddonsPlan;
  /** Charts and manifests besides the addons. */
  readonly extras: ExtraSettings;
  /** EKS add-ons besides those of the catalogue, without those that nodes wait for. */
  readonly extraEksAddons: Tfvars["cluster"]["extra_eks_addons"];
}

/** An enabled addon: its entry in the catalogue and its plan. */
interface EnabledAddon {
  readonly addon: Addon;
  readonly plan: AddonPlan;
}

/** Every enabled addon of a cluster, each after those that it requires. Construct ids are the keys in the definition. */
export class Addons extends Construct {
  /** Addon -> its namespace and its version. */
  readonly installed: Readonly<Record<string, { readonly namespace: string; readonly version: string }>>;

  private readonly built = new Map<string, InstalledAddon>();

  constructor(scope: Construct, id: string, props: AddonsProps) {
    super(scope, id);
    const { extraEksAddons, extras, owner, plan } = props;
    const context = addonContext(plan, props);
    const enabled = plan.enabled.map((each): EnabledAddon => ({ addon: catalogue[each.name], plan: each }));
    this.install(props, context, enabled);
    for (const { bucket, name } of Object.values<Addon>(catalogue)) {
      if (bucket !== undefined && !this.built.has(name)) leaveBucketBehind(this, name, "bucket");
    }

    // Last, because an addon's objects can have a kind that a later addon brings. Nothing waits for them.
    const withManifests = enabled
      .map(({ addon, plan: { options } }) => ({
        addon,
        manifests: [...(addon.manifests?.(context, options) ?? []), ...dashboardOf(addon, context)],
      }))
      .filter(({ manifests }) => manifests.length > 0);
    const policies = policiesOf(plan.networkPolicies, enabled);
    const classes = plan.autoModeClasses ? AUTO_MODE_CLASSES : [];
    const printed = withManifests.length + extras.extra_manifests.length + policies.length + classes.length;
    const chart = printed > 0 ? new ManifestsChart(this, "manifests").path : "";
    for (const { addon, manifests } of withManifests) {
      new AddonManifests(this, `${addon.name}_manifests`, {
        addon,
        manifests: keptToLinux(manifests, context),
        chart,
        after: this.readyOf(addon.name, ...(addon.manifests_after ?? [])),
      });
    }

    const all = [...this.built.values()].flatMap(({ ready }) => ready);
    if (classes.length > 0) {
      const addon = { name: "auto_mode_classes", namespace: "kube-system" }; // the classes have no namespace
      new AddonManifests(this, "auto_mode_classes", { addon, manifests: classes, chart, after: [] });
    }
    if (policies.length > 0) {
      const addon = { name: "network_policies", namespace: "kube-system" }; // each policy names its own
      new AddonManifests(this, "network_policies", { addon, manifests: policies, chart, after: all });
    }
    new ExtraEksAddons(this, "extra-eks-addons", {
      owner,
      clusterName: owner.slug,
      addons: extraEksAddons,
      after: this.readyOf(...providersOf("dns")), // add-ons that call AWS or the API by name
    });
    new Extras(this, "extras", { owner, extras, context, chart, after: all });

    this.installed = Object.fromEntries([
      ...[...this.built].map(([name, { namespace, version }]) => [name, { namespace, version }]),
      ...extras.extra_charts.map(({ name, namespace, version }) => [name, { namespace, version }]),
    ]);
  }

  /** Returns the resources of addons that others wait for; nothing for addons that the cluster does not have. */
  readyOf(...addons: readonly string[]): readonly ITerraformDependable[] {
    return addons.flatMap((addon) => this.built.get(addon)?.ready ?? []);
  }

  private install({ eks, owner }: AddonsProps, context: AddonContext, enabled: readonly EnabledAddon[]): void {
    const byToken = ({ addon: { fargate, name } }: EnabledAddon) =>
      fargate?.annotations !== undefined && context.on_fargate.includes(name);
    const provider = enabled.some(byToken) ? webIdentityProvider(this, eks) : undefined;
    for (const item of enabled) {
      const after = this.readyOf(...comesAfter(item.addon));
      const webIdentity = byToken(item) ? provider : undefined;
      this.built.set(item.addon.name, build(this, { ...item, owner, context, after, webIdentity }));
    }
  }
}

/** Returns the policies of the addons' namespaces, and the switch that makes Auto Mode's nodes enforce them. */
function policiesOf(enforcedBy: AddonsPlan["networkPolicies"], enabled: readonly EnabledAddon[]): readonly Manifest[] {
  if (enforcedBy === null) return [];
  return [
    ...(enforcedBy === "auto_mode" ? [AUTO_MODE_SWITCH] : []),
    ...networkPolicies(enabled.map(({ addon }) => addon)),
  ];
}

function build(scope: Construct, props: AddonProps<Addon>): InstalledAddon {
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
