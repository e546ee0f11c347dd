import { checkTerminations } from "../../../../fleet/checks/workers/worker-terminations";
import type { Worker } from "../../../../fleet/model/cluster";
import type { Subject } from "../../../../fleet/model/subject";
import { clusterOf, type Part, workerOf } from "../../../support/cluster";

/** What is said of a group, in a cluster where the addon is on, off, or not in the catalogue. */
function said(settings: Part<Worker>, enabled: boolean | undefined) {
  const { meta, tfvars } = clusterOf({ workers: [workerOf({ name: "spot", ...settings })] });
  const { aws_node_termination_handler: _own, ...others } = tfvars.addons as typeof tfvars.addons &
    Record<"aws_node_termination_handler", unknown>;
  const addons = enabled === undefined ? others : { ...others, aws_node_termination_handler: { enabled } };
  const definition = { meta, tfvars: { ...tfvars, addons: addons as typeof tfvars.addons } };
  return checkTerminations({ definition } as Subject).map(({ path, message, severity }) => ({
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

test.each<[string, Part<Worker>, boolean | undefined, readonly object[]]>([
  ["a bid, undrained", { spot_price: 0.1 }, false, [{ path: ["spot_price"], ...WARNING }]],
  [
    "spot of our own, undrained",
    { kind: "self_managed", capacity_type: "SPOT" },
    false,
    [{ path: ["capacity_type"], ...WARNING }],
  ],
  ["a bid, drained", { spot_price: 0.1 }, true, []],
  ["a bid, where nothing could drain", { spot_price: 0.1 }, undefined, []],
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
