import type { Worker } from "../../model/cluster";

/** Facts that a node requires to join its cluster. The texts can be Terraform references. */
export interface Join {
  readonly name: string;
  /** https:// address of the Kubernetes API. */
  readonly endpoint: string;
  /** Base64 of the PEM certificate that signs the API's. */
  readonly certificate_authority_data: string;
  /** Range of Kubernetes Services. */
  readonly service_cidr: string;
  /** Address of the cluster's DNS in that range. */
  readonly dns_ip: string;
}

/** Input of user data: the group, the labels of its nodes, and the cluster to join unless EKS adds that itself. */
export interface Booting {
  readonly worker: Worker;
  readonly labels: Readonly<Record<string, string>>;
  /** Undefined if EKS provides it: EKS merges its own part with this one. */
  readonly join: Join | undefined;
}

/** `key=value:Effect`, as the kubelet's flags have taints. */
export function taintFlags({ worker }: Booting): string[] {
  return worker.taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`);
}
