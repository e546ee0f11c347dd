import { ManagedNodeGroup } from "../../../constructs/workers/managed-node-group";
import { Workers } from "../../../constructs/workers/workers";
import type { Worker } from "../../../fleet/model/cluster";
import { clusterOf, type Part, workerOf } from "../../support/cluster";
import { groupProps, workersProps } from "../../support/props";
import { synth } from "../../support/synth";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExample";

/** Names of everything that Terraform creates before it deletes an old group: what the group refers to is created first too. */
function namesOf(settings: Part<Worker>): Record<string, unknown> {
  const worker = workerOf({ name: "edge", public_key: KEY, placement_group: { strategy: "spread" }, ...settings });
  const tf = synth((scope) => new ManagedNodeGroup(scope, "edge", groupProps("managed", worker)));
  return {
    group: tf.only("aws_eks_node_group")["node_group_name"],
    role: tf.only("aws_iam_role")["name"],
    template: tf.only("aws_launch_template")["name"],
    key: tf.only("aws_key_pair")["key_name"],
    placement: tf.only("aws_placement_group")["name"],
  };
}

function profileNames(generation?: number): unknown[] {
  const selectors = [{ namespace: "web" }];
  const profile = { name: "web", selectors, ...(generation === undefined ? {} : { generation }) };
  const tf = synth(
    (scope) => new Workers(scope, "workers", workersProps(clusterOf({ fargate_profiles: [profile], workers: [] }))),
  );
  return [tf.only("aws_eks_fargate_profile")["fargate_profile_name"], tf.only("aws_iam_role")["name"]];
}

test("the first generation of a group leaves all names unchanged", () => {
  expect(namesOf({ generation: 1 })).toEqual({
    group: expect.stringMatching(/^edge-[0-9a-f]{8}$/),
    role: "reference-eks-example-com-node-edge",
    template: "reference-eks-example-com-edge",
    key: expect.stringMatching(/^reference-eks-example-com-edge-[0-9a-f]{8}$/),
    placement: "reference-eks-example-com-edge-spread-0",
  });
});

test("another generation of a group shares no name with the one before", () => {
  const [first, second, third] = [1, 2, 3].map((generation) => Object.values(namesOf({ generation })));

  expect(new Set([...(first ?? []), ...(second ?? []), ...(third ?? [])]).size).toBe(15);
});

test("a group cannot have the name of another group's generation", () => {
  expect(namesOf({ generation: 2 })["role"]).toBe("reference-eks-example-com-node-edge.2");
  expect(namesOf({ name: "edge-2" })["role"]).toBe("reference-eks-example-com-node-edge-2");
});

test("another generation of a Fargate profile shares no name with the one before", () => {
  expect(profileNames(1)).toEqual(profileNames());
  expect(profileNames()).toEqual([expect.stringMatching(/^web-/), "reference-eks-example-com-fargate-web"]);
  expect(new Set([...profileNames(), ...profileNames(2), ...profileNames(3)]).size).toBe(6);
});

test("another public key has a key pair of another name, but another comment does not", () => {
  const other = KEY.replace("Example", "exAmple");

  expect(namesOf({ public_key: other })["key"]).not.toBe(namesOf({})["key"]);
  expect(namesOf({ public_key: `${KEY} me@host` })["key"]).toBe(namesOf({})["key"]);
});
