import { prometheusBlackboxExporter } from "../../../addons/observability/prometheus-blackbox-exporter";
import { spreadOverZones } from "../../../addons/parts/pods";
import { contextOf, findingsOf, LEVELS, manifestsOf, valuesOf } from "../support/context";

const probe = (name: string, module: string, targets: object, interval = "30s") => ({
  apiVersion: "monitoring.coreos.com/v1",
  kind: "Probe",
  metadata: { name, namespace: "prometheus-blackbox-exporter" },
  spec: {
    jobName: `probe-${name}`,
    prober: { url: "prometheus-blackbox-exporter.prometheus-blackbox-exporter.svc:9115" },
    module,
    interval,
    targets,
  },
});

const withPrometheus = contextOf({ enabled: ["kube_prometheus_stack"] });

test("probes every cluster's smoke tests, then the definition's targets", () => {
  const given = {
    labelled_ingresses: true,
    probes: [{ name: "shop", module: "tls_connect" as const, targets: ["shop.example.com:443"], interval_seconds: 60 }],
  };

  expect(manifestsOf(prometheusBlackboxExporter, withPrometheus, given).slice(1, -1)).toEqual([
    probe("kubernetes-api", "kubernetes_api", { staticConfig: { static: ["https://kubernetes.default.svc/readyz"] } }),
    probe("cluster-dns", "cluster_dns", { staticConfig: { static: ["kube-dns.kube-system.svc:53"] } }),
    probe("ingresses", "http_2xx", {
      ingress: { selector: { matchLabels: { probe: "http" } }, namespaceSelector: { any: true } },
    }),
    probe("shop", "tls_connect", { staticConfig: { static: ["shop.example.com:443"] } }, "60s"),
  ]);
});

test("has alerts even without a probe", () => {
  expect(
    manifestsOf(prometheusBlackboxExporter, withPrometheus, { smoke_tests: false }).map(({ kind }) => kind),
  ).toEqual(["ConfigMap", "PrometheusRule"]);
});

test("trusts the cluster's own CA without an API token", () => {
  const values = valuesOf(prometheusBlackboxExporter, contextOf({ service_level: LEVELS.three }));

  expect(values).toMatchObject({
    replicas: 3,
    podDisruptionBudget: { maxUnavailable: 1 },
    topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/name": "prometheus-blackbox-exporter" }),
    configPath: "/etc/blackbox/blackbox.yaml",
    extraConfigmapMounts: [
      { configMap: "kube-root-ca.crt", mountPath: "/etc/kubernetes-ca", readOnly: true },
      { configMap: "blackbox-modules", mountPath: "/etc/blackbox", readOnly: true },
    ],
  });
  expect(values).not.toHaveProperty("automountServiceAccountToken");
  const [configMap] = manifestsOf(prometheusBlackboxExporter);
  const data = configMap?.["data"] as Record<string, string> | undefined;
  expect(JSON.parse(data?.["blackbox.yaml"] ?? "")).toMatchObject({
    modules: { kubernetes_api: { prober: "http", http: { tls_config: { ca_file: "/etc/kubernetes-ca/ca.crt" } } } },
  });
});

test("refuses a probe with the name of a smoke test", () => {
  const probes = [{ name: "cluster-dns", module: "tcp_connect" as const, targets: ["a:1"] }];

  expect(findingsOf(prometheusBlackboxExporter, { probes })).toEqual([
    "options.probes.0.name: cluster-dns is the name of a smoke test. Rename the probe",
  ]);
  expect(findingsOf(prometheusBlackboxExporter, { probes, smoke_tests: false })).toEqual([]);
});
