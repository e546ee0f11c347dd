import { parseDocument } from "yaml";
import { z } from "zod";
import { isMap } from "../../language/plain-map";
import { objectName } from "../../language/words/kubernetes";
import { plainText } from "../../language/words/text";
import { defineHelmAddon, type Manifest, type Values } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { type AddonRule, reportOption } from "../contract/rule";
import { alertRules, monitored } from "../parts/monitoring";
import { apartByZone, disruptionBudget, EVERY_LINUX_NODE, resources, SYSTEM_TOLERATIONS } from "../parts/pods";

const priority = z.enum(["debug", "informational", "notice", "warning", "error", "critical", "alert", "emergency"]);

const options = z.strictObject({
  minimum_priority: priority.describe("Lowest priority of reported events."),
  follow_rules: z.boolean().describe("Updates Falco's rules every week. false: updates them when a pod starts."),
  custom_rules: plainText
    .nullable()
    .describe("Your own rules, macros and lists in Falco's YAML, loaded after Falco's own. null for none."),
  falcosidekick: z
    .strictObject({
      secret: objectName
        .nullable()
        .describe(
          "Secret in the namespace falco whose keys are environment variables of falcosidekick, such as SLACK_WEBHOOKURL. null for none.",
        ),
      alertmanager: z.boolean().describe("Sends events to the cluster's Alertmanager."),
      alertmanager_minimum_priority: priority.describe("Lowest priority of forwarded events."),
    })
    .nullable()
    .describe("Forwards events to chats, queues and Alertmanager. null: events are in the logs of the pods only."),
});

type Options = z.output<typeof options>;

/** Keys of which Falco requires one in each item of a file of rules (Falco documentation, basic elements of rules). */
const ITEMS = ["rule", "macro", "list", "required_engine_version", "required_plugin_versions"];

/** Returns why Falco would refuse a file of rules, and so not start; undefined if it has the form. */
function malformed(text: string): string | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0) return "is not valid YAML. Correct it";
  const items: unknown = document.toJS();
  if (!Array.isArray(items)) return "must be a list of rules, macros and lists. Begin each item with a dash";
  const wrong = items.findIndex((item) => !isMap(item) || !ITEMS.some((key) => Object.hasOwn(item, key)));
  return wrong < 0
    ? undefined
    : `has an item ${wrong + 1} that is neither a rule, a macro nor a list. Add one of these keys`;
}

const RULES: readonly AddonRule<Options>[] = [
  (_, { custom_rules }) => {
    const why = custom_rules === null ? undefined : malformed(custom_rules);
    return reportOption(why !== undefined, "custom_rules", `${why}. Falco does not start otherwise`);
  },
  ({ enabled }, { falcosidekick }) =>
    reportOption(
      falcosidekick?.alertmanager === true && !enabled.kube_prometheus_stack,
      ["falcosidekick", "alertmanager"],
      "requires Alertmanager. Set kube_prometheus_stack_enabled: true",
    ),
  (_, { falcosidekick }) =>
    reportOption(
      falcosidekick?.alertmanager === false && falcosidekick.secret === null,
      "falcosidekick",
      "has no destination. Set secret, or set alertmanager: true",
    ),
];

function sidekick(context: AddonContext, { falcosidekick }: Options): Values {
  if (falcosidekick === null) return { enabled: false };
  const { alertmanager, alertmanager_minimum_priority, secret } = falcosidekick;
  return {
    enabled: true,
    replicaCount: context.service_level.replicas,
    webui: { enabled: false }, // it brings a Redis
    config: {
      tlsserver: { notlspaths: "" }, // it has no TLS, and no second port that the chart's Service would lead to
      ...(secret !== null && { existingSecret: secret }),
      ...(alertmanager && {
        alertmanager: {
          hostport: "http://kube-prometheus-stack-alertmanager.monitoring.svc:9093",
          endpoint: "/api/v2/alerts", // the chart's is gone since Alertmanager 0.27
          minimumpriority: alertmanager_minimum_priority,
        },
      }),
    },
    affinity: apartByZone({ "app.kubernetes.io/name": "falcosidekick" }), // the chart has no key for a spread
    tolerations: SYSTEM_TOLERATIONS,
    resources: resources("10m", "64Mi"),
    serviceMonitor: { enabled: monitored(context) },
  };
}

