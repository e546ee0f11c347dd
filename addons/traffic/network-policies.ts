import type { Addon, Manifest } from "../contract/addon";

/** Returns a policy for each addon's own namespace. It admits the namespace itself, Prometheus, and callers of served ports. */
export function networkPolicies(
  enabled: readonly Pick<Addon, "name" | "namespace" | "served_ports">[],
): readonly Manifest[] {
  const prometheus = enabled.find(({ name }) => name === "kube_prometheus_stack");
  return enabled.flatMap(({ namespace, served_ports = "any" }) =>
    served_ports === "any" ? [] : [policy(namespace, served_ports, prometheus?.namespace)],
  );
}

/** Limits incoming traffic only: all pods may call DNS, the API server and AWS. Policies add up, so a team can allow more. */
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
        // From anywhere: neither the API server nor a load balancer has a namespace to select.
        ...(ports.length === 0 ? [] : [{ ports: ports.map((port) => ({ protocol: "TCP", port })) }]),
      ],
    },
  };
}

/** Makes the nodes of Auto Mode enforce policies. With the VPC CNI add-on, a setting of the add-on does. */
export const AUTO_MODE_SWITCH: Manifest = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "amazon-vpc-cni", namespace: "kube-system" },
  data: { "enable-network-policy-controller": "true" },
};
