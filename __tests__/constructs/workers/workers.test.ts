import { Workers } from "../../../constructs/workers/workers";
import type { WorkersRef } from "../../../constructs/workers/workers-ref";
import type { Worker } from "../../../fleet/model/cluster";
import { clusterOf, type Part, workerOf } from "../../support/cluster";
import { workersProps } from "../../support/props";
import { synth } from "../../support/synth";

function synthWorkers(workers: readonly Worker[]) {
  let ref: WorkersRef | undefined;
  const tf = synth((scope) => {
    ref = new Workers(scope, "workers", workersProps(clusterOf({ workers }))).ref;
  });
  return { tf, ref };
}

describe("Workers", () => {
  test.each<[string, Part<Worker>, "aws_eks_node_group" | "aws_autoscaling_group"]>([
    ["the defaults", {}, "aws_eks_node_group"],
    ["spot at any price", { capacity_type: "SPOT" }, "aws_eks_node_group"],
    ["a bid", { spot_price: 0.1 }, "aws_autoscaling_group"],
    ["an on-demand base below spot", { capacity_type: "SPOT", on_demand_base_capacity: 1 }, "aws_autoscaling_group"],
    [
      "an on-demand share of spot",
      { capacity_type: "SPOT", on_demand_percentage_above_base_capacity: 0 },
      "aws_autoscaling_group",
    ],
    ["self_managed, when it says so", { kind: "self_managed" }, "aws_autoscaling_group"],
    ["managed, when it says so", { kind: "managed" }, "aws_eks_node_group"],
  ])("builds a group of the kind that its settings require: %s", (_what, settings, type) => {
    const { tf } = synthWorkers([workerOf({ name: "general", ...settings })]);
    const groups = [...tf.addresses("aws_eks_node_group"), ...tf.addresses("aws_autoscaling_group")];

    expect(groups).toEqual(tf.addresses(type));
    expect(groups).toHaveLength(1);
  });

  test("outputs every group by its worker's name", () => {
    const { tf, ref } = synthWorkers([
      workerOf({ name: "general" }),
      workerOf({ name: "default-workers", spot_price: 0.1 }),
    ]);

    expect(Object.keys(ref?.auto_scaling_group_names ?? {})).toEqual(["general", "default-workers"]);
    expect(Object.keys(ref?.node_role_arns ?? {})).toEqual(["general", "default-workers"]);
    expect(tf.addresses("aws_iam_role")).toHaveLength(2);
  });

  test("a group of another kind has another role, so that the removed entry locks out no new node", () => {
    const [managed, own] = ["managed", "self_managed"].map((kind) => {
      const { tf } = synthWorkers([workerOf({ name: "general", kind: kind as Worker["kind"] })]);
      return { address: tf.addresses("aws_iam_role")[0], name: tf.only("aws_iam_role")["name"] };
    });

    expect(managed?.name).toBe("reference-eks-example-com-node-general");
    expect(own?.name).toBe("reference-eks-example-com-self-managed-node-general");
    expect(managed?.address).not.toBe(own?.address);
  });

  test("a cluster without workers has no group", () => {
    const { tf, ref } = synthWorkers([]);

    expect(tf.addresses()).toEqual([]);
    expect(ref).toEqual({ auto_scaling_group_names: {}, node_role_arns: {} });
  });
});
