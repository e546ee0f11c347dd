import { z } from "zod";
import { timeOfDay, timeZone } from "../../language/words/schedules";
import { defineHelmAddon } from "../contract/addon";
import { reportOption, reportSwitch } from "../contract/rule";
import { monitored } from "../parts/monitoring";
import { EVERY_LINUX_NODE, resources } from "../parts/pods";

const options = z.strictObject({
  days: z
    .array(z.enum(["mo", "tu", "we", "th", "fr", "sa", "su"]))
    .min(1)
    .describe("Days on which nodes may reboot."),
  start_time: timeOfDay.describe("Start of the window, as a time of day."),
  end_time: timeOfDay.describe("End of the window, as a time of day."),
  time_zone: timeZone.describe("Time zone of the window."),
  concurrency: z.int().min(1).describe("Maximum number of nodes that reboot at the same time."),
  drain_timeout_minutes: z
    .int()
    .min(1)
    .describe(
      "Minutes to wait for pods that cannot be evicted. Afterwards kured skips the node until its next check, one hour later.",
    ),
  sentinel: z
    .enum(["packages", "file"])
    .describe(
      "How a node requests a reboot. packages: dnf of Amazon Linux 2023 reports updated packages that require it. file: /var/run/reboot-required exists, as on Ubuntu.",
    ),
  wait_for_alerts: z
    .boolean()
    .describe("Reboots no node while an alert fires in Prometheus. Requires kube_prometheus_stack."),
});

const SENTINELS = {
  packages: {
    useRebootSentinelHostPath: false,
    rebootSentinel: "",
    // By its output, not its exit code: on nodes without dnf, or without this plugin of it, an exit code would cause a reboot every
    // hour.
    rebootSentinelCommand: `sh -c 'LC_ALL=C dnf -q needs-restarting --reboothint | grep -q "Reboot is required"'`,
  },
  file: { useRebootSentinelHostPath: true, rebootSentinel: "/var/run/reboot-required", rebootSentinelCommand: "" },
} as const;

/** Drains and reboots nodes that need it, a few at a time and in the hours that are theirs. Bottlerocket has its own way. */
export const kured = defineHelmAddon({
  name: "kured",
  summary: "Drains and reboots nodes whose updated packages require it, one after the other, in a window",
  namespace: "kured",
  daemon_pods: () => 1,
  pod_security: "privileged", // it reboots the host
  release_notes: {
    "https://kubereboot.github.io/charts/kured": "https://github.com/kubereboot/charts/releases/tag/kured-", // 6.1.0
  },
  requires: [],
  after: ["coredns", "kube_prometheus_stack"],
  needs_nodes: "reboots nodes",
  conflicts_with: [],
  served_ports: [],
  auto_mode_brings: "replaces its nodes by newer ones, and their disks cannot be written",
  hybrid_nodes_need_it: true,
  wait: false,
  options,
  checks: [
    (_, { end_time, start_time }) =>
      reportOption(
        start_time === end_time,
        "end_time",
        "must differ from start_time. Otherwise the window lasts a minute",
      ),
    ({ enabled, operating_systems: systems }) =>
      reportSwitch(
        systems.includes("BOTTLEROCKET") && !systems.includes("AL2023") && !enabled.karpenter,
        "reboots nodes whose packages were updated, but Bottlerocket nodes get a new image instead. Set kured_enabled: false",
      ),
    ({ enabled }, { wait_for_alerts }) =>
      reportOption(
        wait_for_alerts && !enabled.kube_prometheus_stack,
        "wait_for_alerts",
        "requires kube_prometheus_stack. Set kube_prometheus_stack_enabled: true, or set this to false",
      ),
  ],

  values: (context, given) => ({
    configuration: {
      ...SENTINELS[given.sentinel],
      rebootDays: given.days,
      startTime: given.start_time,
      endTime: given.end_time,
      timeZone: given.time_zone,
      concurrency: given.concurrency,
      drainTimeout: `${given.drain_timeout_minutes}m`,
      forceReboot: false, // respects disruption budgets, even if that delays a reboot
      lockTtl: "2h", // a node that never returns does not block the others permanently
      annotateNodes: true,
      ...(given.wait_for_alerts && {
        prometheusUrl: "http://kube-prometheus-stack-prometheus.monitoring.svc:9090",
        alertFiringOnly: true,
        alertFilterRegexp: "^(Watchdog|InfoInhibitor|RebootRequired)$", // alerts that do not block a reboot
      }),
    },
    ...EVERY_LINUX_NODE,
    priorityClassName: "system-node-critical",
    resources: resources("10m", "64Mi"),
    service: { create: monitored(context) },
    metrics: { create: monitored(context) },
  }),
});
