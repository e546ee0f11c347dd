import { type Cloud, startCloud } from "./support/cloud";
import { cluster, type Document, network } from "./support/program";

let cloud: Cloud;

beforeAll(async () => {
  cloud = await startCloud([network(), cluster()]);
  await cloud.stack("network", network()).init({ backend: false });
  await cloud.stack("cluster", cluster()).init({ backend: false });
});

afterAll(() => cloud.remove());

const programs = { network, cluster };

async function refusal(name: keyof typeof programs, breakIt: (document: Document) => void): Promise<string> {
  const document = programs[name]();
  breakIt(document);
  const error = await cloud
    .stack(name, document)
    .validate()
    .then(
      () => new Error("it was accepted"),
      (reason: Error) => reason,
    );
  return error.message.replace(/\s*\n[│╷╵ ]*/g, " ");
}

test.each(["network", "cluster"] as const)("the %s stack without a defect is valid", async (name) => {
  await expect(cloud.stack(name, programs[name]()).validate()).resolves.toMatchObject({ exitCode: 0 });
});

// A schema that accepted anything would make every other test here worthless.
test.each<[string, keyof typeof programs, (document: Document) => void, string]>([
  [
    "an unknown argument",
    "network",
    ({ resource }) => {
      resource.aws_vpc.main.cidr_blok = "10.0.0.0/16";
    },
    'No argument or block type is named "cidr_blok"',
  ],
  [
    "an unknown argument of a nested block",
    "cluster",
    ({ resource }) => {
      resource.aws_eks_cluster.main.vpc_config[0].subnets = [];
    },
    'No argument or block type is named "subnets"',
  ],
  [
    "an unknown argument of a provider",
    "network",
    ({ provider }) => {
      provider.aws[0].regoin = "eu-west-1";
    },
    'No argument or block type is named "regoin"',
  ],
  [
    "a missing argument",
    "network",
    ({ resource }) => {
      delete resource.aws_subnet.a.vpc_id;
    },
    'The argument "vpc_id" is required',
  ],
  [
    "a wrong type",
    "network",
    ({ resource }) => {
      resource.aws_subnet.a.map_public_ip_on_launch = "perhaps";
    },
    "a bool is required",
  ],
  [
    "an undeclared resource",
    "network",
    ({ resource }) => {
      resource.aws_subnet.a.vpc_id = "${aws_vpc.other.id}";
    },
    "Reference to undeclared resource",
  ],
  [
    "an unknown exported attribute",
    "network",
    ({ output }) => {
      output.vpc_id.value = "${aws_vpc.main.idd}";
    },
    'Did you mean "id"?',
  ],
  [
    "a cycle",
    "network",
    ({ resource }) => {
      resource.aws_vpc.main.tags.subnet = "${aws_subnet.a.id}";
    },
    "Cycle: aws_",
  ],
  [
    "a required block that is absent",
    "cluster",
    ({ resource }) => {
      delete resource.aws_eks_cluster.main.vpc_config;
    },
    "Insufficient vpc_config blocks",
  ],
  [
    "a block given once too often",
    "cluster",
    ({ resource }) => {
      resource.aws_eks_cluster.main.vpc_config.push({ subnet_ids: [] });
    },
    "Too many vpc_config blocks",
  ],
  [
    "a missing key of an attribute's object",
    "cluster",
    ({ resource }) => {
      delete resource.helm_release.app.set[0].name;
    },
    'attribute "name" is required',
  ],
  [
    "an unknown type of resource",
    "network",
    ({ resource }) => {
      resource.aws_vpcs = { main: {} };
    },
    'Did you mean "aws_vpc"?',
  ],
  [
    "a role's name that IAM would not take",
    "cluster",
    ({ resource }) => {
      resource.aws_iam_role.cluster.name = "r".repeat(65);
    },
    "expected length to be at most 64, got 65",
  ],
  [
    "a VPC larger than any may be",
    "network",
    ({ resource }) => {
      resource.aws_vpc.main.cidr_block = "10.0.0.0/8";
    },
    "must have a prefix of 16 to 28 bits",
  ],
  [
    "a name and a prefix for one",
    "cluster",
    ({ resource }) => {
      resource.aws_launch_template.workers.name = "workers";
    },
    '"name": conflicts with name_prefix',
  ],
  [
    "a policy that is not JSON",
    "cluster",
    ({ resource }) => {
      resource.aws_iam_role.cluster.assume_role_policy = "{";
    },
    "contains an invalid JSON document",
  ],
])("validate refuses %s", async (_, name, breakIt, message) => {
  expect(await refusal(name, breakIt)).toContain(message);
});
