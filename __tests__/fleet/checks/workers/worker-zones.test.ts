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
  });
});
