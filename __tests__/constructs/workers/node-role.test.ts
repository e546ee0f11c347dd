import { nodeRole } from "../../../constructs/workers/node-role";
import type { Worker } from "../../../fleet/model/cluster";
import { ownerOf } from "../../../fleet/plan/owner";
import { clusterOf, type Part } from "../../support/cluster";
import { groupOf } from "../../support/props";
import { synth } from "../../support/synth";

function synthRole(settings: Part<Worker>) {
  const made: ReturnType<typeof nodeRole>[] = [];
  const tf = synth((scope) => {
    made.push(nodeRole(scope, ownerOf(clusterOf()), groupOf({ name: "general", ...settings })));
  });
  return { tf, role: made[0] };
}

const policies = (tf: ReturnType<typeof synthRole>["tf"]) =>
  Object.values(tf.all("aws_iam_role_policy_attachment")).map((each) => each["policy_arn"]);

describe("nodeRole", () => {
  test("has the group's further policies, two with the same name too", () => {
    const additional_policy_arns = ["arn:aws:iam::aws:policy/Audit", "arn:aws:iam::111111111111:policy/Audit"];

    expect(policies(synthRole({ additional_policy_arns }).tf).sort()).toEqual([
      "arn:aws:iam::111111111111:policy/Audit",
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
      "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
      "arn:aws:iam::aws:policy/Audit",
    ]);
  });

  test("is used after its further policies are attached", () => {
    expect(synthRole({ additional_policy_arns: ["arn:aws:iam::aws:policy/Audit"] }).role?.ready).toHaveLength(5);
  });

  test("has the group's own statements", () => {
    const additional_policy_statements = [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::x/${aws:username}"] }];
    const { role, tf } = synthRole({ additional_policy_statements });

    expect(tf.only("aws_iam_role_policy")["policy"]).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::x/$${aws:username}"]}]}',
    );
    expect(role?.ready).toHaveLength(5);
  });

  test("permits no shell by Systems Manager if the group turns it off", () => {
    expect(policies(synthRole({ session_manager: false }).tf)).toEqual([
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
    ]);
  });

  test("is an existing role if the group names one", () => {
    const iam_role_arn = "arn:aws:iam::111111111111:role/teams/nodes";
    const { tf, role } = synthRole({ iam_role_arn });

    expect(role).toEqual({ name: "nodes", arn: iam_role_arn, ready: [] });
    expect(tf.addresses()).toEqual([]);
  });
});
