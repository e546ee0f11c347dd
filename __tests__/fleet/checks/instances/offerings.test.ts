import { testMessages } from "../../../support/definition";

testMessages({
  "warns of a type that the cluster's region does not offer": {
    worker: "instance_type: hpc7a.96xlarge",
    reports: [
      "warning: tfvars.workers[general].instance_type: us-east-1 did not offer hpc7a.96xlarge on 2026-08-01. Use another type, unless AWS offers it now",
    ],
  },
  "warns of a type that no region offers any more": {
    worker: "instance_type: f1.2xlarge",
    reports: [
      "warning: tfvars.workers[general].instance_type: no region offered f1.2xlarge on 2026-08-01. Use another type, unless AWS offers it now",
    ],
  },
  "warns of a type of a generation before 2014": {
    worker: "instance_type: m1.large",
    reports: [
      "warning: tfvars.workers[general].instance_type: m1.large is a previous generation type without enhanced networking (ENA) and IPv6. Use a current type, such as m7i.large",
    ],
  },
  "accepts a previous generation type with enhanced networking": { worker: "instance_type: m4.16xlarge", reports: [] },
  "refuses AL2023 on the first Graviton": {
    worker: "instance_type: a1.large\nami_type: AL2023_ARM_64_STANDARD",
    reports: [
      "tfvars.workers[general].instance_type: a1.large has a Graviton1 processor, which AL2023 does not support. Use a type with a later one, such as m7g.large",
    ],
  },
  "accepts Bottlerocket on the first Graviton": {
    worker: "instance_type: a1.large\nami_type: BOTTLEROCKET_ARM_64",
    reports: [],
  },
  "refuses a spot group of types without spot instances": {
    workers: "- name: big\n  instance_type: u7i-12tb.224xlarge\n  capacity_type: SPOT",
    reports: [
      "tfvars.workers[big].capacity_type: EC2 sells no spot instances of u7i-12tb.224xlarge. Set capacity_type: ON_DEMAND or use another type",
    ],
  },
  "accepts a spot group with one type that has spot instances": {
    workers: "- name: big\n  instance_types: [m6i.large, c8ine.large]\n  capacity_type: SPOT",
    reports: [],
  },
  "warns of wildcards that match only types which the region does not offer": {
    workers:
      "- name: big\n  instance_requirements:\n    vcpu_count: { min: 2 }\n    memory_mib: { min: 2048 }\n    allowed_instance_types: [hpc7a*]",
    reports: [
      "warning: tfvars.workers[big].instance_requirements.allowed_instance_types: us-east-1 offered none of these types on 2026-08-01. Allow others",
    ],
  },
  "warns of a pool only if the region offers none of its types": {
    worker: "min_size: 2",
    addons: "karpenter_enabled: true\ncluster_autoscaler_enabled: false",
    node_pools:
      "- name: hpc\n  limits: { vcpus: 500 }\n  instance_categories: [hpc]\n  requirements:\n    - { key: karpenter.k8s.aws/instance-family, operator: In, values: [hpc7a] }\n- name: flex\n  limits: { vcpus: 500 }\n  requirements:\n    - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m9g, m7i] }",
    reports: [
      "warning: tfvars.node_pools[hpc].instance_categories: us-east-1 offered none of these instance types on 2026-08-01, so the pool would have no node. Use other types or families",
    ],
  },
});
