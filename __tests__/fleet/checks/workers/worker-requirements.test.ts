import { testGroup } from "../../../support/worker-problems";

const PATH = "instance_requirements";
const wanted = (more: string): string => `${PATH}: { vcpu_count: { min: 1 }, memory_mib: { min: 1 }, ${more} }`;
const noType = (why: string): string =>
  `${PATH}.allowed_instance_types: leaves no instance type because ${why}. Change one of them`;

testGroup({
  "requires vCPUs and memory": [
    `${PATH}: {}`,
    `${PATH}: requires vcpu_count (must be a map of keys), memory_mib (must be a map of keys)`,
  ],
  "refuses a range whose max is below its min": [
    `${PATH}: { vcpu_count: { min: 8, max: 7 }, memory_mib: { min: 1 } }`,
    `${PATH}.vcpu_count.max: must be at least min (8), but is 7`,
  ],
  "accepts a range whose max equals its min": [`${PATH}: { vcpu_count: { min: 8, max: 8 }, memory_mib: { min: 1 } }`],
  "refuses instance_types, which do nothing": [
    `${wanted("bare_metal: included")}\ninstance_types: [m5.large]`,
    `instance_types: has no effect because ${PATH} select the types. Remove it, or remove ${PATH}`,
  ],
  "refuses allowed types beside excluded types": [
    wanted("allowed_instance_types: [m5.*], excluded_instance_types: [t2.*]"),
    `${PATH}.allowed_instance_types: conflicts with excluded_instance_types. Remove one of them`,
  ],
  "refuses a CPU that does not run the image": [
    wanted("cpu_manufacturers: [amd, amazon-web-services]"),
    `${PATH}.cpu_manufacturers[1]: amazon-web-services builds no x86_64 CPU, which ami_type AL2023_x86_64_STANDARD requires. Remove it or use another ami_type`,
  ],
  "refuses types of the other architecture": [
    wanted("allowed_instance_types: [m6g.*]"),
    noType("ami_type AL2023_x86_64_STANDARD is x86_64"),
  ],
  "refuses T types, which are excluded by default": [
    wanted("allowed_instance_types: ['t3.*']"),
    noType("burstable_performance is excluded"),
  ],
  "refuses types that different keys exclude": [
    wanted("allowed_instance_types: [m6i.metal, m6g.large]"),
    noType("ami_type AL2023_x86_64_STANDARD is x86_64 and bare_metal is excluded"),
  ],
  "refuses other sizes where bare metal is required": [
    wanted("allowed_instance_types: [m6i.large], bare_metal: required"),
    noType("bare_metal is required"),
  ],
  "accepts T types that are included": [wanted("allowed_instance_types: [t3.*], burstable_performance: included")],
  "accepts types newer than the list": [wanted("allowed_instance_types: [m99g.*, t3.*]")],
  "accepts one type that fits": [wanted("allowed_instance_types: [t3.*, m6g.*, m6i.large]")],
  "refuses bare metal with burstable performance": [
    wanted("bare_metal: required, burstable_performance: required"),
    `${PATH}.bare_metal: conflicts with burstable_performance: required, because no T type is bare metal. Remove one of them`,
  ],
  "refuses kinds of local storage where it is excluded": [
    wanted("local_storage: excluded, local_storage_types: [ssd]"),
    `${PATH}.local_storage_types: has no effect because local_storage is excluded. Remove it`,
  ],
  "refuses kinds of accelerators where their maximum is 0": [
    wanted("accelerator_names: [a100], accelerator_types: [gpu], accelerator_count: { max: 0 }"),
    ...["names", "types"].map(
      (key) =>
        `${PATH}.accelerator_${key}: conflicts with accelerator_count.max: 0, which excludes all types with accelerators. Remove one of them`,
    ),
  ],
  "refuses an allocation by the order of types": [
    `${wanted("bare_metal: included")}\non_demand_allocation_strategy: prioritized`,
    `on_demand_allocation_strategy: prioritized requires the order of instance_types, which ${PATH} do not have. Use lowest-price`,
  ],
});
