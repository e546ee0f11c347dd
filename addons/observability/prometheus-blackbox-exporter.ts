import { z } from "zod";
import { objectName } from "../../language/words/kubernetes";
import { plainText } from "../../language/words/text";
import { defineHelmAddon, type Manifest, type Values } from "../contract/addon";
import type { AddonContext, AddonSubject } from "../contract/addon-context";
import { dashboardData } from "../contract/dashboard";
import { type AddonFinding, reportItems, reportKey } from "../contract/rule";
import { alertRules } from "../parts/monitoring";
import { replicated } from "../parts/pods";
import dashboard from "./prometheus-blackbox-exporter.dashboard.json";

const NAMESPACE = "prometheus-blackbox-exporter";

/** Mount path of the cluster's certificate authority, which Kubernetes copies to each namespace. */
const CA_FOLDER = "/etc/kubernetes-ca";

/** Mount path of the modules. */
const MODULES_FOLDER = "/etc/blackbox";

const http = { valid_http_versions: ["HTTP/1.1", "HTTP/2.0"], preferred_ip_protocol: "ip4" } as const;

/** Ways to look at a target. */
const MODULES = {
  /** Answers with 200 to 299, over a certificate that is valid. */
  http_2xx: { prober: "http", timeout: "10s", http: { ...http, follow_redirects: true } },
  /** Answers at all: a login page or a redirect will do. */
  http_any: {
    prober: "http",
    timeout: "10s",
    http: { ...http, follow_redirects: false, valid_status_codes: [200, 204, 301, 302, 303, 307, 308, 401, 403, 404] },
  },
  tcp_connect: { prober: "tcp", timeout: "10s" },
  tls_connect: { prober: "tcp", timeout: "10s", tcp: { tls: true } },
  kubernetes_api: {
    prober: "http",
    timeout: "10s",
    http: { ...http, tls_config: { ca_file: `${CA_FOLDER}/ca.crt` } },
  },
  cluster_dns: {
    prober: "dns",
    timeout: "5s",
    dns: { query_name: "kubernetes.default.svc.cluster.local", query_type: "A", preferred_ip_protocol: "ip4" },
  },
} as const;

const probe = z.strictObject({
  name: objectName.describe("Name of the probe, unique in the list. Layers merge probes by name."),
  targets: z
    .array(plainText)
    .min(1)
    .describe("Targets: addresses for http_2xx and http_any, host:port for tcp_connect and tls_connect."),
  module: z
    .enum(["http_2xx", "http_any", "tcp_connect", "tls_connect"])
    .describe(
      "What counts as success. http_2xx: status 200 to 299. http_any: any answer except a server error. tcp_connect: a connection. tls_connect: a connection with a valid certificate.",
    ),
  interval_seconds: z.int().min(10).optional().describe("Seconds between probes. Default: 30."),
});

const options = z.strictObject({
  smoke_tests: z.boolean().describe("Probes the cluster's API and DNS."),
  labelled_ingresses: z
    .boolean()
    .describe("Probes every host of Ingresses with the label `probe: http`, as module http_2xx."),
  probes: z.array(probe).describe("Further probes."),
});

type Options = z.output<typeof options>;

interface Wanted {
  readonly name: string;
  readonly module: keyof typeof MODULES;
  readonly interval_seconds?: number | undefined;
  readonly targets: Values;
}

const still = (targets: readonly string[]): Values => ({ staticConfig: { static: targets } });

const SMOKE_TESTS: readonly Wanted[] = [
  { name: "kubernetes-api", module: "kubernetes_api", targets: still(["https://kubernetes.default.svc/readyz"]) },
  { name: "cluster-dns", module: "cluster_dns", targets: still(["kube-dns.kube-system.svc:53"]) },
];

const INGRESSES: Wanted = {
  name: "ingresses",
  module: "http_2xx",
  targets: { ingress: { selector: { matchLabels: { probe: "http" } }, namespaceSelector: { any: true } } },
};

function wanted({ labelled_ingresses, probes, smoke_tests }: Options): readonly Wanted[] {
  return [
    ...(smoke_tests ? SMOKE_TESTS : []),
    ...(labelled_ingresses ? [INGRESSES] : []),
    ...probes.map(({ targets, ...rest }) => ({ ...rest, targets: still(targets) })),
  ];
}

