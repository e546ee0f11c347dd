import { ServiceRole } from "../../../constructs/iam/service-role";
import type { Tfvars } from "../../../fleet/model/cluster";
import { clusterOf, type Part } from "../../support/cluster";
import { synth } from "../../support/synth";

function synthRole(iam: Part<Tfvars["common"]["iam"]> = {}) {
  return synth((scope) => {
    role = new ServiceRole(scope, "role", {
      name: "demo-node",
      cluster: clusterOf({ common: { iam } }, { partition: "aws-cn" }),
      service: "ec2.amazonaws.com.cn",
      tag_session: false,
      managed_policies: ["AmazonEKSWorkerNodePolicy", "AmazonSSMManagedInstanceCore"],
    });
  });
}

let role: ServiceRole | undefined;

describe("ServiceRole", () => {
  test("trusts its service, and sets no condition that it was not given", () => {
    expect(synthRole().only("aws_iam_role")).toEqual({
      name: "demo-node",
      assume_role_policy:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com.cn"},"Action":"sts:AssumeRole"}]}',
    });
  });

  test("takes AWS's policies from its partition", () => {
    const tf = synthRole();

    expect(tf.only("aws_iam_role_policy_attachment", "AmazonEKSWorkerNodePolicy")).toEqual({
      role: `\${${tf.addresses("aws_iam_role")[0]}.name}`,
      policy_arn: "arn:aws-cn:iam::aws:policy/AmazonEKSWorkerNodePolicy",
    });
  });

  test("is ready when all its policies are attached", () => {
    const tf = synthRole();

    expect(tf.addresses("aws_iam_role_policy_attachment")).toHaveLength(2);
    expect(role?.ready).toHaveLength(3);
  });

  test("writes out the ARN that it will have", () => {
    synthRole();
    expect(role?.literalArn).toBe("arn:aws-cn:iam::111111111111:role/demo-node");

    synthRole({ path: "/platform/eks/" });
    expect(role?.literalArn).toBe("arn:aws-cn:iam::111111111111:role/platform/eks/demo-node");
  });

  test("lies in the path and within the boundary that the definition names", () => {
    const boundary = "arn:aws-cn:iam::111111111111:policy/boundary";
    const tf = synthRole({ path: "/platform/", permissions_boundary: boundary });

    expect(tf.only("aws_iam_role")).toMatchObject({ path: "/platform/", permissions_boundary: boundary });
  });
});
