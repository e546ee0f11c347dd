import { z } from "zod";
import { labelKey, labelValue, nodeLabelKey } from "../../../language/words/kubernetes";

const TAINT_EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"] as const;

export const taint = z.strictObject({
  key: labelKey.describe("Key of the taint."),
  value: labelValue.default("").describe("Value of the taint. Default: empty."),
  effect: z.enum(TAINT_EFFECTS).describe("What happens to pods that do not tolerate it."),
});

/** Labels and taints, which the scheduler reads. */
export const scheduling = {
  labels: z.record(nodeLabelKey, labelValue).describe("Kubernetes labels of the nodes."),
  taints: z.array(taint).max(50).describe("Kubernetes taints of the nodes, at most 50."),
};
