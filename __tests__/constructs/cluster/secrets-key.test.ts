import { SecretsKey } from "../../../constructs/cluster/secrets-key";
import { Role } from "../../../constructs/iam/role";
import { serviceTrust } from "../../../constructs/iam/service-trust";
import { ownerOf } from "../../../fleet/plan/owner";
import { clusterOf } from "../../support/cluster";
import { synth } from "../../support/synth";

const cluster = clusterOf();
const owner = ownerOf(cluster);
const { tfvars } = cluster;

function synthKey(administrators: readonly string[] = []) {
  const settings = { ...tfvars.cluster.kms, administrators, deletion_window_days: 7, rotation_period_days: 90 };
  return synth((scope) => {
    const usedBy = new Role(scope, "role", {
      owner,
      part: "control-plane",
      trust: serviceTrust("eks.amazonaws.com"),
      awsPolicies: ["AmazonEKSClusterPolicy"],
    });
    new SecretsKey(scope, "key", { owner, settings, deletionProtection: false, usedBy });
  });
}

function statements(tf: ReturnType<typeof synthKey>) {
  return JSON.parse(String(tf.only("aws_kms_key")["policy"])).Statement as readonly Record<string, unknown>[];
}

describe("SecretsKey", () => {
  test("rotates, and can be restored for the definition's number of days", () => {
    const tf = synthKey();

    expect(tf.only("aws_kms_key")).toEqual({
      description: "Encrypts the Kubernetes secrets of reference.eks.example.com",
      enable_key_rotation: true,
      rotation_period_in_days: 90,
      deletion_window_in_days: 7,
      policy: expect.any(String),
      tags: { Name: "reference-eks-example-com" },
      depends_on: [...tf.addresses("aws_iam_role"), ...tf.addresses("aws_iam_role_policy_attachment")],
    });
    expect(tf.only("aws_kms_alias")).toEqual({
      name: "alias/eks/reference-eks-example-com",
      target_key_id: `\${${tf.addresses("aws_kms_key")[0]}.key_id}`,
    });
  });

  test("belongs to the account and the control plane without administrators", () => {
    expect(statements(synthKey())).toEqual([
      {
        Sid: "Account",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111111111111:root" },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "ControlPlane",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111111111111:role/reference-eks-example-com-control-plane" },
        Action: ["kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"],
        Resource: "*",
      },
    ]);
  });

  test("administrators manage the key and cannot decrypt with it", () => {
    const administrators = ["arn:aws:iam::111111111111:role/a", "arn:aws:iam::111111111111:role/b"];
    const statement = statements(synthKey(administrators)).find(({ Sid }) => Sid === "Administrators");
    const actions = statement?.["Action"] as readonly string[];

    expect(statement).toMatchObject({ Effect: "Allow", Principal: { AWS: administrators }, Resource: "*" });
    expect(actions).toEqual(expect.arrayContaining(["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"]));
    expect(actions.filter((action) => /Encrypt|Decrypt|GenerateData|CreateGrant|\*/.test(action))).toEqual([]);
  });

  test("does not depend on who runs the plan: its policy is known before the apply", () => {
    expect(String(synthKey().only("aws_kms_key")["policy"])).not.toContain("${");
  });

  test("cannot be destroyed while the cluster is protected, because secrets are encrypted with it", () => {
    const role = { arn: "arn:aws:iam::111111111111:role/x", literalArn: "arn:aws:iam::111111111111:role/x", ready: [] };
    const tf = synth((scope) => {
      new SecretsKey(scope, "key", { owner, settings: tfvars.cluster.kms, deletionProtection: true, usedBy: role });
    });

    expect(tf.only("aws_kms_key")["lifecycle"]).toEqual({ prevent_destroy: true });
  });
});
