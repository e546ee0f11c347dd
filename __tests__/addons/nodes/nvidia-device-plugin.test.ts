import { nvidiaDevicePlugin } from "../../../addons/nodes/nvidia-device-plugin";
import { OFF_FARGATE } from "../../../addons/parts/pods";
import { testReports } from "../../support/definition";
import { contextOf, optionsOf, reportsOf, valuesOf } from "../support/context";

interface Affinity {
  readonly nodeAffinity: {
    readonly requiredDuringSchedulingIgnoredDuringExecution: {
      readonly nodeSelectorTerms: readonly { readonly matchExpressions: readonly unknown[] }[];
    };
  };
}

test("tolerates every taint of GPU nodes, and leaves it to the chart which nodes have GPUs", () => {
  expect(valuesOf(nvidiaDevicePlugin)).toEqual({
    tolerations: [{ operator: "Exists" }],
    resources: { requests: { cpu: "20m", memory: "128Mi" }, limits: { memory: "128Mi" } },
  });
});

test("runs on GPU nodes of Karpenter's pools too, which have other labels than the chart's", () => {
  const { affinity } = valuesOf(nvidiaDevicePlugin, contextOf({ gpu_pools: ["general", "training"] }));
  const labels = (affinity as Affinity).nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;

  expect(labels.map(({ matchExpressions }) => matchExpressions)).toEqual([
    [{ key: "feature.node.kubernetes.io/pci-10de.present", operator: "In", values: ["true"] }],
    [{ key: "feature.node.kubernetes.io/cpu-model.vendor_id", operator: "In", values: ["NVIDIA"] }],
    [{ key: "nvidia.com/gpu.present", operator: "In", values: ["true"] }],
    [
      { key: "karpenter.k8s.aws/instance-gpu-manufacturer", operator: "In", values: ["nvidia"] },
      { key: "karpenter.sh/nodepool", operator: "In", values: ["general", "training"] },
    ],
  ]);
});

test("does not hold up an apply: a group that scales from zero has no node for it", () => {
  expect(nvidiaDevicePlugin.wait).toBe(false);
});

describe("sharing", () => {
  const fileOf = (values: Record<string, unknown>) =>
    JSON.parse((values["config"] as { map: { default: string } }).map.default);
  const turns = { strategy: "time_slicing", replicas: 4, rename: true } as const;
  const mps = { strategy: "mps", replicas: 2, rename: false } as const;
  const check = (differences: Parameters<typeof optionsOf<typeof nvidiaDevicePlugin.options>>[1]) =>
    reportsOf(nvidiaDevicePlugin, contextOf(), optionsOf(nvidiaDevicePlugin, differences));

  test("is in the plugin's own configuration file", () => {
    expect(fileOf(valuesOf(nvidiaDevicePlugin, contextOf(), { sharing: turns }))).toEqual({
      version: "v1",
      flags: { migStrategy: "none" },
      sharing: {
        timeSlicing: {
          failRequestsGreaterThanOne: true,
          renameByDefault: true,
          resources: [{ name: "nvidia.com/gpu", replicas: 4 }],
        },
      },
    });
    expect(fileOf(valuesOf(nvidiaDevicePlugin, contextOf(), { sharing: mps })).sharing).toEqual({
      mps: { renameByDefault: false, resources: [{ name: "nvidia.com/gpu", replicas: 2 }] },
    });
  });

  test("by MPS requires labels and whole GPUs", () => {
    expect(check({ sharing: mps, mig_strategy: "single" })).toEqual([
      {
        path: ["options", "feature_labels"],
        message: "must be true, because the daemon of mps runs only on nodes with the label nvidia.com/mps.capable",
      },
      {
        path: ["options", "mig_strategy"],
        message: "must be none, because mps does not share parts of a GPU",
      },
    ]);
    expect(check({ sharing: mps, feature_labels: true })).toEqual([]);
    expect(check({ sharing: turns, mig_strategy: "mixed" })).toEqual([]);
  });
});

test("offers parts of GPUs, with labels that describe them", () => {
  expect(valuesOf(nvidiaDevicePlugin, contextOf(), { mig_strategy: "mixed", feature_labels: true })).toMatchObject({
    migStrategy: "mixed",
    gfd: { enabled: true },
  });
});

test("the discovery of GPUs runs beside the platform, and its workers on every Linux node", () => {
  const system = { tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }] };

  expect(valuesOf(nvidiaDevicePlugin, contextOf(), { feature_labels: true })["nfd"]).toEqual({
    master: system,
    gc: system,
    worker: {
      tolerations: [{ operator: "Exists" }],
      nodeSelector: { "kubernetes.io/os": "linux" },
      affinity: OFF_FARGATE,
      priorityClassName: "system-node-critical",
    },
  });
});

const NVIDIA = "instance_type: g6.xlarge\nami_type: AL2023_x86_64_NVIDIA";

describe("GPUs of nodes", () => {
  testReports({
    "are reported if nothing offers them to pods": {
      worker: NVIDIA,
      reports: [
        "9:17 warning: tfvars.workers[general].ami_type: pods get no GPU, because nothing offers the GPUs of these nodes to them. Set nvidia_device_plugin_enabled: true",
      ],
    },
    "are accepted with the device plugin": {
      worker: NVIDIA,
      addons: "nvidia_device_plugin_enabled: true",
      reports: [],
    },
    "are accepted on Bottlerocket, which has the plugin": {
      worker: "instance_type: g6.xlarge\nami_type: BOTTLEROCKET_x86_64_NVIDIA",
      reports: [],
    },
  });
});
