import { testGroup } from "../../../support/worker-problems";

describe("what instances must be", () => {
  testGroup({
    "nothing less than vCPUs and memory": [
      "instance_requirements: {}",
      "instance_requirements: requires vcpu_count (must be a map of keys), memory_mib (must be a map of keys)",
    ],
    "a range out of order": [
      "instance_requirements: { vcpu_count: { min: 8, max: 4 }, memory_mib: { min: 1 } }",
      "instance_requirements.vcpu_count.max: must be at least min (8), got 4",
    ],
    "types beside them": [
      "instance_requirements: { vcpu_count: { min: 1 }, memory_mib: { min: 1 } }\ninstance_types: [m5.large]",
      "instance_types: has no effect beside instance_requirements, which choose the types: remove one of them",
    ],
    "two lists of types": [
      "instance_requirements: { vcpu_count: { min: 1 }, memory_mib: { min: 1 }, allowed_instance_types: [m5.*], excluded_instance_types: [t2.*] }",
      "instance_requirements.allowed_instance_types: excludes excluded_instance_types, which is there too: keep one",
    ],
    "a CPU that does not run the image": [
      "instance_requirements: { vcpu_count: { min: 1 }, memory_mib: { min: 1 }, cpu_manufacturers: [amd, amazon-web-services] }",
      "instance_requirements.cpu_manufacturers[1]: amazon-web-services makes no x86_64 CPU, and ami_type AL2023_x86_64_STANDARD runs on no other: remove it, or take another ami_type",
    ],
    "types of the other architecture": [
      "instance_requirements: { vcpu_count: { min: 1 }, memory_mib: { min: 1 }, allowed_instance_types: [m6g.*] }",
      "instance_requirements.allowed_instance_types: leaves no type to take, because ami_type AL2023_x86_64_STANDARD is x86_64: change one of them",
    ],
    "T types, which nobody let in": [
      "instance_requirements: { vcpu_count: { min: 1 }, memory_mib: { min: 1 }, allowed_instance_types: ['t3.*'] }",
      "instance_requirements.allowed_instance_types: leaves no type to take, because burstable_performance is excluded: change one of them",
    ],
    "types of which each is left out by another key": [
      "instance_requirements: { vcpu_count: { min: 1 }, memory_mib: { min: 1 }, allowed_instance_types: [m6i.metal, m6g.large] }",
      "instance_requirements.allowed_instance_types: leaves no type to take, because ami_type AL2023_x86_64_STANDARD is x86_64 and bare_metal is excluded: change one of them",
    ],
    "bare metal among sizes": [
      "instance_requirements: { vcpu_count: { min: 1 }, memory_mib: { min: 1 }, allowed_instance_types: [m6i.large], bare_metal: required }",
      "instance_requirements.allowed_instance_types: leaves no type to take, because bare_metal is required: change one of them",
    ],
    "T types that are let in": [
      "instance_requirements: { vcpu_count: { min: 1 }, memory_mib: { min: 1 }, allowed_instance_types: [t3.*], burstable_performance: included }",
    ],
    "types newer than the list": [
      "instance_requirements: { vcpu_count: { min: 1 }, memory_mib: { min: 1 }, allowed_instance_types: [m99g.*, t3.*] }",
    ],
    "one type that fits": [
      "instance_requirements: { vcpu_count: { min: 1 }, memory_mib: { min: 1 }, allowed_instance_types: [t3.*, m6g.*, m6i.large] }",
    ],
    "bare metal that bursts": [
      "instance_requirements: { vcpu_count: { min: 1 }, memory_mib: { min: 1 }, bare_metal: required, burstable_performance: required }",
      "instance_requirements.bare_metal: excludes burstable_performance: required, because no T type is bare metal: remove one of them",
    ],
    "accelerators, and none": [
      "instance_requirements: { vcpu_count: { min: 1 }, memory_mib: { min: 1 }, accelerator_names: [a100], accelerator_types: [gpu], accelerator_count: { max: 0 } }",
      "instance_requirements.accelerator_names: asks for accelerators, and accelerator_count.max: 0 leaves out every type that has one: remove one",
      "instance_requirements.accelerator_types: asks for accelerators, and accelerator_count.max: 0 leaves out every type that has one: remove one",
    ],
    "an order that there is not": [
      "instance_requirements: { vcpu_count: { min: 1 }, memory_mib: { min: 1 } }\non_demand_allocation_strategy: prioritized",
      "on_demand_allocation_strategy: goes by the order of instance_types, which instance_requirements do not have: take lowest-price",
    ],
  });
});
