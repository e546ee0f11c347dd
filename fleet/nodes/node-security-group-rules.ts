/** One ingress rule of the nodes' security group. */
export interface NodeIngress {
  readonly from: "control plane" | "nodes";
  readonly protocol: "tcp" | "udp";
  /** One port, or the first and last port of a range. */
  readonly ports: number | readonly [number, number];
  /** Start of the rule's description. EC2 refuses descriptions with an apostrophe. */
  readonly purpose: string;
}

/** Ingress rules of the nodes. Each key is part of a state address, so that a change of one rule does not touch the others. */
export const NODE_INGRESS: Readonly<Record<string, NodeIngress>> = {
  "webhooks-443": { from: "control plane", protocol: "tcp", ports: 443, purpose: "Webhooks and API services on 443" },
  kubelet: { from: "control plane", protocol: "tcp", ports: 10250, purpose: "Kubelet" },
  "metrics-server": { from: "control plane", protocol: "tcp", ports: 10251, purpose: "metrics-server" },
  "metrics-server-4443": {
    from: "control plane",
    protocol: "tcp",
    ports: 4443,
    purpose: "metrics-server, legacy port",
  },
  "prometheus-adapter": { from: "control plane", protocol: "tcp", ports: 6443, purpose: "prometheus-adapter" },
  "vertical-pod-autoscaler": {
    from: "control plane",
    protocol: "tcp",
    ports: 8000,
    purpose: "Webhook of the Vertical Pod Autoscaler",
  },
  "webhooks-8443": {
    from: "control plane",
    protocol: "tcp",
    ports: 8443,
    purpose: "Webhooks such as those of Karpenter",
  },
  "webhooks-9443": {
    from: "control plane",
    protocol: "tcp",
    ports: 9443,
    purpose: "Webhooks of load balancer controllers",
  },
  "dns-tcp": { from: "nodes", protocol: "tcp", ports: 53, purpose: "CoreDNS" },
  "dns-udp": { from: "nodes", protocol: "udp", ports: 53, purpose: "CoreDNS" },
  "unprivileged-ports": { from: "nodes", protocol: "tcp", ports: [1025, 65535], purpose: "Pods on unprivileged ports" },
};
