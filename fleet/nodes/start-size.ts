import type { Worker } from "../model/cluster";

/** Returns the number of nodes of a new group. Later, the autoscaler or a schedule can change it. */
export function startSize({ desired_size, min_size }: Pick<Worker, "desired_size" | "min_size">): number {
  return desired_size ?? min_size;
}
