import { testReports } from "../../../support/definition";

describe("availability_zones of a group", () => {
  testReports({
    "lists zones of the network": {
      worker: "availability_zones: [us-east-1f, us-east-1a]",
      reports: [
        '8:28 tfvars.workers[general].availability_zones[0]: "us-east-1f" is not a zone of the cluster\'s network. Did you mean "us-east-1a"? Its zones: us-east-1a, us-east-1b, us-east-1c',
      ],
    },
    "lists local zones of the network": {
      worker: "availability_zones: [us-east-1-bos-1a]",
      reports: [
        '8:28 tfvars.workers[general].availability_zones[0]: "us-east-1-bos-1a" is not a zone of the cluster\'s network. Its zones: us-east-1a, us-east-1b, us-east-1c',
      ],
    },
    "refuses one zone twice": {
      worker: "availability_zones: [us-east-1a, us-east-1a]",
      reports: ["8:40 tfvars.workers[general].availability_zones[1]: lists us-east-1a twice. Remove one of them"],
    },
  });
});

const zonal = (length: number): string => `- name: ${"a".repeat(length)}\n  per_zone: true`;

testReports({
  "refuses a name of 30 characters for a group in each zone": {
    workers: zonal(30),
    reports: [
      `9:17 tfvars.workers[${"a".repeat(30)}].per_zone: requires a name of at most 29 characters, because each group's name ends with its zone, such as ${"a".repeat(30)}-a. Shorten ${"a".repeat(30)}`,
    ],
  },
  "accepts a name of 29 characters for a group in each zone": { workers: zonal(29), reports: [] },
  "refuses a group in each zone whose name is another group's": {
    worker: "per_zone: true",
    workers: "- name: general-b",
    reports: [
      "8:17 tfvars.workers[general].per_zone: creates 2 groups with the name general-b. Rename one of them or list zones with different last letters",
    ],
  },
});
