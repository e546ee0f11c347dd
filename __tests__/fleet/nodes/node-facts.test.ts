import { nodeFacts } from "../../../fleet/nodes/node-facts";
import { workerOf } from "../../support/cluster";

const PROFILE = {
  name: "system",
  selectors: [{ namespace: "kube-*", labels: { "k8s-app": "kube-dns" } }, { namespace: "team-?" }],
};

test("what the groups are, each once", () => {
  const facts = nodeFacts({
    fargate_profiles: [],
    workers: [
      workerOf({ name: "general" }),
      workerOf({ name: "arm", ami_type: "BOTTLEROCKET_ARM_64", spot_price: 0.1 }),
      workerOf({ name: "gpu", ami_type: "AL2023_x86_64_NVIDIA" }),
      workerOf({ name: "own", ami_type: "CUSTOM", ami_family: "AL2023", instance_types: ["inf2.xlarge", "m7g.large"] }),
    ],
  });

  expect(facts).toMatchObject({
    operating_systems: ["AL2023", "BOTTLEROCKET"],
    architectures: ["x86_64", "arm64"],
    accelerators: ["nvidia", "neuron"],
    kinds: ["managed", "self_managed"],
    spot: true,
    fargate: false,
    fargate_only: false,
  });
});

test.each([
  ["profiles alone", [PROFILE], [], { fargate: true, fargate_only: true, operating_systems: [] }],
  ["profiles beside nodes", [PROFILE], [workerOf({ name: "a" })], { fargate: true, fargate_only: false }],
  ["nothing", [], [], { fargate: false, fargate_only: false }],
])("%s", (_what, fargate_profiles, workers, expected) => {
  expect(nodeFacts({ fargate_profiles, workers })).toMatchObject(expected);
});

test.each([
  ["kube-system", { "k8s-app": "kube-dns", pod: "a" }, true],
  ["kube-system", { "k8s-app": "other" }, false],
  ["team-a", {}, true],
  ["team-ab", {}, false],
  ["default", { "k8s-app": "kube-dns" }, false],
] as const)("pods in %s with %j on Fargate: %s", (namespace, labels, expected) => {
  expect(nodeFacts({ fargate_profiles: [PROFILE], workers: [] }).onFargate({ namespace, labels })).toBe(expected);
});
