import { kured } from "../../../addons/nodes/kured";
import { EVERY_LINUX_NODE } from "../../../addons/parts/pods";
import { contextOf, findingsOf, monitoredContext, optionsOf, reportsOf, valuesOf } from "../support/context";

test("reboots one node at a time in its window, if dnf requires it", () => {
  expect(valuesOf(kured)).toEqual({
    configuration: {
      useRebootSentinelHostPath: false,
      rebootSentinel: "",
      rebootSentinelCommand: `sh -c 'LC_ALL=C dnf -q needs-restarting --reboothint | grep -q "Reboot is required"'`,
      rebootDays: ["mo", "tu", "we", "th"],
      startTime: "09:00",
      endTime: "16:00",
      timeZone: "UTC",
      concurrency: 1,
      drainTimeout: "30m",
      forceReboot: false,
      lockTtl: "2h",
      annotateNodes: true,
    },
    ...EVERY_LINUX_NODE,
    priorityClassName: "system-node-critical",
    resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { memory: "64Mi" } },
    service: { create: false },
    metrics: { create: false },
  });
});

test("reboots if a file exists, and never while an alert fires", () => {
  const values = valuesOf(kured, monitoredContext, { sentinel: "file", wait_for_alerts: true });

  expect(values).toMatchObject({ service: { create: true }, metrics: { create: true } });
  expect(values["configuration"]).toMatchObject({
    useRebootSentinelHostPath: true,
    rebootSentinel: "/var/run/reboot-required",
    rebootSentinelCommand: "",
    prometheusUrl: "http://kube-prometheus-stack-prometheus.monitoring.svc:9090",
    alertFiringOnly: true,
    alertFilterRegexp: "^(Watchdog|InfoInhibitor|RebootRequired)$",
  });
});

test("requires Prometheus for alerts", () => {
  const given = optionsOf(kured, { wait_for_alerts: true });

  expect(reportsOf(kured, monitoredContext, given)).toEqual([]);
  expect(reportsOf(kured, contextOf(), given)).toEqual([
    {
      path: ["options", "wait_for_alerts"],
      message: "requires kube_prometheus_stack. Set kube_prometheus_stack_enabled: true, or set this to false",
    },
  ]);
});

test("is refused if all nodes run Bottlerocket", () => {
  const told = (operating_systems: readonly string[], enabled: readonly string[] = []) =>
    findingsOf(kured, {}, contextOf({ operating_systems, enabled }));
  const message =
    "enabled: reboots nodes whose packages were updated, but Bottlerocket nodes get a new image instead. Set kured_enabled: false";

  expect(told(["BOTTLEROCKET", "WINDOWS"])).toEqual([message]);
  expect(told(["BOTTLEROCKET", "AL2023"])).toEqual([]);
  expect(told(["BOTTLEROCKET"], ["karpenter"])).toEqual([]);
});
