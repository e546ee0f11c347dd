import { Role } from "../../../constructs/iam/role";
import { serviceTrust } from "../../../constructs/iam/service-trust";
import type { Tfvars } from "../../../fleet/model/cluster";
import { ownerOf } from "../../../fleet/plan/owner";
import { clusterOf, type Part } from "../../support/cluster";
import { synth } from "../../support/synth";

function synthRole(iam: Part<Tfvars["common"]["iam"]> = {}) {
  return synth((scope) => {
    role = new Role(scope, "role", {
      owner: ownerOf(clusterOf({ common: { iam } }, { partition: "aws-cn" })),
      part: "node",
      trust: serviceTrust("ec2.amazonaws.com.cn"),
      awsPolicies: ["AmazonEKSWorkerNodePolicy", "AmazonSSMManagedInstanceCore"],
    });
  });
}

let role: Role | undefined;

describe("Role", () => {
  test("trusts its service without a condition by default", () => {
    expect(synthRole().only("aws_iam_role")).toEqual({
      name: "reference-eks-example-com-node",
      assume_role_policy:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com.cn"},"Action":"sts:AssumeRole"}]}',
    });
  });

  test("attaches AWS's policies by the ARNs of its partition", () => {
    const tf = synthRole();

    expect(tf.only("aws_iam_role_policy_attachment", "AmazonEKSWorkerNodePolicy")).toEqual({
      role: `\${${tf.addresses("aws_iam_role")[0]}.name}`,
      policy_arn: "arn:aws-cn:iam::aws:policy/AmazonEKSWorkerNodePolicy",
    });
  });

  test("is ready once all its policies are attached", () => {
    const tf = synthRole();

    expect(tf.addresses("aws_iam_role_policy_attachment")).toHaveLength(2);
    expect(role?.ready).toHaveLength(3);
  });

  test("computes its ARN before it exists", () => {
    synthRole();
    expect(role?.literalArn).toBe("arn:aws-cn:iam::111111111111:role/reference-eks-example-com-node");

    synthRole({ path: "/platform/eks/" });
    expect(role?.literalArn).toBe("arn:aws-cn:iam::111111111111:role/platform/eks/reference-eks-example-com-node");
  });

  test("has the path and the boundary of the definition", () => {
    const boundary = "arn:aws-cn:iam::111111111111:policy/boundary";
    const tf = synthRole({ path: "/platform/", permissions_boundary: boundary });

    expect(tf.only("aws_iam_role")).toMatchObject({ path: "/platform/", permissions_boundary: boundary });
  });
});
