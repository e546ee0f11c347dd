import { missingSettings } from "../../../cli/verify/pod-settings";

const resources = { requests: { cpu: "10m", memory: "64Mi" }, limits: { memory: "64Mi" } };
const sound = {
  tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
  containers: [{ name: "a", resources }],
};
const workload = (kind: string, spec: object, more: object = {}) => ({
  kind,
  metadata: { name: "web" },
  spec: { ...more, template: { metadata: { labels: { app: "web", part: "ui" } }, spec: { ...sound, ...spec } } },
});
const budget = (matchLabels: object) => ({ kind: "PodDisruptionBudget", spec: { selector: { matchLabels } } });
const apart = { affinity: { podAntiAffinity: {} } };

test("a sound Deployment with one replica lacks nothing", () => {
  expect(missingSettings([workload("Deployment", {})])).toEqual([]);
});

test.each([
  ["no requests", {}],
  ["no request of memory", { requests: { cpu: "1" } }],
  ["no request of CPU", { limits: { memory: "1Gi" } }],
])("a container with %s lacks requests", (_, of) => {
  const spec = { containers: [{ name: "b", resources: of }] };
  expect(missingSettings([workload("Job", spec)])).toEqual([{ setting: "requests", of: "b" }]);
});

test("limits are requests, and a limit of CPU is reported", () => {
  const spec = { containers: [{ name: "b", resources: { limits: { cpu: "1", memory: "1Gi" } } }] };
  expect(missingSettings([workload("Job", spec)])).toEqual([{ setting: "no-cpu-limit", of: "b" }]);
});

test("a sidecar lacks requests, an init container does not", () => {
  const spec = { initContainers: [{ name: "first" }, { name: "beside", restartPolicy: "Always" }] };
  expect(missingSettings([workload("Deployment", spec)])).toEqual([{ setting: "requests", of: "beside" }]);
});

test("a Deployment must tolerate the platform's taint, a DaemonSet every taint", () => {
  const every = { tolerations: [{ operator: "Exists" }] };
  const one = { tolerations: [{ operator: "Exists", effect: "NoSchedule" }] };
  const objects = [
    workload("Deployment", { tolerations: [] }),
    workload("Deployment", every),
    workload("DaemonSet", {}),
    workload("DaemonSet", one),
    workload("DaemonSet", every),
    workload("DaemonSet", { tolerations: [...one.tolerations, { operator: "Exists", effect: "NoExecute" }] }),
  ];
  expect(missingSettings(objects).map(({ of, setting }) => [setting, of])).toEqual([
    ["tolerations", "Deployment/web"],
    ["tolerations", "DaemonSet/web"],
    ["tolerations", "DaemonSet/web"],
  ]);
});

test("several replicas need a budget that selects them, and a rule that spreads them", () => {
  const web = workload("StatefulSet", {}, { replicas: 2 });
  const of = "StatefulSet/web";
  expect(missingSettings([web, budget({ app: "other" })])).toEqual([
    { setting: "budget", of },
    { setting: "spread", of },
  ]);
  expect(missingSettings([workload("StatefulSet", apart, { replicas: 2 }), budget({ app: "web" })])).toEqual([]);
});

test("a CronJob is judged by its Job's pod", () => {
  const object = {
    kind: "CronJob",
    metadata: { name: "drill" },
    spec: { jobTemplate: { spec: { template: { spec: { ...sound, containers: [{ name: "c" }] } } } } },
  };
  expect(missingSettings([object, { kind: "Service", spec: {} }])).toEqual([{ setting: "requests", of: "c" }]);
});
