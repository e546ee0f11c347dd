import { autoscalerTags } from "../../../constructs/workers/autoscaler-tags";
import type { Worker } from "../../../fleet/model/cluster";
import type { Part } from "../../support/cluster";
import { groupOf } from "../../support/props";

describe("autoscalerTags", () => {
  test("name the cluster of the group", () => {
    expect(autoscalerTags("demo", groupOf({ name: "general" }))).toEqual({
      "k8s.io/cluster-autoscaler/enabled": "true",
      "k8s.io/cluster-autoscaler/demo": "owned",
      "k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage": "70Gi",
    });
  });

  test("have the disk space of pods, because a group without nodes would seem to have none", () => {
    const ofVolume = (size_gib: number) =>
      autoscalerTags("demo", groupOf({ name: "jobs", root_volume: { size_gib } }))[
        "k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage"
      ];

    expect([20, 500].map(ofVolume)).toEqual(["16Gi", "448Gi"]);
  });

  test("have the size of the instance's disks if pods use them, and no size if it is not known", () => {
    const key = "k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage";
    const ofLocal = (settings: Pick<Worker, "local_storage_strategy" | "local_storage_gib">) =>
      autoscalerTags("demo", groupOf({ name: "jobs", ...settings }))[key];

    expect(ofLocal({ local_storage_strategy: "RAID0", local_storage_gib: 300 })).toBe("268Gi");
    expect(ofLocal({ local_storage_strategy: "RAID10", local_storage_gib: null })).toBeUndefined();
    expect(ofLocal({ local_storage_strategy: "Mount", local_storage_gib: null })).toBe("70Gi");
  });

  test("describe a node of the group, a taint with its effect", () => {
    const group = groupOf({
      name: "gpu",
      labels: { "example.com/gpu": "a10", empty: "" },
      taints: [
        { key: "nvidia.com/gpu", value: "true", effect: "NoSchedule" },
        { key: "drain", value: "", effect: "NoExecute" },
      ],
    });

    expect(autoscalerTags("demo", group)).toMatchObject({
      "k8s.io/cluster-autoscaler/node-template/label/example.com/gpu": "a10",
      "k8s.io/cluster-autoscaler/node-template/label/empty": "",
      "k8s.io/cluster-autoscaler/node-template/taint/nvidia.com/gpu": "true:NoSchedule",
      "k8s.io/cluster-autoscaler/node-template/taint/drain": ":NoExecute",
    });
  });

  test("are absent from a group of fixed size: the autoscaler must not find it", () => {
    expect(autoscalerTags("demo", groupOf({ name: "fixed", autoscaling: false, labels: { a: "b" } }))).toEqual({});
  });

  test("have the zone of a group in one zone, because volumes require it", () => {
    const zone = "k8s.io/cluster-autoscaler/node-template/label/topology.ebs.csi.aws.com/zone";

    expect(autoscalerTags("demo", groupOf({ name: "a", availability_zones: ["eu-west-1a"] }))[zone]).toBe("eu-west-1a");
    expect(
      autoscalerTags("demo", groupOf({ name: "a", availability_zones: ["eu-west-1a", "eu-west-1b"] })),
    ).not.toHaveProperty([zone]);
  });

  test("have the smallest amounts of a node if there are several types", () => {
    const group = groupOf({
      name: "any",
      ami_type: "AL2023_x86_64_NVIDIA",
      instance_requirements: {
        vcpu_count: { min: 4 },
        memory_mib: { min: 16384 },
        accelerator_count: { min: 1, max: 4 },
      },
    });

    expect(autoscalerTags("demo", group)).toMatchObject({
      "k8s.io/cluster-autoscaler/node-template/resources/cpu": "4",
      "k8s.io/cluster-autoscaler/node-template/resources/memory": "16384Mi",
      "k8s.io/cluster-autoscaler/node-template/resources/nvidia.com/gpu": "1",
    });
  });

  test.each<[what: string, settings: Part<Worker>, added: Readonly<Record<string, string>>]>([
    [
      "that they are of Windows, and the addresses of the smallest type, less the node's own",
      { ami_type: "WINDOWS_CORE_2022_x86_64", instance_types: ["m6i.xlarge", "m6i.large"] },
      { "label/kubernetes.io/os": "windows", "resources/vpc.amazonaws.com/PrivateIPv4Address": "9" },
    ],
    [
      "that they are of Windows, and no addresses of a type that nobody knows",
      { ami_type: "WINDOWS_CORE_2022_x86_64", instance_types: ["m6i.large", "m99i.large"] },
      { "label/kubernetes.io/os": "windows" },
    ],
    [
      "their adapters",
      { instance_types: ["c5n.18xlarge"], efa_interface_count: 1 },
      { "resources/vpc.amazonaws.com/efa": "1" },
    ],
    [
      "the chips of Neuron",
      { ami_type: "AL2023_x86_64_NEURON", instance_types: ["inf2.48xlarge", "inf2.24xlarge"] },
      { "resources/aws.amazon.com/neuron": "6" },
    ],
    ["no chips where some type has none", { instance_types: ["inf2.24xlarge", "m6i.large"] }, {}],
  ])("describe nodes %s", (_what, settings, added) => {
    const prefix = "k8s.io/cluster-autoscaler/";

    expect(autoscalerTags("demo", groupOf({ name: "any", ...settings }))).toEqual({
      [`${prefix}enabled`]: "true",
      [`${prefix}demo`]: "owned",
      [`${prefix}node-template/resources/ephemeral-storage`]: "70Gi",
      ...Object.fromEntries(Object.entries(added).map(([key, value]) => [`${prefix}node-template/${key}`, value])),
    });
  });
});
