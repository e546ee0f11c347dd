import { catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import { networkPolicies } from "../../../addons/traffic/network-policies";

const own = Object.values<Addon>(catalogue).filter(({ namespace }) => namespace !== "kube-system");
const of = (...names: readonly string[]) => networkPolicies(own.filter(({ name }) => names.includes(name)));

test("an addon lists its served ports if and only if it has its own namespace", () => {
  const listing = Object.values<Addon>(catalogue).filter(({ served_ports }) => served_ports !== undefined);

  expect(listing.map(({ name }) => name)).toEqual(own.map(({ name }) => name));
});

test("a policy admits its own namespace, Prometheus and callers of served ports", () => {
  expect(of("keda", "kube_prometheus_stack")[0]).toEqual({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "platform", namespace: "keda" },
    spec: {
      podSelector: {},
      policyTypes: ["Ingress"],
      ingress: [
        { from: [{ podSelector: {} }] },
        { from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "monitoring" } } }] },
        {
          ports: [
            { protocol: "TCP", port: 6443 },
            { protocol: "TCP", port: 9443 },
          ],
        },
      ],
    },
  });
});

test.each([
  ["reloader", 1], // it serves nothing, and there is no Prometheus
  ["dex", 2],
] as const)("%s admits %i kinds of callers", (name, kinds) => {
  expect(of(name).map(({ spec }) => (spec as { ingress: object[] }).ingress.length)).toEqual([kinds]);
});

test("has no policy for an addon whose users choose the ports, nor for kube-system", () => {
  expect(of("traefik", "envoy_gateway", "ingress_nginx")).toEqual([]);
  expect(networkPolicies([{ name: "metrics_server", namespace: "kube-system" }])).toEqual([]);
});
