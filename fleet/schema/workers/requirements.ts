import { z } from "zod";
import { instanceTypePattern } from "../../../language/words/aws-ids";

/** From and to, of which one may be left open. */
function range(number: z.ZodNumber, what: string) {
  return z
    .strictObject({
      min: number.optional().describe("Least. Default: there is no lower bound."),
      max: number.optional().describe("Most. Default: there is no upper bound."),
    })
    .optional()
    .describe(what);
}

/** A range with a required minimum, as for vCPUs and memory. */
function floor(what: string) {
  return z
    .strictObject({
      min: z.int().min(0).describe("Least."),
      max: z.int().min(1).optional().describe("Most. Default: there is no upper bound."),
    })
    .describe(what);
}

function oneOrMore<const Words extends readonly [string, ...string[]]>(words: Words, what: string) {
  return z.array(z.enum(words)).min(1).optional().describe(what);
}

const percent = (what: string) => z.int().min(0).max(999_999).optional().describe(what);

const INCLUDED = ["included", "excluded", "required"] as const;

/** Requirements by which EC2 Auto Scaling selects instance types, by its own names. */
export const instanceRequirements = z.strictObject({
  vcpu_count: floor("Virtual CPUs of an instance."),
  memory_mib: floor("Memory of an instance in MiB."),
  memory_gib_per_vcpu: range(z.number().positive(), "Memory for each virtual CPU in GiB."),
  cpu_manufacturers: oneOrMore(
    ["intel", "amd", "amazon-web-services", "apple"],
    "Makers of the CPU. Default: all that the image runs on.",
  ),
  instance_generations: oneOrMore(["current", "previous"], "Generations. Default: both."),
  allowed_instance_types: z
    .array(instanceTypePattern)
    .min(1)
    .max(400)
    .optional()
    .describe("The only types to choose from, such as m6i.* or c5.xlarge; not together with excluded_instance_types."),
  excluded_instance_types: z
    .array(instanceTypePattern)
    .min(1)
    .max(400)
    .optional()
    .describe("Types that are never used, such as t2.* or m5.8xlarge."),
  burstable_performance: z.enum(INCLUDED).optional().describe("T types. Default: excluded."),
  bare_metal: z.enum(INCLUDED).optional().describe("Bare metal types. Default: excluded."),
  local_storage: z.enum(INCLUDED).optional().describe("Types with instance store volumes. Default: included."),
  local_storage_types: oneOrMore(["hdd", "ssd"], "Kinds of instance store volumes. Default: both."),
  total_local_storage_gb: range(z.number().positive(), "Size of all instance store volumes together in GB."),
  network_bandwidth_gbps: range(z.number().positive(), "Network bandwidth in Gbit a second."),
  network_interface_count: range(z.int().min(1), "Network interfaces."),
  baseline_ebs_bandwidth_mbps: range(z.int().min(1), "Bandwidth to volumes in Mbit a second, without bursts."),
  accelerator_count: range(z.int().min(0), "Accelerators, such as GPUs; max: 0 leaves out types that have any."),
  accelerator_manufacturers: oneOrMore(
    ["amazon-web-services", "amd", "habana", "nvidia", "xilinx"],
    "Makers of the accelerators.",
  ),
  accelerator_names: oneOrMore(
    [
      "a100",
      "a10g",
      "h100",
      "inferentia",
      "k520",
      "k80",
      "l4",
      "l40s",
      "m60",
      "radeon-pro-v520",
      "t4",
      "t4g",
      "v100",
      "vu9p",
    ],
    "Models of the accelerators.",
  ),
  accelerator_types: oneOrMore(["fpga", "gpu", "inference"], "Kinds of accelerators."),
  accelerator_total_memory_mib: range(z.int().min(1), "Memory of all accelerators together in MiB."),
  spot_max_price_percentage_over_lowest_price: percent(
    "Price protection: how many percent above the cheapest fitting type a spot type may cost. Default: EC2 protects by its own measure.",
  ),
  max_spot_price_as_percentage_of_optimal_on_demand_price: percent(
    "The same, measured by the on-demand price of the cheapest fitting type; not together with the key above.",
  ),
  on_demand_max_price_percentage_over_lowest_price: percent(
    "Price protection of on-demand types: percent above the cheapest fitting type. Default: 20.",
  ),
});
