import { testReports } from "../../../support/definition";

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
