import { explainReport } from "../../operations/explain/report";
import { runFleet } from "../support/run-fleet";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const STAGING = "staging.dev.example.com";
const FILE = `${SAMPLE_FLEET}/clusters/platform/${STAGING}.yaml`;

test("explain shows a key's value, the layers that set it, its schema and what it shapes", async () => {
  const { code, stderr, stdout } = await runFleet(["explain", STAGING, "workers[general].max_size"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout.replace(/defaults\.yaml:\d+:/, "defaults.yaml:LINE:")).toBe(`tfvars.workers[general].max_size: 4
  Maximum number of nodes. Must not be below min_size. EKS's default quota is
  450 nodes in a managed group; self-managed groups have none.
  Type: whole number 1 to 100000. Default: 3.

Set by
  cluster: 4
    ${FILE}:24:17 tfvars.workers[general].max_size
  over defaults: 3
    definitions/defaults.yaml:LINE:15 tfvars.worker_defaults.max_size

Shapes
  Found by building the cluster with 5, 3.
  eks-workers aws_eks_node_group.workers_general_CE6D1FA2
    scaling_config.desired_size, scaling_config.max_size (carried as is)
`);
});

test("explain answers in JSON of its schema", async () => {
  const { stdout } = await runFleet(["explain", STAGING, "--json"]);

  expect(explainReport.parse(JSON.parse(stdout)).answer?.kind).toBe("summary");
});

test.each([
  [
    [STAGING, "networking.vpc_cdir"],
    'tfvars.networking has no key "vpc_cdir". Did you mean "vpc_cidr"? Keys: vpc_cidr, ',
  ],
  [["*.dev.example.com"], '"*.dev.example.com" selects 6 clusters, but must name one: '],
  [["stagin.dev.example.com"], 'error: no cluster is named "stagin.dev.example.com". Did you mean '],
  [[STAGING, "meta.TIER", "--resource", "aws_vpc.x"], "a key and --resource are two questions. Ask one of them\n"],
])("wrong input ends with 1 and a message: %p", async (args, message) => {
  const { code, stderr, stdout } = await runFleet(["explain", ...args]);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr.startsWith(message)).toBe(true);
});
