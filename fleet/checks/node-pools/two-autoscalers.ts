import { listed } from "../../../language/suggest";
import type { Check } from "../../rules/finding";

const KARPENTER = ["tfvars", "addons", "karpenter", "enabled"];
const AUTOSCALER = ["tfvars", "addons", "cluster_autoscaler", "enabled"];

/**
 * For a pending pod, Karpenter and cluster-autoscaler would each add a node, and each would then remove the other's node. They
 * do not compete for groups that accept only pods with a toleration, or that keep their size.
 */
export const checkTwoAutoscalers: Check = ({ definition: { tfvars } }) => {
  const { karpenter, cluster_autoscaler } = tfvars.addons;
  if (!karpenter.enabled || !cluster_autoscaler.enabled) return [];
  const shared = tfvars.workers.filter(
    ({ autoscaling, taints }) => autoscaling && taints.every(({ effect }) => effect === "PreferNoSchedule"),
  );
  if (shared.length === 0) return [];
  const names = listed(shared.map(({ name }) => name));
  const message = `conflicts with karpenter, because both add nodes for the pods that can run on ${names}. Set cluster_autoscaler_enabled: false, or give ${names} a taint or autoscaling: false`;
  return [{ path: AUTOSCALER, because: [KARPENTER], message }];
};
