import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StackName } from "../../fleet/model/stacks";
import { type OfflineProviders, startOfflineProviders } from "../../offline/offline-providers";
import { prepareOfflineStack } from "../../offline/offline-stack";
import { Terraform } from "../../offline/terraform";
import { scratch } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";
import { synthesize } from "../support/synthesize";

type Block = Record<string, unknown>;

const work = scratch();
let providers: OfflineProviders;

beforeAll(async () => {
  synthesize(join(work.path, "out"), SAMPLE_FLEET, "tools.eks.example.com");
  providers = await startOfflineProviders({
    stacks: [join(work.path, "out/stacks")],
    storeDirectory: join(work.path, "store"),
  });
});

afterAll(async () => {
  await providers.close();
  work.remove();
});

/** A copy of a synthesized stack, changed, and what Terraform says of it. */
async function validated(stack: StackName, change: (json: Block) => void): Promise<string> {
  const { directory } = prepareOfflineStack({
    stackDirectory: join(work.path, "out/stacks", `tools-eks-example-com-${stack}`),
    workDirectory: join(work.path, "work"),
    stateDirectory: join(work.path, "state"),
  });
  const file = join(directory, "cdk.tf.json");
  const json = JSON.parse(readFileSync(file, "utf8")) as Block;
  change(json);
  writeFileSync(file, JSON.stringify(json));
  const terraform = new Terraform({ directory, env: providers.env });
  await terraform.init({ backend: false });
  const { stdout, stderr } = await terraform.run(["validate", "-no-color"], [0, 1]);
  return (stdout + stderr).replace(/\s*\n[│╷╵ ]*/g, " ");
}

const at = (json: Block, ...path: readonly string[]): Block => path.reduce((from, key) => from[key] as Block, json);
/** The first resource of a type: which one does not matter. */
const first = (json: Block, type: string): Block => Object.values(at(json, "resource", type))[0] as Block;

test("Terraform accepts the stacks without a defect", async () => {
  expect(await validated("networking", () => {})).toContain("Success! The configuration is valid.");
});

test.each<[string, StackName, (json: Block) => void, string]>([
  [
    "an unknown attribute",
    "networking",
    (json) => Object.assign(first(json, "aws_vpc"), { cidr_blok: "10.0.0.0/16" }),
    'named "cidr_blok"',
  ],
  [
    "an unknown attribute in a nested block",
    "eks-cluster",
    (json) => Object.assign(first(json, "aws_eks_cluster")["vpc_config"] as Block, { subnets: [] }),
    'named "subnets"',
  ],
  [
    "a missing required attribute",
    "networking",
    (json) => delete first(json, "aws_subnet")["vpc_id"],
    '"vpc_id" is required',
  ],
  [
    "a wrong type",
    "networking",
    (json) => Object.assign(first(json, "aws_vpc"), { enable_dns_support: "perhaps" }),
    "Incorrect attribute value type",
  ],
  [
    "an undeclared resource",
    "networking",
    (json) => Object.assign(first(json, "aws_subnet"), { vpc_id: "${aws_vpc.gone.id}" }),
    "Reference to undeclared resource",
  ],
  [
    "an attribute that is not exported",
    "networking",
    (json) => {
      const [name = ""] = Object.keys(at(json, "resource", "aws_vpc"));
      Object.assign(first(json, "aws_subnet"), { vpc_id: `\${aws_vpc.${name}.idd}` });
    },
    "Unsupported attribute",
  ],
  [
    "a dependency cycle",
    "networking",
    (json) => {
      const [subnet = ""] = Object.keys(at(json, "resource", "aws_subnet"));
      Object.assign(first(json, "aws_vpc"), { depends_on: [`aws_subnet.${subnet}`] });
    },
    "Cycle:",
  ],
  [
    "a required block that is absent",
    "eks-cluster",
    (json) => delete first(json, "aws_eks_cluster")["vpc_config"],
    "Insufficient vpc_config blocks",
  ],
  [
    "a block that is given twice",
    "eks-cluster",
    (json) => {
      const cluster = first(json, "aws_eks_cluster");
      cluster["vpc_config"] = [cluster["vpc_config"], cluster["vpc_config"]].flat();
    },
    "Too many vpc_config blocks",
  ],
  [
    "a Helm setting without its name",
    "addons",
    (json) => Object.assign(first(json, "helm_release"), { set: [{ value: "1" }] }),
    'attribute "name" is required',
  ],
  [
    "an unknown resource type",
    "networking",
    (json) => Object.assign(at(json, "resource"), { aws_vpcs: { x: {} } }),
    "Invalid resource type",
  ],
])("Terraform refuses %s", async (_defect, stack, change, message) => {
  expect(await validated(stack, change)).toContain(message);
});
