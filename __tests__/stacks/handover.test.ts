import type { Cluster } from "../../fleet/model/cluster";
import type { StackName } from "../../fleet/model/stacks";
import { ownerOf } from "../../fleet/plan/owner";
import { ClusterStack } from "../../stacks/cluster-stack";
import { Handover } from "../../stacks/handover";
import { account, clusterOf } from "../support/cluster";
import { type Scope, synthStacks } from "../support/synth";

class AnyStack extends ClusterStack {
  constructor(scope: Scope, kind: StackName, cluster: Cluster) {
    super(scope, kind, cluster, ownerOf(cluster));
  }
}

const ref = {
  vpc_id: "${aws_vpc.a.id}",
  region: "eu-west-1",
  subnet_ids: { private: { "eu-west-1a": "${aws_subnet.a.id}", fixed: "subnet-1" } },
  table_ids: ["${aws_route_table.a.id}", "${aws_route_table.b.id}"],
};

function handOver(cluster = clusterOf()) {
  let received: typeof ref | undefined;
  let inOrder: boolean | undefined;
  const stacks = synthStacks((scope) => {
    const producer = new AnyStack(scope, "eks-cluster", cluster);
    const consumer = new AnyStack(scope, "addons", cluster);
    received = new Handover(producer, ref).readBy(consumer);
    inOrder = consumer.dependsOn(producer);
    return { producer, consumer };
  });
  return { ...stacks, received, inOrder };
}

describe("Handover", () => {
  test("outputs every field under its name", () => {
    expect(handOver().producer.outputs()).toEqual(ref);
  });

  test("reads fields in the same shape: values known after an apply by reference, others directly", () => {
    const outputs = "data.terraform_remote_state.eks_cluster.outputs";

    expect(handOver().received).toEqual({
      vpc_id: `\${${outputs}.vpc_id}`,
      region: "eu-west-1",
      subnet_ids: { private: { "eu-west-1a": `\${${outputs}.subnet_ids.private["eu-west-1a"]}`, fixed: "subnet-1" } },
      table_ids: [`\${${outputs}.table_ids[0]}`, `\${${outputs}.table_ids[1]}`],
    });
  });

  test("reads the state that the producer writes, with the same role", () => {
    const { producer, consumer } = handOver();
    const { encrypt, use_lockfile, ...place } = producer.at("terraform", "backend", "s3") as Record<string, unknown>;

    expect([encrypt, use_lockfile]).toEqual([true, true]);
    expect(consumer.at("data")).toEqual({
      terraform_remote_state: { eks_cluster: expect.objectContaining({ backend: "s3", config: place }) },
    });
    expect(place).toHaveProperty("assume_role");
  });

  test("reads with the caller's own credentials if the account has no role for its state", () => {
    const { consumer } = handOver(
      clusterOf({}, { account: { ...account, state: { bucket: "b-1", region: "eu-west-1", role_arn: null } } }),
    );

    expect(consumer.at("data", "terraform_remote_state", "eks_cluster", "config")).toEqual({
      bucket: "b-1",
      region: "eu-west-1",
      key: "reference.eks.example.com/eks-cluster.tfstate",
    });
  });

  test("applies the consumer after the producer", () => {
    expect(handOver().inOrder).toBe(true);
  });

  test("refuses a field that an output cannot contain", () => {
    type Refused = { readonly role: { readonly attach: () => void } };
    // @ts-expect-error: a function is not text, nor a list or map of it
    type _Handover = Handover<Refused>;
  });
});
