import { catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import { networkPolicies, SERVED } from "../../../addons/traffic/network-policies";

const own = Object.values<Addon>(catalogue).filter(({ namespace }) => namespace !== "kube-system");
const of = (...names: readonly string[]) => networkPolicies(own.filter(({ name }) => names.includes(name)));

test("every addon with a namespace of its own says what it serves", () => {
  expect(Object.keys(SERVED)).toEqual(own.map(({ name }) => name));
});

test("in comes who is there, Prometheus, and whoever calls a port that is served", () => {
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
  ["reloader", 1], // nobody calls it, and there is no Prometheus
  ["dex", 2],
] as const)("%s lets in %i kinds of callers", (name, kinds) => {
  expect(of(name).map(({ spec }) => (spec as { ingress: object[] }).ingress.length)).toEqual([kinds]);
});

test("who faces the outside is left open, and so is kube-system", () => {
  expect(of("traefik", "envoy_gateway", "ingress_nginx")).toEqual([]);
  expect(networkPolicies([{ name: "metrics_server", namespace: "kube-system" }])).toEqual([]);
});
