import { stockImage } from "../ami";
import type { Worker } from "../cluster";
import { eachWorker, usedByAnother, type WorkerRule } from "./each-worker";
import type { Finding } from "./finding";

type Requirements = NonNullable<Worker["instance_requirements"]>;

const PATH = "instance_requirements";

/** Each range that has both ends. */
function ranges(wanted: Requirements): Finding[] {
  return Object.entries(wanted).flatMap(([key, value]): Finding[] => {
    if (typeof value !== "object" || !("max" in value || "min" in value)) return [];
    const { min, max } = value as { readonly min?: number; readonly max?: number };
    if (min === undefined || max === undefined || min <= max) return [];
    const path = [PATH, key, "max"];
    return [{ path, given: [[PATH, key, "min"]], message: `must be at least min (${min}), got ${max}` }];
  });
}

/** Keys of which Auto Scaling takes one, and why. */
const EXCLUSIVE = [
  ["allowed_instance_types", "excluded_instance_types"],
  ["max_spot_price_as_percentage_of_optimal_on_demand_price", "spot_max_price_percentage_over_lowest_price"],
] as const;

function exclusive(wanted: Requirements): Finding[] {
  return EXCLUSIVE.filter(([one, other]) => wanted[one] !== undefined && wanted[other] !== undefined).map(
    ([one, other]) => ({
      path: [PATH, one],
      given: [[PATH, other]],
      message: `excludes ${other}, which is there too: keep one`,
    }),
  );
}

/** A CPU that runs the image. */
function manufacturers(wanted: Requirements, ami_type: Worker["ami_type"]): Finding[] {
  const { cpu_manufacturers } = wanted;
  const architecture = stockImage({ ami_type })?.architecture;
  if (cpu_manufacturers === undefined || architecture === undefined) return [];
  const fits = (maker: string) => (maker === "amazon-web-services" || maker === "apple") === (architecture === "arm64");
  return cpu_manufacturers.flatMap((maker, index) =>
    fits(maker)
      ? []
      : [
          {
            path: [PATH, "cpu_manufacturers", index],
            given: [["ami_type"]],
            message: `${maker} makes no ${architecture} CPU, and ami_type ${ami_type} runs on no other: remove it, or take another ami_type`,
          },
        ],
  );
}

function storage({ local_storage, local_storage_types }: Requirements): Finding[] {
  if (local_storage !== "excluded" || local_storage_types === undefined) return [];
  const message = "has no effect while local_storage is excluded: remove one of them";
  return [{ path: [PATH, "local_storage_types"], given: [[PATH, "local_storage"]], message }];
}

const requirements: WorkerRule = (worker, subject) => {
  const { ami_type, instance_requirements, on_demand_allocation_strategy } = worker;
  if (instance_requirements === null) return [];
  const findings = [
    ...ranges(instance_requirements),
    ...exclusive(instance_requirements),
    ...manufacturers(instance_requirements, ami_type),
    ...storage(instance_requirements),
  ];
  if (!usedByAnother(worker, subject, "instance_types", (other) => other.instance_requirements === null)) {
    const message = `has no effect beside ${PATH}, which choose the types: remove one of them`;
    findings.push({ own: true, path: ["instance_types"], given: [[PATH]], message });
  }
  if (on_demand_allocation_strategy === "prioritized") {
    const message = `goes by the order of instance_types, which ${PATH} do not have: take lowest-price`;
    findings.push({ path: ["on_demand_allocation_strategy"], given: [[PATH]], message });
  }
  return findings;
};

/** Requirements that some instance type can meet. */
export const checkRequirements = eachWorker([requirements]);
