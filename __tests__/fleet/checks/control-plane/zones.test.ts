import { testReports } from "../../../support/definition";

const NETWORK = "availability_zones: [us-east-1a, us-east-1b, us-east-1c]";

testReports({
  "accepts a control plane in some of the network's zones": {
    networking: NETWORK,
    cluster: "availability_zones: [us-east-1c, us-east-1a]",
    reports: [],
  },
  "accepts a control plane in the network's first zones": {
    networking: NETWORK,
    cluster: "availability_zones: 2",
    reports: [],
  },
  "refuses a control plane in a zone that leaves the network": {
    networking: NETWORK,
    cluster: "availability_zones: [us-east-1a, us-east-1d]",
    reports: [
      '12:38 tfvars.cluster.availability_zones[1]: "us-east-1d" is not a zone of the cluster\'s network. Did you mean "us-east-1a"? Its zones: us-east-1a, us-east-1b, us-east-1c',
    ],
  },
  "refuses a control plane in more zones than the network has": {
    networking: NETWORK,
    cluster: "availability_zones: 4",
    reports: [
      "12:25 tfvars.cluster.availability_zones: must be at most 3, the number of the network's zones, but is 4",
    ],
  },
  "refuses a zone of the control plane that is listed twice": {
    networking: NETWORK,
    cluster: "availability_zones: [us-east-1a, us-east-1a]",
    reports: ["12:38 tfvars.cluster.availability_zones[1]: lists us-east-1a twice. Remove one of them"],
  },
});