function probeObject({ name, module, interval_seconds = 30, targets }: Wanted): Manifest {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "Probe",
    metadata: { name, namespace: NAMESPACE },
    spec: {
      jobName: `probe-${name}`,
      prober: { url: `prometheus-blackbox-exporter.${NAMESPACE}.svc:9115` },
      module,
      interval: `${interval_seconds}s`,
      targets,
    },
  };
}

const HOST_AND_PORT = /^(?:[\w.-]+|\[[\da-f:]+\]):\d{1,5}$/i;

/** Refuses addresses for modules that open a connection, which read a host and a port only (Blackbox exporter, prober/tcp.go). */
function connectedTargets(_subject: AddonSubject, { probes }: Options): readonly AddonFinding[] {
  return reportItems(["options", "probes"], probes, [
    ({ module, targets }) =>
      targets.flatMap((target, index) =>
        reportKey(
          !module.startsWith("http") && !HOST_AND_PORT.test(target),
          ["targets", index],
          `must be a host and a port, such as db.example.com:5432, because module is ${module}, but is ${target}`,
        ),
      ),
  ]);
}

/** Refuses a probe with the name of a smoke test, because each probe is an object of its name. */
function probeNames(_subject: AddonSubject, { probes, ...rest }: Options): readonly AddonFinding[] {
  const ours = wanted({ ...rest, probes: [] }).map(({ name }) => name);
  return reportItems(["options", "probes"], probes, [
    ({ name }) => reportKey(ours.includes(name), ["name"], `${name} is the name of a smoke test. Rename the probe`),
  ]);
}

function alerts(context: AddonContext): readonly Manifest[] {
  return alertRules(context, "blackbox", NAMESPACE, [
    {
      name: "ProbeFailed",
      when: "max by (job, instance) (probe_success) == 0",
      during: "5m",
      summary: "{{ $labels.instance }} has not answered {{ $labels.job }} for five minutes",
    },
    {
      name: "ProbedCertificateExpiresSoon",
      when: "min by (instance) (probe_ssl_earliest_cert_expiry) - time() < 14 * 86400",
      during: "1h",
      summary: "The certificate that {{ $labels.instance }} shows expires in {{ $value | humanizeDuration }}",
    },
  ]);
}

/** Looks at things as their users do, from inside of the cluster. */
export const prometheusBlackboxExporter = defineHelmAddon({
  name: "prometheus_blackbox_exporter",
  summary: "Probes addresses from inside the cluster: smoke tests of its API and DNS, and your own probes",
  namespace: NAMESPACE,
  pod_security: "restricted",
  release_notes: {
    "https://prometheus-community.github.io/helm-charts/prometheus-blackbox-exporter":
      "https://github.com/prometheus-community/helm-charts/releases/tag/prometheus-blackbox-exporter-", // 11.17.2
  },
  requires: ["kube_prometheus_stack"],
  after: ["coredns"],
  conflicts_with: [],
  served_ports: [],
  dashboard: dashboardData.parse(dashboard),
  wait: false,
  options,
  checks: [probeNames, connectedTargets],
  values: (context) => ({
    ...replicated(context, "replicas", { "app.kubernetes.io/name": "prometheus-blackbox-exporter" }, "20m", "64Mi"),
    podDisruptionBudget: { maxUnavailable: 1 },
    configPath: `${MODULES_FOLDER}/blackbox.yaml`, // our modules, and none of the chart's
    extraConfigmapMounts: [
      {
        name: "kubernetes-ca",
        mountPath: CA_FOLDER,
        configMap: "kube-root-ca.crt",
        readOnly: true,
        defaultMode: 420,
      },
      { name: "modules", mountPath: MODULES_FOLDER, configMap: "blackbox-modules", readOnly: true, defaultMode: 420 },
    ],
    podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
    serviceMonitor: { selfMonitor: { enabled: true } },
    priorityClassName: "system-cluster-critical", // a full cluster is when its tests count
  }),
  manifests: (context, given) => [
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "blackbox-modules", namespace: NAMESPACE },
      data: { "blackbox.yaml": JSON.stringify({ modules: MODULES }) }, // JSON is YAML
    },
    ...wanted(given).map(probeObject),
    ...alerts(context),
  ],
});
