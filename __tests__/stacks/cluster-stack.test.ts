import type { Cluster } from "../../fleet/model/cluster";
import { ownerOf } from "../../fleet/plan/owner";
import { ClusterStack } from "../../stacks/cluster-stack";
import { account, clusterOf } from "../support/cluster";
import { type Scope, synthStacks } from "../support/synth";

class AnyStack extends ClusterStack {
  constructor(scope: Scope, cluster: Cluster) {
    super(scope, "eks-workers", cluster, ownerOf(cluster));
  }
}

function synthStack(cluster = clusterOf()) {
  return synthStacks((scope) => ({ any: new AnyStack(scope, cluster) })).any;
}

describe("ClusterStack", () => {
  test("keeps its state in the account's bucket, encrypted and locked by a file", () => {
    expect(synthStack().at("terraform", "backend")).toEqual({
      s3: {
        bucket: "example-terraform-state",
        region: "eu-central-1",
        key: "reference.eks.example.com/eks-workers.tfstate",
        assume_role: { role_arn: "arn:aws:iam::111111111111:role/terraform-state" },
        encrypt: true,
        use_lockfile: true,
      },
    });
  });

  test("uses the caller's own credentials for its state if the account has no role for it", () => {
    const state = { bucket: "b-1", region: "eu-west-1", role_arn: null };
    const tf = synthStack(clusterOf({}, { account: { ...account, state } }));

    expect(tf.at("terraform", "backend", "s3")).not.toHaveProperty("assume_role");
  });

  test("requires a Terraform with lock files, and the exact provider of its bindings", () => {
    const tf = synthStack();

    expect(tf.at("terraform", "required_version")).toBe(">= 1.10.0");
    expect(tf.at("terraform", "required_providers")).toEqual({ aws: { source: "aws", version: "6.25.0" } });
  });

  test("assumes the role that deploys, unless a plan sets another", () => {
    const tf = synthStack();

    expect(tf.at("variable")).toEqual({
      role_arn: {
        type: "string",
        default: account.roles.deploy,
        description: expect.stringContaining(`TF_VAR_role_arn to the read-only ${account.roles.plan}`),
      },
    });
    expect(tf.at("provider", "aws")).toEqual([
      {
        region: "eu-west-1",
        allowed_account_ids: ["111111111111"],
        assume_role: [{ role_arn: "${var.role_arn}" }],
        default_tags: [
          {
            tags: {
              Cluster: "reference.eks.example.com",
              Tier: "production",
              Owner: "team-reference",
              ManagedBy: "terraform",
              Stack: "eks-workers",
            },
          },
        ],
      },
    ]);
  });

  test("adds the definition's tags, which cannot replace the tags of the program", () => {
    const tf = synthStack(clusterOf({ common: { tags: { CostCenter: "42", Cluster: "another", Stack: "another" } } }));
    const [provider] = tf.at("provider", "aws") as readonly { default_tags: readonly { tags: unknown }[] }[];

    expect(provider?.default_tags[0]?.tags).toMatchObject({
      CostCenter: "42",
      Cluster: "reference.eks.example.com",
      Stack: "eks-workers",
    });
  });
});
