import { nvidiaDevicePlugin } from "../../addons/nvidia-device-plugin";
import { valuesOf } from "./support/context";

test("runs on GPU nodes whatever keeps other pods off them, and leaves to the chart which nodes those are", () => {
  expect(valuesOf(nvidiaDevicePlugin)).toEqual({
    tolerations: [{ operator: "Exists" }],
    resources: { requests: { cpu: "20m", memory: "128Mi" }, limits: { memory: "128Mi" } },
  });
});

test("does not hold up an apply: a group that scales from zero has no node for it", () => {
  expect(nvidiaDevicePlugin.wait).toBe(false);
});
