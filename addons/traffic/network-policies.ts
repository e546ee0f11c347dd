import type { AddonName } from "../catalogue";
import type { Manifest } from "../contract/addon";

/** Any port: who faces the outside has listeners that others choose. */
type Served = readonly number[] | "any";

/**
 * Ports of the pods in each addon's own namespace that are called from outside it, besides by Prometheus: webhooks and extension
 * APIs by the API server, UIs by load balancers, receivers by everybody's pods. In kube-system there is no policy of ours.
 */
export const SERVED = {
  alloy: [],
  amazon_cloudwatch_observability: "any", // receivers and webhooks of an operator that chooses their ports
  argo_cd: [8080],
  argo_rollouts: [],
  cert_manager: [10_250], // its webhook
  cluster_overprovisioner: [],
  concourse: [2222, 8080], // workers elsewhere, and people
  dex: [5556],
  envoy_gateway: "any", // listeners of Gateways
  external_dns: [],
  external_secrets: [9443], // its webhook
  falco: [],
  fluent_bit: [],
  flux: [9292], // hooks of Git
  github_actions_runners: [],
  goldilocks: [8080],
  headlamp: [4466],
  ingress_nginx: "any", // listeners for everybody, and a webhook
  keda: [6443, 9443], // metrics for the API server, and its webhook
  kube_prometheus_stack: [3000, 9090, 9093, 10_250, 10_901], // Grafana, Prometheus, Alertmanager, a webhook, Thanos
  kured: [],
  kyverno: [9443], // its webhooks
  loki: [3100, 8080], // itself, and its gateway
  node_problem_detector: [],
  oauth2_proxy: [4180],
  opencost: [9003, 9090],
  opentelemetry_collector: [4317, 4318],
  prometheus_adapter: [6443], // metrics for the API server
  prometheus_blackbox_exporter: [],
  reloader: [],
  secrets_store_csi_driver: [],
  teleport_kube_agent: [],
  tempo: [3200, 4317, 4318],
  traefik: "any", // listeners for everybody
  velero: [],
} as const satisfies Partial<Record<AddonName, Served>>;

const SERVED_BY: Readonly<Record<string, Served>> = SERVED;

interface InNamespace {
  readonly name: string;
  readonly namespace: string;
}

/** A policy for each addon's own namespace: in comes who is there, Prometheus, and whoever calls a port that it serves. */
export function networkPolicies(enabled: readonly InNamespace[]): readonly Manifest[] {
  const prometheus = enabled.find(({ name }) => name === "kube_prometheus_stack");
  return enabled.flatMap(({ name, namespace }) => {
    const ports = SERVED_BY[name] ?? "any";
    return ports === "any" ? [] : [policy(namespace, ports, prometheus?.namespace)];
  });
}

/** Nothing is said of the way out: DNS, the API server and AWS are everybody's. Policies add up: who needs more makes another. */
function policy(namespace: string, ports: readonly number[], prometheus: string | undefined): Manifest {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "platform", namespace },
    spec: {
      podSelector: {},
      policyTypes: ["Ingress"],
      ingress: [
        { from: [{ podSelector: {} }] },
        ...(prometheus === undefined || prometheus === namespace
          ? []
          : [{ from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": prometheus } } }] }]),
        // From anywhere: neither the API server nor a load balancer has a namespace to be named by.
        ...(ports.length === 0 ? [] : [{ ports: ports.map((port) => ({ protocol: "TCP", port })) }]),
      ],
    },
  };
}

/** What makes the nodes of Auto Mode enforce policies; where there is a VPC CNI add-on, its own setting does. */
export const AUTO_MODE_SWITCH: Manifest = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "amazon-vpc-cni", namespace: "kube-system" },
  data: { "enable-network-policy-controller": "true" },
};
