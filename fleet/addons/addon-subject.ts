import { type AddonName, catalogue } from "../../addons/catalogue";
import type { AddonSubject } from "../../addons/contract/addon-context";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import { slugOf } from "../../language/words/names";
import type { Account, Definition, KubernetesVersion } from "../model/cluster";
import { addonSettings, enabledAddons } from "../model/enabled-addons";
import { hostedZoneRole } from "../network/hosted-zone";
import { podTier } from "../network/subnets";
import { hasAutoModeClasses, isAutoModeOnly } from "../nodes/auto-mode";
import { COREDNS_PODS, runsOnFargate } from "../nodes/fargate";
import { interruptionQueue } from "../nodes/interruption-queue";
import { KARPENTER_NODE_ROLE } from "../nodes/karpenter";
import { nodeFacts } from "../nodes/node-facts";
import { isProvided } from "./cluster-services";
import { isOnFargate } from "./fargate-addons";
import { albClass } from "./ingress-classes";
import { lazily } from "./lazily";

const ADDONS = Object.keys(catalogue) as AddonName[];

/**
 * Returns the facts about a cluster that its addons read. Each value is computed when it is read, so that a rule of an addon stops
 * only where it reads a refused value.
 */
export function addonSubject(
  { meta, tfvars }: Definition,
  of: {
    readonly account: Account;
    readonly partition: string;
    readonly hosted_zone_id: string | null;
    /** Throws if the release is not known, or not for this Kubernetes version. */
    readonly images: () => KubernetesVersion["images"];
  },
): AddonSubject {
  return lazily<AddonSubject>({
    cluster_name: () => slugOf(meta.CLUSTER_NAME),
    region: () => tfvars.common.aws_region,
    partition: () => of.partition,
    account_id: () => of.account.id,
    tier: () => meta.TIER,
    kubernetes_version: () => tfvars.cluster.kubernetes_version,
    images: () => of.images() ?? {},
    k8s_base_domain: () => tfvars.cluster.k8s_base_domain,
    hosted_zone_id: () => of.hosted_zone_id,
    hosted_zone_role_arn: () => hostedZoneRole({ tfvars }, of.account),
    autoscaled_workers: () => tfvars.workers.filter(({ autoscaling }) => autoscaling).map(({ name }) => name),
    // One at a time: a refused switch does not make the other switches unknown.
    enabled: () => lazily(Object.fromEntries(ADDONS.map((name) => [name, () => tfvars.addons[name].enabled]))),
    system_namespaces: () => systemNamespaces(enabledAddons({ tfvars })),
    teleport_secret: () => (tfvars.common.teleport_token === "" ? null : tfvars.common.teleport_token),
    operating_systems: () => nodeFacts(tfvars).operating_systems,
    ipv6_pods: () => tfvars.networking.ip_family === "ipv6",
    private_network: () => tfvars.networking.private,
    kube_proxy_mode: () => tfvars.cluster.kube_proxy.values["mode"] ?? null,
    refuses_privileged: () =>
      addonSettings({ tfvars }).flatMap(({ addon, name, options }) => {
        const except = addon.accepts_privileged?.(options) ?? null;
        return except === null ? [] : [{ addon: name, except }];
      }),
    alb_class: () => albClass({ tfvars }),
    published: () => {
      const domain = tfvars.cluster.k8s_base_domain;
      const shown = addonSettings({ tfvars }).flatMap(({ addon, options }) => addon.publishes?.(options) ?? []);
      return domain === null ? {} : Object.fromEntries(shown.map((ui) => [ui, `https://${ui}.${domain}`]));
    },
    on_fargate: () => enabledAddons({ tfvars }).filter((name) => isOnFargate(catalogue[name], { tfvars })),
    dns_on_fargate: () => runsOnFargate(tfvars.fargate_profiles, COREDNS_PODS),
    pods_in_own_subnets: () => podTier(tfvars) === "pod",
    volumes: () => isProvided("block_volumes", tfvars) || hasAutoModeClasses({ tfvars }),
    auto_mode_only: () => isAutoModeOnly({ tfvars }),
    gpu_pools: () =>
      tfvars.node_pools
        .filter(({ ami_family, kind }) => kind === "karpenter" && ami_family === "AL2023")
        .map(({ name }) => name),
    karpenter_node_role_arn: () =>
      `arn:${of.partition}:iam::${of.account.id}:role${tfvars.common.iam.path}${boundedName(slugOf(meta.CLUSTER_NAME), KARPENTER_NODE_ROLE, NAME_LIMITS.iam_role)}`,
    runbooks_url: () => tfvars.addons.runbooks_url,
    interruption_queues: () => {
      const owner = {
        slug: slugOf(meta.CLUSTER_NAME),
        partition: of.partition,
        region: tfvars.common.aws_region,
        accountId: of.account.id,
      };
      return {
        karpenter: interruptionQueue(owner, "karpenter"),
        "node-termination-handler": interruptionQueue(owner, "node-termination-handler"),
      };
    },
  });
}

function systemNamespaces(enabled: readonly AddonName[]): readonly string[] {
  const own = enabled.map((name) => catalogue[name].namespace);
  return [...new Set(["kube-node-lease", "kube-public", "kube-system", ...own])].sort();
}
