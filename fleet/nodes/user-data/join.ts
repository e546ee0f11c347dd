import type { Worker } from "../../model/cluster";

/** What a node has to know to join; the texts may stand for what only an apply knows. */
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

/** What is rendered: the group, the labels of its nodes, and, where nobody else tells them, what they join. */
export interface Booting {
  readonly worker: Worker;
  readonly labels: Readonly<Record<string, string>>;
  /** Undefined where EKS tells it: it merges its own part with ours. */
  readonly join: Join | undefined;
}

/** `key=value:Effect`, as the kubelet's flags have taints. */
export function taintFlags({ worker }: Booting): string[] {
  return worker.taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`);
}
