import { testMessages } from "../../../support/definition";

const PREFIXES = "vpc_cni: { prefix_delegation: true }";

testMessages({
  "warns of a type without prefixes": {
    worker: "instance_types: [t2.large, m6i.large]",
    cluster: PREFIXES,
    reports: [
      "warning: tfvars.workers[general].instance_types[0]: t2.large accepts no prefixes, because it is not a Nitro type, so its nodes have no address for pods. Use a Nitro type, or set vpc_cni.prefix_delegation: false",
    ],
  },
  "accepts a type with prefixes": { worker: "instance_types: [m6i.large]", cluster: PREFIXES, reports: [] },
  "accepts any type without prefix delegation": {
    worker: "instance_types: [t2.large]",
    cluster: "vpc_cni: { prefix_delegation: false }",
    reports: [],
  },
});
