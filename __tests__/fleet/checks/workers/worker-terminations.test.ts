import { checkTerminations } from "../../../../fleet/checks/workers/worker-terminations";
import type { Worker } from "../../../../fleet/model/cluster";
import type { Subject } from "../../../../fleet/model/subject";
import { clusterOf, type Part, workerOf } from "../../../support/cluster";

/** Returns what the check reports of a group, in a cluster with or without the addon that drains nodes. */
function said(settings: Part<Worker>, enabled: boolean) {
  const definition = clusterOf({
    workers: [workerOf({ name: "spot", ...settings })],
    addons: { aws_node_termination_handler: { enabled } },
  });
  return checkTerminations({ definition } as unknown as Subject).map(({ path, message, severity }) => ({
    path: path.slice(3),
    message,
    severity,
  }));
}

const WARNING = {
  severity: "warning",
  message:
    "is self-managed and buys spot instances, and nothing drains them before they are taken: set aws_node_termination_handler_enabled: true under addons",
};

test.each<[string, Part<Worker>, boolean, readonly object[]]>([
  ["a bid, undrained", { spot_price: 0.1 }, false, [{ path: ["spot_price"], ...WARNING }]],
  [
    "spot of our own, undrained",
    { kind: "self_managed", capacity_type: "SPOT" },
    false,
    [{ path: ["capacity_type"], ...WARNING }],
  ],
  ["a bid, drained", { spot_price: 0.1 }, true, []],
  ["spot that EKS drains", { capacity_type: "SPOT" }, false, []],
  ["on-demand", { kind: "self_managed" }, false, []],
  [
    "time for nobody",
    { kind: "self_managed", termination_heartbeat_seconds: 60 },
    false,
    [
      {
        path: ["termination_heartbeat_seconds"],
        message:
          "has no effect without the addon aws_node_termination_handler, which drains nodes in that time: enable it, or remove this",
      },
    ],
  ],
])("%s", (_what, settings, enabled, findings) => {
  expect(said(settings, enabled)).toEqual(findings);
});
