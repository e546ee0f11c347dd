import { z } from "zod";
import { labelKeyText, labelValueText, nameText, nodeLabelKeyText } from "./words";

/** Amazon Linux 2023 images of EKS, by the name the EKS API gives them. */
export const AMI_TYPES = [
  "AL2023_x86_64_STANDARD",
  "AL2023_ARM_64_STANDARD",
  "AL2023_x86_64_NVIDIA",
  "AL2023_ARM_64_NVIDIA",
  "AL2023_x86_64_NEURON",
] as const;

const TAINT_EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"] as const;

export const taint = z.strictObject({
  key: labelKeyText.describe("Key of the taint."),
  value: labelValueText.describe("Value of the taint; may be empty."),
  effect: z.enum(TAINT_EFFECTS).describe("What happens to pods that do not tolerate it."),
});

/** Everything that a group can leave to `worker_defaults`. */
export const workerDefaults = z.strictObject({
  kind: z
    .enum(["auto", "managed", "self_managed"])
    .describe(
      "managed: an EKS managed node group. self_managed: an Auto Scaling group of our own, which can bid a spot_price and mix on-demand with spot. auto takes managed unless a setting needs the other.",
    ),
  instance_types: z
    .array(z.string().regex(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, "must be an EC2 instance type, such as m6i.large"))
    .min(1)
    .max(20)
    .describe(
      "EC2 instance types, the preferred one first, all of one architecture. `instance_type: x` is short for one.",
    ),
  ami_type: z.enum(AMI_TYPES).describe("Operating system, architecture and variant, as the EKS API names them."),
  autoscaling: z
    .boolean()
    .describe("true: cluster-autoscaler owns the size between min_size and max_size. false: desired_size is kept."),
  min_size: z.int().min(0).max(450).describe("Fewest nodes. 450: EKS's quota of nodes a managed group."),
  max_size: z.int().min(1).max(450).describe("Most nodes."),
  desired_size: z.int().min(0).nullable().describe("Nodes to keep where autoscaling is false; null keeps min_size."),
  capacity_type: z.enum(["ON_DEMAND", "SPOT"]).describe("How instances are bought. A spot_price means SPOT."),
  spot_price: z
    .number()
    .positive()
    .max(1000)
    .nullable()
    .describe("Most that is paid for an instance, in US dollars an hour; null pays up to the on-demand price."),
  on_demand_base_capacity: z
    .int()
    .min(0)
    .describe("Nodes that are always on-demand, before SPOT begins. Above 0 it needs a self-managed group."),
  on_demand_percentage_above_base_capacity: z
    .int()
    .min(0)
    .max(100)
    .nullable()
    .describe("On-demand share of what comes above the base; null is all for ON_DEMAND and none for SPOT."),
  spot_allocation_strategy: z
    .enum(["price-capacity-optimized", "capacity-optimized", "lowest-price"])
    .describe("How a self-managed group picks among spot pools."),
  availability_zones: z
    .array(z.string())
    .describe(
      "Zones of the network that the group runs in; empty for all of them. One zone suits volumes that stay in it.",
    ),
  root_volume: z
    .strictObject({
      size_gib: z.int().min(20).max(16384).describe("Size in GiB; the image needs 20."),
      iops: z.int().min(3000).max(16000).describe("Operations a second; gp3 includes 3000."),
      throughput_mib: z.int().min(125).max(1000).describe("MiB a second; gp3 includes 125."),
    })
    .describe("The nodes' root volume: gp3, always encrypted."),
  labels: z.record(nodeLabelKeyText, labelValueText).describe("Kubernetes labels of the nodes."),
  taints: z.array(taint).max(50).describe("Kubernetes taints of the nodes; EKS takes 50."),
  max_unavailable_percentage: z
    .int()
    .min(1)
    .max(100)
    .describe("Share of the group that an update may take down at once."),
});

const worker = workerDefaults.extend({
  name: nameText(31).describe("Name of the group, unique in the cluster. Renaming replaces the group, node by node."),
});

export const workers = z
  .array(worker)
  .max(30)
  .describe("Worker groups: each item takes worker_defaults and says what differs.");
