import { Karpenter } from "../../../constructs/node-pools/karpenter";
import type { Tfvars } from "../../../fleet/model/cluster";
import { planKarpenter } from "../../../fleet/plan/node-pools-plan";
import { ownerOf } from "../../../fleet/plan/owner";
import { clusterOf, eks, type Part } from "../../support/cluster";
import { synth } from "../../support/synth";

function synthKarpenter(node_policy_arns: readonly string[]) {
  const cluster = clusterOf({
    addons: { karpenter: { enabled: true, options: { node_policy_arns } } },
  } as Part<Tfvars>);
  const plan = planKarpenter(cluster);
  if (plan === null) throw new Error("the cluster has no Karpenter");
  return synth((scope) => new Karpenter(scope, "karpenter", { owner: ownerOf(cluster), plan, eks }));
}

const tf = synthKarpenter([]);
const role = tf.addresses("aws_iam_role")[0];

test("its nodes have a role of their own, which the cluster admits", () => {
  expect(tf.only("aws_iam_role")["name"]).toBe("reference-eks-example-com-karpenter-node");
  expect(tf.only("aws_iam_instance_profile")).toEqual({
    name: "reference-eks-example-com-karpenter-node",
    role: `\${${role}.name}`,
  });
  expect(tf.only("aws_eks_access_entry")).toEqual({
    cluster_name: "reference-eks-example-com",
    principal_arn: `\${${role}.arn}`,
    type: "EC2_LINUX",
  });
  expect(Object.values(tf.all("aws_iam_role_policy_attachment")).map(({ policy_arn }) => policy_arn)).toEqual(
    ["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodePolicy", "AmazonSSMManagedInstanceCore"].map(
      (name) => `arn:aws:iam::aws:policy/${name}`,
    ),
  );
});

test("its nodes have the permissions of the addon's options too", () => {
  const arn = "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy";
  const granted = synthKarpenter([arn]);

  expect(granted.only("aws_iam_role_policy_attachment", "aws-CloudWatchAgentServerPolicy")).toEqual({
    role: `\${${granted.addresses("aws_iam_role")[0]}.name}`,
    policy_arn: arn,
  });
});

test("its queue is its own", () => {
  expect(tf.only("aws_sqs_queue")["name"]).toBe("reference-eks-example-com-karpenter");
  expect(tf.addresses("aws_cloudwatch_event_rule")).toHaveLength(5);
});
