import { z } from "zod";
import { timeOfDay, timeZone } from "../../language/words/schedules";
import { defineHelmAddon } from "../contract/addon";
import { monitored } from "../parts/monitoring";
import { EVERY_LINUX_NODE, resources } from "../parts/pods";

const options = z.strictObject({
  days: z
    .array(z.enum(["mo", "tu", "we", "th", "fr", "sa", "su"]))
    .min(1)
    .describe("Days on which nodes are rebooted."),
  start_time: timeOfDay.describe("Time of day from which they are."),
  end_time: timeOfDay.describe("Time of day until which they are."),
  time_zone: timeZone.describe("Time zone of days and times."),
  concurrency: z.int().min(1).describe("Nodes that reboot at the same time."),
  drain_timeout_minutes: z
    .int()
    .min(1)
    .describe(
      "Minutes after which a node whose pods cannot be evicted is given up until the next look, an hour later.",
    ),
  sentinel: z
    .enum(["packages", "file"])
    .describe(
      "What asks for a reboot. packages: dnf of Amazon Linux 2023 says that updated packages need one. file: /var/run/reboot-required, of Ubuntu and of whatever else writes it.",
    ),
  wait_for_alerts: z
    .boolean()
    .describe("Reboots nothing while Prometheus has an alert firing; needs kube_prometheus_stack."),
});

const SENTINELS = {
  packages: {
    useRebootSentinelHostPath: false,
    rebootSentinel: "",
    // By what it says, not by how it ends: where there is no dnf, or not this part of it, that would be a reboot every hour.
    rebootSentinelCommand: `sh -c 'LC_ALL=C dnf -q needs-restarting --reboothint | grep -q "Reboot is required"'`,
  },
  file: { useRebootSentinelHostPath: true, rebootSentinel: "/var/run/reboot-required", rebootSentinelCommand: "" },
} as const;

/** Drains and reboots nodes that need it, a few at a time and in the hours that are theirs. Bottlerocket has its own way. */
export const kured = defineHelmAddon({
  name: "kured",
  summary: "Reboots nodes that updated packages ask to, drained, one after the other, in a window",
  namespace: "kured",
  pod_security: "privileged", // it reboots the host
  requires: [],
  after: ["coredns", "kube_prometheus_stack"],
  needs_nodes: "reboots nodes",
  conflicts_with: [],
  served_ports: [],
  auto_mode_brings: "replaces its nodes by newer ones, and their disks cannot be written",
  hybrid_nodes_need_it: true,
  wait: false,
  options,
  check: ({ enabled, operating_systems }, { wait_for_alerts }) => [
    ...(operating_systems.includes("BOTTLEROCKET") && !operating_systems.includes("AL2023") && !enabled.has("karpenter")
      ? [
          {
            path: ["enabled"],
            message:
              "reboots nodes whose packages were updated, and those of Bottlerocket get a new image instead: set kured_enabled: false",
          },
        ]
      : []),
    ...(wait_for_alerts && !enabled.has("kube_prometheus_stack")
      ? [
          {
            path: ["options", "wait_for_alerts"],
            message: "asks Prometheus, and kube_prometheus_stack is off: enable it, or set false",
          },
        ]
      : []),
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
      forceReboot: false, // a disruption budget is kept, also at the price of a late reboot
      lockTtl: "2h", // a node that never came back does not hold up the others for ever
      annotateNodes: true,
      ...(given.wait_for_alerts
        ? {
            prometheusUrl: "http://kube-prometheus-stack-prometheus.monitoring.svc:9090",
            alertFiringOnly: true,
            alertFilterRegexp: "^(Watchdog|InfoInhibitor|RebootRequired)$", // these are no trouble
          }
        : {}),
    },
    ...EVERY_LINUX_NODE,
    priorityClassName: "system-node-critical",
    resources: resources("10m", "64Mi"),
    service: { create: monitored(context) },
    metrics: { create: monitored(context) },
  }),
});
