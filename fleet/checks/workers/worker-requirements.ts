import { stockImage } from "../../../aws/ami";
import { architectureOf, instanceTypes } from "../../../aws/instance-types";
import type { Worker } from "../../model/cluster";
import { eachWorker, usedByAnother, type WorkerRule } from "../../rules/each-worker";
import type { Finding } from "../../rules/finding";
import { isBurstable } from "./worker-buying";

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

/** Keys that ask for accelerators of some kind. */
const OF_ACCELERATORS = ["accelerator_manufacturers", "accelerator_names", "accelerator_types"] as const;

function accelerators(wanted: Requirements): Finding[] {
  if (wanted.accelerator_count?.max !== 0) return [];
  const message = "asks for accelerators, and accelerator_count.max: 0 leaves out every type that has one: remove one";
  return OF_ACCELERATORS.filter((key) => wanted[key] !== undefined).map((key) => ({
    path: [PATH, key],
    given: [[PATH, "accelerator_count"]],
    message,
  }));
}

/** Left out, Auto Scaling takes neither T types nor bare metal (EC2's reference of InstanceRequirements), and none is both. */
function allowed(wanted: Requirements, ami_type: Worker["ami_type"]): Finding[] {
  const { allowed_instance_types, bare_metal = "excluded", burstable_performance = "excluded" } = wanted;
  if (bare_metal === "required" && burstable_performance === "required") {
    const message = "excludes burstable_performance: required, because no T type is bare metal: remove one of them";
    return [{ path: [PATH, "bare_metal"], given: [[PATH, "burstable_performance"]], message }];
  }
  if (allowed_instance_types === undefined) return [];
  const named = allowed_instance_types.map(matching);
  // A type that is not in the list is newer, and may fit.
  if (named.some((types) => types.length === 0)) return [];
  const architecture = stockImage({ ami_type })?.architecture;
  const reasons = [
    {
      fits: (type: string) => architecture === undefined || architectureOf(type) === architecture,
      given: [["ami_type"]],
      why: `ami_type ${ami_type} is ${architecture}`,
    },
    {
      fits: (type: string) => takes(burstable_performance, isBurstable(type)),
      given: [[PATH, "burstable_performance"]],
      why: `burstable_performance is ${burstable_performance}`,
    },
    {
      fits: (type: string) => takes(bare_metal, type.includes(".metal")),
      given: [[PATH, "bare_metal"]],
      why: `bare_metal is ${bare_metal}`,
    },
  ];
  const types = named.flat();
  if (types.some((type) => reasons.every(({ fits }) => fits(type)))) return [];
  const alone = reasons.filter(({ fits }) => !types.some(fits));
  const because = alone.length > 0 ? alone : reasons.filter(({ fits }) => !types.every(fits));
  const message = `leaves no type to take, because ${because.map(({ why }) => why).join(" and ")}: change one of them`;
  return [{ path: [PATH, "allowed_instance_types"], given: because.flatMap(({ given }) => given), message }];
}

function takes(wanted: "included" | "excluded" | "required", has: boolean): boolean {
  return wanted === "included" || (wanted === "required") === has;
}

/** Types of the list that a name with wildcards stands for. */
function matching(pattern: string): readonly string[] {
  const expression = new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", ".*")}$`);
  return instanceTypes().filter((type) => expression.test(type));
}

const requirements: WorkerRule = (worker, subject) => {
  const { ami_type, instance_requirements, on_demand_allocation_strategy } = worker;
  if (instance_requirements === null) return [];
  const findings = [
    ...ranges(instance_requirements),
    ...exclusive(instance_requirements),
    ...manufacturers(instance_requirements, ami_type),
    ...storage(instance_requirements),
    ...accelerators(instance_requirements),
    ...allowed(instance_requirements, ami_type),
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
