import { autoscalerTags } from "../../../constructs/workers/autoscaler-tags";
import { workerOf } from "../../support/cluster";

describe("autoscalerTags", () => {
  test("say whose the group is", () => {
    expect(autoscalerTags("demo", workerOf({ name: "general" }))).toEqual({
      "k8s.io/cluster-autoscaler/enabled": "true",
      "k8s.io/cluster-autoscaler/demo": "owned",
      "k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage": "70Gi",
    });
  });

  test("say how much disk pods get: a group without nodes would seem to have none", () => {
    const ofVolume = (size_gib: number) =>
      autoscalerTags("demo", workerOf({ name: "jobs", root_volume: { size_gib } }))[
        "k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage"
      ];

    expect([20, 500].map(ofVolume)).toEqual(["16Gi", "448Gi"]);
  });

  test("say what a node would be like, a taint with its effect", () => {
    const worker = workerOf({
      name: "gpu",
      labels: { "example.com/gpu": "a10", empty: "" },
      taints: [
        { key: "nvidia.com/gpu", value: "true", effect: "NoSchedule" },
        { key: "drain", value: "", effect: "NoExecute" },
      ],
    });

    expect(autoscalerTags("demo", worker)).toMatchObject({
      "k8s.io/cluster-autoscaler/node-template/label/example.com/gpu": "a10",
      "k8s.io/cluster-autoscaler/node-template/label/empty": "",
      "k8s.io/cluster-autoscaler/node-template/taint/nvidia.com/gpu": "true:NoSchedule",
      "k8s.io/cluster-autoscaler/node-template/taint/drain": ":NoExecute",
    });
  });

  test("are absent from a group of fixed size: the autoscaler must not find it", () => {
    expect(autoscalerTags("demo", workerOf({ name: "fixed", autoscaling: false, labels: { a: "b" } }))).toEqual({});
  });
});
