import { catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import { ifCertain } from "../../../language/refused";
import { isOnFargate } from "../../addons/fargate-addons";
import type { Cluster, Definition } from "../../model/cluster";
import { enabledAddons } from "../../model/enabled-addons";
import type { Subject } from "../../model/subject";
import { needsNoNodeAddons } from "../../nodes/auto-mode";
import type { Check, Finding } from "../../rules/finding";
import { noEffect } from "../../rules/forms";

const CLUSTER = ["tfvars", "cluster"] as const;

/** The EKS add-ons that nodes wait for: their key in a definition, and their name at AWS. */
export const NODE_ADDONS = {
  vpc_cni: "vpc-cni",
  kube_proxy: "kube-proxy",
  eks_pod_identity_agent: "eks-pod-identity-agent",
} as const satisfies Partial<Record<keyof Cluster["tfvars"]["cluster"], string>>;
export type NodeAddon = keyof typeof NODE_ADDONS;

/** Refuses an add-on of nodes without a version for the cluster's Kubernetes, or without the agent that gives its role. */
export const checkNodeAddons: Check = (subject) => {
  const { definition } = subject;
  const keys = Object.keys(NODE_ADDONS) as NodeAddon[];
  if (needsNoNodeAddons(definition)) {
    return keys.flatMap((key) =>
      unused(definition, key, `all nodes are Auto Mode's, which has its own ${NODE_ADDONS[key]}`),
    );
  }
  return [
    ...keys.flatMap((key) => ifCertain(() => ofAddon(subject, key)) ?? []),
    ...(ifCertain(() => withoutAgent(definition)) ?? []),
  ];
};

/** Reports settings of an add-on that the cluster does not have. A layer may set them for clusters that have it. */
function unused({ tfvars }: Definition, key: NodeAddon, reason: string): Finding[] {
  return Object.keys(tfvars.cluster[key])
    .filter((setting) => setting !== "enabled")
    .map((setting) => ({ ...noEffect([...CLUSTER, key, setting], reason), own: true }));
}

function ofAddon({ definition, release }: Subject, key: NodeAddon): Finding[] {
  const { cluster } = definition.tfvars;
  const { enabled, version } = cluster[key];
  const name = NODE_ADDONS[key];
  const path = [...CLUSTER, key, "version"];
  if (!enabled) return unused(definition, key, `${key}.enabled is false`);
  const pinned = release?.kubernetes[cluster.kubernetes_version]?.eks_addons;
  if (version === null && pinned !== undefined && pinned[name] === undefined) {
    const message = `release ${release?.name} pins no ${name} for Kubernetes ${cluster.kubernetes_version}. Set a version, or add it to eks_addons`;
    return [{ path, because: [["meta", "RELEASE_MODEL"]], message }];
  }
  if (key === "kube_proxy" && version !== null && !version.startsWith(`v${cluster.kubernetes_version}.`)) {
    const message = `must begin with v${cluster.kubernetes_version}., because it runs on Kubernetes ${cluster.kubernetes_version}, but is ${version}`;
    return [{ path, message }];
  }
  return [];
}

/** Refuses a cluster without the agent that gives pods their roles: without it the CNI could give no pod an address. */
function withoutAgent(definition: Definition): Finding[] {
  const { cluster, extra_charts } = definition.tfvars;
  if (cluster.eks_pod_identity_agent.enabled) return [];
  const nodes = hasNodes(definition);
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
  const message = `must be true, because ${served.join(", ")} ${served.length === 1 ? "gets its role" : "get their roles"} from it. Enable it, or disable ${served.length === 1 ? "that" : "those"}`;
  return [{ path, message }];
}

/** True if nodes boot with the EKS add-ons. Fargate has addresses of its own, and hybrid nodes another CNI. */
export function hasNodes({ tfvars }: Definition): boolean {
  return tfvars.workers.length > 0 || tfvars.addons.karpenter.enabled;
}
