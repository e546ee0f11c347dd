import { testReports } from "../../../support/definition";

const NOBODY =
  "buys spot instances in a self-managed group, but nothing drains the nodes before EC2 ends them. Set addons.aws_node_termination_handler_enabled: true";
const ON = { addons: "aws_node_termination_handler_enabled: true" };

testReports({
  "warns of a bid without the addon that drains nodes": {
    worker: "spot_price: 0.1",
    reports: [`8:19 warning: tfvars.workers[general].spot_price: ${NOBODY}`],
  },
  "warns of spot instances in a self-managed group without the addon": {
    worker: "kind: self_managed\ncapacity_type: SPOT",
    reports: [`9:22 warning: tfvars.workers[general].capacity_type: ${NOBODY}`],
  },
  "warns of a share of spot instances without the addon": {
    worker: "on_demand_percentage_above_base_capacity: 99",
    reports: [`8:49 warning: tfvars.workers[general].on_demand_percentage_above_base_capacity: ${NOBODY}`],
  },
  "accepts a share of 100% on-demand instances without the addon": {
    worker: "on_demand_percentage_above_base_capacity: 100",
    reports: [],
  },
  "accepts a bid with the addon": { worker: "spot_price: 0.1", ...ON, reports: [] },
  "accepts spot instances of a managed group, which EKS drains": { worker: "capacity_type: SPOT", reports: [] },
  "accepts a self-managed group of on-demand instances": { worker: "kind: self_managed", reports: [] },
  "refuses time for draining without the addon": {
    worker: "kind: self_managed\ntermination_heartbeat_seconds: 60",
    reports: [
      "9:38 tfvars.workers[general].termination_heartbeat_seconds: has no effect because the addon aws_node_termination_handler, which drains nodes in that time, is off. Remove it, or set addons.aws_node_termination_handler_enabled: true",
    ],
  },
});
