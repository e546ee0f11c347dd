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
  test("has further policies where a group asks for some, two of one name apart", () => {
    const additional_policy_arns = ["arn:aws:iam::aws:policy/Audit", "arn:aws:iam::111111111111:policy/Audit"];

    expect(policies(synthRole({ additional_policy_arns }).tf).sort()).toEqual([
      "arn:aws:iam::111111111111:policy/Audit",
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
      "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
      "arn:aws:iam::aws:policy/Audit",
    ]);
  });

  test("is of no use before its further policies are there", () => {
    expect(synthRole({ additional_policy_arns: ["arn:aws:iam::aws:policy/Audit"] }).role?.ready).toHaveLength(5);
  });

  test("may do what a group says itself", () => {
    const additional_policy_statements = [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::x/${aws:username}"] }];
    const { role, tf } = synthRole({ additional_policy_statements });

    expect(tf.only("aws_iam_role_policy")["policy"]).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::x/$${aws:username}"]}]}',
    );
    expect(role?.ready).toHaveLength(5);
  });

  test("lets nobody open a shell where a group says so", () => {
    expect(policies(synthRole({ session_manager: false }).tf)).toEqual([
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
    ]);
  });

  test("is one that exists where a group names one", () => {
    const iam_role_arn = "arn:aws:iam::111111111111:role/teams/nodes";
    const { tf, role } = synthRole({ iam_role_arn });

    expect(role).toEqual({ name: "nodes", arn: iam_role_arn, ready: [] });
    expect(tf.addresses()).toEqual([]);
  });
});