/** The chart has no budget for the replicas of falcosidekick. */
function sidekickBudget(context: AddonContext): readonly Manifest[] {
  const labels = { "app.kubernetes.io/name": "falcosidekick", "app.kubernetes.io/component": "core" };
  return disruptionBudget(context, { name: "falcosidekick", namespace: "falco" }, labels);
}

const off = { enabled: false };

/** Watches system calls of every node, and reports those that containers should not make. It stops nothing. */
export const falco = defineHelmAddon({
  name: "falco",
  summary: "Reports shells, escapes and other suspicious actions of containers, from the system calls of each node",
  namespace: "falco",
  daemon_pods: () => 1,
  pod_security: "privileged", // it loads a program into the kernel
  release_notes: {
    "https://falcosecurity.github.io/charts/falco": "https://github.com/falcosecurity/charts/releases/tag/falco-", // 9.1.0
  },
  requires: [],
  after: ["coredns", "kube_prometheus_stack"],
  conflicts_with: [],
  served_ports: [],
  wait: false,
  needs_nodes: "watches the kernel of every node",
  needs_internet: () => "Falco's rules and plugins, from ghcr.io",
  options,
  checks: RULES,

  values: (context, given) => ({
    controller: { kind: "daemonset" },
    driver: { kind: "modern_ebpf", modernEbpf: { leastPrivileged: true } }, // in Falco itself: nothing to build or to load
    collectors: {
      containerEngine: {
        engines: {
          cri: { enabled: true, sockets: ["/run/containerd/containerd.sock"] }, // the only one that nodes of EKS have
          docker: off,
          podman: off,
          containerd: off,
          lxc: off,
          libvirt_lxc: off,
          bpm: off,
        },
      },
    },
    falco: {
      priority: given.minimum_priority,
      json_output: true,
      syslog_output: off, // the node's log has its own readers
      log_syslog: false,
      ...(context.ipv6_pods && { webserver: { listen_address: "::" } }), // the path of the kubelet's probe
    },
    tty: true, // or lines wait in a buffer until it is full
    falcoctl: { artifact: { follow: { enabled: given.follow_rules, resources: resources("10m", "64Mi") } } },
    customRules: given.custom_rules === null ? {} : { "cluster-rules.yaml": given.custom_rules },
    falcosidekick: sidekick(context, given),
    responseActions: off, // Falco only reports
    serviceAccount: { name: "falco" },
    podPriorityClassName: "system-node-critical",
    ...EVERY_LINUX_NODE,
    // null removes the chart's limit of CPU: a throttled Falco misses events.
    resources: { requests: { cpu: "100m", memory: "512Mi" }, limits: { cpu: null, memory: "1Gi" } },
    metrics: { enabled: monitored(context) },
    serviceMonitor: { create: monitored(context) },
    grafana: { dashboards: { enabled: monitored(context) } },
  }),

  manifests: (context, { falcosidekick }) => [
    ...(falcosidekick === null ? [] : sidekickBudget(context)),
    ...alertRules(context, "falco", "falco", [
      {
        name: "FalcoDropsEvents",
        when: "sum by (pod) (rate(falcosecurity_scap_n_drops_total[10m])) > 0.01 * sum by (pod) (rate(falcosecurity_scap_n_evts_total[10m]))",
        during: "30m", // a burst is no blindness
        summary: "Falco does not see more than a hundredth of the system calls: {{ $labels.pod }}",
      },
    ]),
  ],
});
