import { stockImage } from "../../../aws/ami";
import { architectureOf, instanceTypes } from "../../../aws/instance-types";
import { ifCertain } from "../../../language/refused";
import { matchesWildcards } from "../../../language/wildcard";
import type { Worker } from "../../model/cluster";
import { eachItem } from "../../rules/each-item";
import { eachWorker, usedByAnother, type WorkerRule } from "../../rules/each-worker";
import type { Finding } from "../../rules/finding";
import { atLeast, noEffect } from "../../rules/forms";
import { isBurstable } from "./worker-buying";

type Requirements = NonNullable<Worker["instance_requirements"]>;

const PATH = "instance_requirements";

/** Returns a rule about groups whose types are selected by requirements. Its paths begin at the requirements. */
const selected =
  (rule: (wanted: Requirements, worker: Worker) => readonly Finding[]): WorkerRule =>
  (worker) => {
    const { instance_requirements: wanted } = worker;
    if (wanted === null) return [];
    return rule(wanted, worker).map((finding) => ({ ...finding, path: [PATH, ...finding.path] }));
  };

const ranges = selected((wanted) =>
  Object.keys(wanted).flatMap(
    (key) =>
      ifCertain(() => {
        const value = wanted[key as keyof Requirements];
        if (typeof value !== "object" || Array.isArray(value)) return [];
        const { min, max } = value as { readonly min?: number; readonly max?: number };
        return min === undefined || max === undefined ? [] : atLeast([key, "max"], max, { key: "min", value: min });
      }) ?? [],
  ),
);

/** Keys of which Auto Scaling accepts one. */
const EXCLUSIVE = [
  ["allowed_instance_types", "excluded_instance_types"],
  ["max_spot_price_as_percentage_of_optimal_on_demand_price", "spot_max_price_percentage_over_lowest_price"],
] as const;

const exclusive = EXCLUSIVE.map(([one, other]) =>
  selected((wanted) =>
    wanted[one] === undefined || wanted[other] === undefined
      ? []
      : [{ path: [one], message: `conflicts with ${other}. Remove one of them` }],
  ),
);

const manufacturers = selected(({ cpu_manufacturers = [] }, { ami_type }) => {
  const architecture = stockImage({ ami_type })?.architecture;
  if (architecture === undefined) return [];
  return eachItem(["cpu_manufacturers"], cpu_manufacturers, [
    (maker) => {
      if ((maker === "amazon-web-services" || maker === "apple") === (architecture === "arm64")) return [];
      const message = `${maker} builds no ${architecture} CPU, which ami_type ${ami_type} requires. Remove it or use another ami_type`;
      return [{ path: [], message }];
    },
  ]);
});

const storage = selected(({ local_storage, local_storage_types }) =>
  local_storage === "excluded" && local_storage_types !== undefined
    ? [noEffect(["local_storage_types"], "local_storage is excluded")]
    : [],
);

/** Keys that select types with accelerators. */
const OF_ACCELERATORS = ["accelerator_manufacturers", "accelerator_names", "accelerator_types"] as const;

const accelerators = OF_ACCELERATORS.map((key) =>
  selected((wanted) => {
    if (wanted.accelerator_count?.max !== 0 || wanted[key] === undefined) return [];
    const message =
      "conflicts with accelerator_count.max: 0, which excludes all types with accelerators. Remove one of them";
    return [{ path: [key], message }];
  }),
);

const metalThatBursts = selected(({ bare_metal, burstable_performance }) => {
  if (bare_metal !== "required" || burstable_performance !== "required") return [];
  const message = "conflicts with burstable_performance: required, because no T type is bare metal. Remove one of them";
  return [{ path: ["bare_metal"], message }];
});

/** By default, Auto Scaling excludes T types and bare metal (EC2 API reference, InstanceRequirements). */
const allowed = selected((wanted, { ami_type }) => {
  const { allowed_instance_types, bare_metal = "excluded", burstable_performance = "excluded" } = wanted;
  if (allowed_instance_types === undefined || (bare_metal === "required" && burstable_performance === "required"))
    return [];
  const named = allowed_instance_types.map(matching);
  // A type that is not in the list is newer, and may fit.
  if (named.some((types) => types.length === 0)) return [];
  const architecture = stockImage({ ami_type })?.architecture;
  const reasons = [
    {
      fits: (type: string) => architecture === undefined || architectureOf(type) === architecture,
      why: `ami_type ${ami_type} is ${architecture}`,
    },
    {
      fits: (type: string) => accepts(burstable_performance, isBurstable(type)),
      why: `burstable_performance is ${burstable_performance}`,
    },
    {
      fits: (type: string) => accepts(bare_metal, type.includes(".metal")),
      why: `bare_metal is ${bare_metal}`,
    },
  ];
  const types = named.flat();
  if (types.some((type) => reasons.every(({ fits }) => fits(type)))) return [];
  const alone = reasons.filter(({ fits }) => !types.some(fits));
  const because = alone.length > 0 ? alone : reasons.filter(({ fits }) => !types.every(fits));
  const message = `leaves no instance type because ${because.map(({ why }) => why).join(" and ")}. Change one of them`;
  return [{ path: ["allowed_instance_types"], message }];
});

function accepts(wanted: "included" | "excluded" | "required", has: boolean): boolean {
  return wanted === "included" || (wanted === "required") === has;
}

/** Returns the types in the list that match a name with wildcards. */
function matching(pattern: string): readonly string[] {
  return instanceTypes().filter((type) => matchesWildcards(pattern, type));
}

const typesBeside: WorkerRule = (worker, subject) =>
  worker.instance_requirements === null ||
  usedByAnother(worker, subject, "instance_types", (other) => other.instance_requirements === null)
    ? []
    : [{ ...noEffect(["instance_types"], `${PATH} select the types`, `or remove ${PATH}`), own: true }];

const prioritized: WorkerRule = ({ instance_requirements, on_demand_allocation_strategy }) => {
  if (instance_requirements === null || on_demand_allocation_strategy !== "prioritized") return [];
  const message = `prioritized requires the order of instance_types, which ${PATH} do not have. Use lowest-price`;
  return [{ path: ["on_demand_allocation_strategy"], message }];
};

/** Some instance type fulfils the requirements. */
export const checkRequirements = eachWorker([
  ranges,
  ...exclusive,
  manufacturers,
  storage,
  ...accelerators,
  metalThatBursts,
  allowed,
  typesBeside,
  prioritized,
]);
