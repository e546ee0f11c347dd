import type { Definition } from "../model/cluster";
import { addonSettings } from "../model/enabled-addons";

/** The EKS add-ons with a pod on every node, by their keys in a definition. */
const DAEMONS_OF_EKS = ["vpc_cni", "kube_proxy", "eks_pod_identity_agent"] as const;

/** Returns the least number of the platform's own pods on every Linux node, and what they are. */
export function daemonsOf(definition: Definition): { readonly pods: number; readonly names: readonly string[] } {
  const addons = addonSettings(definition)
    .map(({ addon, name, options, values }) => ({ name, pods: addon.daemon_pods?.(options, values) ?? 0 }))
    .filter(({ pods }) => pods > 0);
  const ofEks = DAEMONS_OF_EKS.filter((key) => definition.tfvars.cluster[key].enabled);
  const pods = addons.reduce((sum, addon) => sum + addon.pods, ofEks.length);
  return { pods, names: [...ofEks, ...addons.map(({ name }) => name)] };
}
