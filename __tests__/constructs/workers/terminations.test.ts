import { Workers } from "../../../constructs/workers/workers";
import type { Cluster, Worker } from "../../../fleet/model/cluster";
import { clusterOf, type Part, workerOf } from "../../support/cluster";
import { workersProps } from "../../support/props";
import { synth } from "../../support/synth";

/** A cluster with or without the addon. */
function handled(workers: readonly Worker[], enabled = true): Cluster {
  const cluster = clusterOf({ workers });
  const handler = { ...cluster.tfvars.addons.aws_node_termination_handler, enabled };
  const addons = { ...cluster.tfvars.addons, aws_node_termination_handler: handler };
  return { ...cluster, tfvars: { ...cluster.tfvars, addons } };
}

function synthWorkers(settings: Part<Worker>, enabled?: boolean) {
  const cluster = handled([workerOf({ name: "spot", ...settings })], enabled);
  return synth((scope) => new Workers(scope, "workers", workersProps(cluster)));
}

test("a self-managed group waits for drained nodes if an addon drains them", () => {
  const tf = synthWorkers({ spot_price: 0.1 });
  const group = `\${${tf.addresses("aws_autoscaling_group")[0]}.name}`;

  expect(tf.only("aws_autoscaling_lifecycle_hook")).toEqual({
    name: "drain",
    autoscaling_group_name: group,
    lifecycle_transition: "autoscaling:EC2_INSTANCE_TERMINATING",
    heartbeat_timeout: 300,
    default_result: "CONTINUE",
  });
  expect(tf.only("aws_autoscaling_group")["tag"]).toContainEqual({
    key: "aws-node-termination-handler/managed",
    value: "true",
    propagate_at_launch: false,
  });
  expect(tf.only("aws_sqs_queue")["name"]).toBe("reference-eks-example-com-node-termination-handler");
});

test("waits for the definition's time", () => {
  const tf = synthWorkers({ spot_price: 0.1, termination_heartbeat_seconds: 900 });

  expect(tf.only("aws_autoscaling_lifecycle_hook")["heartbeat_timeout"]).toBe(900);
});

test.each<[string, Part<Worker>, boolean]>([
  ["a managed group, whose nodes EKS drains", {}, true],
  ["a group whose nodes nobody drains", { spot_price: 0.1 }, false],
])("has no hook for %s", (_what, settings, enabled) => {
  expect(synthWorkers(settings, enabled).addresses("aws_autoscaling_lifecycle_hook")).toEqual([]);
});

test("has no queue without the addon that reads it", () => {
  expect(synthWorkers({ spot_price: 0.1 }, false).addresses("aws_sqs_queue")).toEqual([]);
});
