import type { Worker } from "./cluster";

/** The settings that only an Auto Scaling group of our own can have, as a reader would name them. */
export function selfManagedSettings(worker: Worker): string[] {
  return [
    ...(worker.spot_price === null ? [] : ["spot_price"]),
    ...(worker.on_demand_base_capacity === 0 ? [] : ["on_demand_base_capacity"]),
    // EKS takes a custom image for one of Linux, and lets its nodes in without the rights that kube-proxy on Windows needs.
    ...(worker.ami_type === "CUSTOM" && worker.ami_family === "WINDOWS" ? ["ami_family"] : []),
    ...(worker.on_demand_percentage_above_base_capacity === null ? [] : ["on_demand_percentage_above_base_capacity"]),
  ];
}

/** How a group is built: what it says, or for `auto` an EKS managed group wherever one can do what it asks. */
export function workerKind(worker: Worker): "managed" | "self_managed" {
  if (worker.kind !== "auto") return worker.kind;
  return selfManagedSettings(worker).length > 0 ? "self_managed" : "managed";
}

/** Whether a group buys spot instances: a bid says so by itself. */
export function buysSpot(worker: Worker): boolean {
  return worker.capacity_type === "SPOT" || worker.spot_price !== null;
}
