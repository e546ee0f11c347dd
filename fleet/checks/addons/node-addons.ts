import { catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import { isOnFargate } from "../../addons/fargate-addons";
import type { Cluster, Definition } from "../../model/cluster";
import { enabledAddons } from "../../model/enabled-addons";
import type { Subject } from "../../model/subject";
import { needsNoNodeAddons } from "../../nodes/auto-mode";
import type { Check, Finding } from "../../rules/finding";

const CLUSTER = ["tfvars", "cluster"] as const;
const VERSION = [...CLUSTER, "kubernetes_version"] as const;

/** The EKS add-ons that nodes wait for: their key in a definition, and their name at AWS. */
export const NODE_ADDONS = {
  vpc_cni: "vpc-cni",
  kube_proxy: "kube-proxy",
  eks_pod_identity_agent: "eks-pod-identity-agent",
} as const satisfies Partial<Record<keyof Cluster["tfvars"]["cluster"], string>>;
export type NodeAddon = keyof typeof NODE_ADDONS;

/** What nodes wait for has a version, one for the cluster's Kubernetes, and the agent that gives it its role. */
export const checkNodeAddons: Check = (subject) => {
  const { definition } = subject;
  const keys = Object.keys(NODE_ADDONS) as NodeAddon[];
  if (needsNoNodeAddons(definition)) {
    const given = [
      [...CLUSTER, "auto_mode", "enabled"],
      ["tfvars", "workers"],
    ];
    return keys.flatMap((key) => {
      const why = `has no effect where all nodes are Auto Mode's, which brings its own ${NODE_ADDONS[key]}: remove it`;
      return unused(definition, key, why).map((finding) => ({ ...finding, given }));
    });
  }
  return [...keys.flatMap((key) => ofAddon(subject, key)), ...withoutAgent(definition)];
};

/** Of an add-on that is not there nothing can be said; a layer may say it for clusters that have it. */
function unused({ tfvars }: Definition, key: NodeAddon, message: string): Finding[] {
  return Object.keys(tfvars.cluster[key])
    .filter((setting) => setting !== "enabled")
    .map((setting) => ({ own: true, path: [...CLUSTER, key, setting], message }));
}

function ofAddon({ definition, release }: Subject, key: NodeAddon): Finding[] {
  const { cluster } = definition.tfvars;
  const { enabled, version } = cluster[key];
  const name = NODE_ADDONS[key];
  const path = [...CLUSTER, key, "version"];
  if (!enabled) {
    const given = [[...CLUSTER, key, "enabled"]];
    return unused(definition, key, `has no effect while ${key}.enabled is false: remove it`).map((finding) => ({
      ...finding,
      given,
    }));
  }
  const pinned = release?.kubernetes[cluster.kubernetes_version]?.eks_addons;
  if (version === null && pinned !== undefined && pinned[name] === undefined) {
    const message = `release ${release?.name} pins no ${name} for Kubernetes ${cluster.kubernetes_version}: name a version, or add it to eks_addons`;
    return [{ path, given: [VERSION], message }];
  }
  if (key === "kube_proxy" && version !== null && !version.startsWith(`v${cluster.kubernetes_version}.`)) {
    const message = `must begin with v${cluster.kubernetes_version}., because it runs on Kubernetes ${cluster.kubernetes_version}, got ${version}`;
    return [{ path, given: [VERSION], message }];
  }
  return [];
}

/** Without the agent pods get no role, and those of the CNI no address for any other pod. */
function withoutAgent(definition: Definition): Finding[] {
  const { addons: sections, cluster, extra_charts, workers } = definition.tfvars;
  if (cluster.eks_pod_identity_agent.enabled) return [];
  const nodes = workers.length > 0 || sections.karpenter.enabled; // Fargate has addresses of its own
  const addons = enabledAddons(definition)
    .map((name): Addon => catalogue[name])
    .filter((addon) => addon.service_account !== undefined && !isOnFargate(addon, definition))
    .map(({ name }) => name);
  const extra = cluster.extra_eks_addons.filter(({ service_accounts = [] }) => service_accounts.length > 0);
  const served = [
    ...(cluster.vpc_cni.enabled && nodes ? ["vpc_cni"] : []),
    ...addons,
    ...extra.map(({ name }) => name),
    ...extra_charts.filter(({ service_account }) => service_account !== undefined).map(({ name }) => name),
  ];
  if (served.length === 0) return [];
  const path = [...CLUSTER, "eks_pod_identity_agent", "enabled"];
  const given = [[...CLUSTER, "vpc_cni", "enabled"]];
  const message = `must be true, because ${served.join(", ")} ${served.length === 1 ? "gets its role" : "get their roles"} by it: enable it, or disable what needs it`;
  return [{ path, given, message }];
}
