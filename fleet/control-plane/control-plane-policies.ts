import { runsWindows } from "../../aws/ami";
import { AUTO_MODE_POLICIES } from "../../aws/iam-policies";
import type { Tfvars } from "../model/cluster";

/** Policies of AWS that the control plane's role has, by what it does for the cluster. */
export function controlPlanePolicies(tfvars: Tfvars): readonly string[] {
  return [
    "AmazonEKSClusterPolicy",
    // EKS gives Windows pods their addresses, and pods with security groups of their own their interfaces.
    ...(runsWindows(tfvars) || givesPodsInterfaces(tfvars) ? ["AmazonEKSVPCResourceController"] : []),
    ...(tfvars.cluster.auto_mode.enabled === null ? [] : AUTO_MODE_POLICIES), // also for false: EKS then removes its nodes with them
  ];
}

/** True if the VPC CNI lets pods have security groups: its own variable sets that, because no key of a definition does. */
function givesPodsInterfaces({ cluster }: Tfvars): boolean {
  const { enabled, values } = cluster.vpc_cni;
  const { env } = values as { readonly env?: Readonly<Record<string, unknown>> | null };
  return enabled && env?.["ENABLE_POD_ENI"] === "true";
}
