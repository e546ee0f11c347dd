import { eksNodeMonitoringAgent } from "../../../addons/nodes/eks-node-monitoring-agent";
import { valuesOf } from "../support/context";

test("has the chart's own values, and calls no AWS API", () => {
  expect(valuesOf(eksNodeMonitoringAgent)).toEqual({});
  expect(eksNodeMonitoringAgent.permissions).toBeUndefined();
});
