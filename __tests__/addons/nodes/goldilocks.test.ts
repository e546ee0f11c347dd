import { goldilocks } from "../../../addons/nodes/goldilocks";
import { findingsOf, valuesOf } from "../support/context";

test("watches every namespace except the excluded ones", () => {
  expect(valuesOf(goldilocks)).toEqual({
    image: { pullPolicy: "IfNotPresent" },
    controller: {
      flags: { "on-by-default": true },
      tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
      resources: { requests: { cpu: "25m", memory: "256Mi" }, limits: { memory: "256Mi" } },
    },
    dashboard: {
      replicaCount: 1,
      tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
      resources: { requests: { cpu: "25m", memory: "256Mi" }, limits: { memory: "256Mi" } },
    },
  });
  expect(valuesOf(goldilocks, undefined, { exclude_namespaces: ["a", "b"] })).toMatchObject({
    controller: { flags: { "on-by-default": true, "exclude-namespaces": "a,b" } },
  });
});

test("refuses an excluded namespace that it does not watch", () => {
  expect(findingsOf(goldilocks, { all_namespaces: false, exclude_namespaces: ["a"] })).toEqual([
    "options.exclude_namespaces: has no effect because all_namespaces is false. Remove it, or set all_namespaces: true",
  ]);
  expect(findingsOf(goldilocks, { all_namespaces: false })).toEqual([]);
});

test("requires the autoscaler whose recommendations it shows", () => {
  expect(goldilocks.requires).toEqual(["vertical_pod_autoscaler"]);
});
