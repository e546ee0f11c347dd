import { falco } from "../../../addons/security/falco";
import { contextOf, findingsOf, manifestsOf, monitoredContext, valuesOf } from "../support/context";

const sidekick = { secret: null, alertmanager: true, alertmanager_minimum_priority: "warning" as const };

test("runs on every node with eBPF, without full privileges, and only reports", () => {
  expect(valuesOf(falco)).toMatchObject({
    controller: { kind: "daemonset" },
    driver: { kind: "modern_ebpf", modernEbpf: { leastPrivileged: true } },
    falco: { priority: "notice", json_output: true },
    falcoctl: { artifact: { follow: { enabled: false } } },
    customRules: {},
    falcosidekick: { enabled: false },
    responseActions: { enabled: false },
    tolerations: [{ operator: "Exists" }],
    podPriorityClassName: "system-node-critical",
    metrics: { enabled: false },
    serviceMonitor: { create: false },
  });
  expect(falco.pod_security).toBe("privileged");
});

test("answers the kubelet over IPv6 in an IPv6 cluster", () => {
  expect(valuesOf(falco, contextOf({ ipv6_pods: true }))).toMatchObject({
    falco: { webserver: { listen_address: "::" } },
  });
  expect(valuesOf(falco)["falco"]).not.toHaveProperty("webserver");
});

test("has the definition's rules after those of Falco", () => {
  expect(valuesOf(falco, contextOf(), { custom_rules: "- rule: x\n", follow_rules: true })).toMatchObject({
    customRules: { "cluster-rules.yaml": "- rule: x\n" },
    falcoctl: { artifact: { follow: { enabled: true } } },
  });
});

test("falcosidekick sends to Alertmanager, and to the destinations in a Secret", () => {
  const falcosidekick = { ...sidekick, secret: "falcosidekick" };

  expect(valuesOf(falco, monitoredContext, { falcosidekick })["falcosidekick"]).toMatchObject({
    enabled: true,
    replicaCount: 2,
    webui: { enabled: false },
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: {
              topologyKey: "topology.kubernetes.io/zone",
              labelSelector: { matchLabels: { "app.kubernetes.io/name": "falcosidekick" } },
            },
          },
        ],
      },
    },
    config: {
      tlsserver: { notlspaths: "" }, // or its Service would have a port that no container has
      existingSecret: "falcosidekick",
      alertmanager: {
        hostport: "http://kube-prometheus-stack-alertmanager.monitoring.svc:9093",
        endpoint: "/api/v2/alerts",
        minimumpriority: "warning",
      },
    },
  });
});

test("warns of events without a destination", () => {
  expect(findingsOf(falco)).toEqual([]);
  expect(findingsOf(falco, { falcosidekick: sidekick })).toEqual([
    "options.falcosidekick.alertmanager: requires Alertmanager. Set kube_prometheus_stack_enabled: true",
  ]);
  expect(findingsOf(falco, { falcosidekick: { ...sidekick, alertmanager: false } })).toEqual([
    "options.falcosidekick: has no destination. Set secret, or set alertmanager: true",
  ]);
});

test("is scraped if Prometheus is installed", () => {
  expect(manifestsOf(falco)).toEqual([]);
  expect(manifestsOf(falco, monitoredContext).map(({ kind }) => kind)).toEqual(["PrometheusRule"]);
});

test("accepts events that go to Alertmanager or to a destination of the Secret", () => {
  expect(findingsOf(falco, { falcosidekick: sidekick }, monitoredContext)).toEqual([]);
  expect(findingsOf(falco, { falcosidekick: { ...sidekick, alertmanager: false, secret: "falcosidekick" } })).toEqual(
    [],
  );
});

test("refers to no Secret and no Alertmanager by default", () => {
  const config = (given: typeof sidekick): unknown =>
    (valuesOf(falco, monitoredContext, { falcosidekick: given })["falcosidekick"] as { config: unknown }).config;

  expect(config(sidekick)).not.toHaveProperty("existingSecret");
  expect(config({ ...sidekick, alertmanager: false })).not.toHaveProperty("alertmanager");
});
