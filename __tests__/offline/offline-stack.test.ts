import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OVERRIDE_FILE, overrideStackInPlace, prepareOfflineStack } from "../../offline/offline-stack";
import { typesInUse } from "../../offline/schema/types-in-use";
import { cluster, type Document, network, scratchDirectory, writeStack } from "./support/program";

const scratch = scratchDirectory();
const workDirectory = join(scratch.path, "work");
const stateDirectory = join(scratch.path, "state");

afterAll(() => scratch.remove());

const stack = (name: string, document: Document) => writeStack(join(scratch.path, "stacks", name), document);
const overrideIn = (directory: string) => JSON.parse(readFileSync(join(directory, OVERRIDE_FILE), "utf8"));

describe("a stack that is prepared", () => {
  test("keeps its state, and finds the state of other stacks, under the keys of the backend", () => {
    const { directory, stateFile } = prepareOfflineStack({
      stackDirectory: stack("cluster", cluster()),
      workDirectory,
      stateDirectory,
    });

    expect(stateFile).toBe(join(stateDirectory, "cluster/terraform.tfstate"));
    expect(overrideIn(directory)).toEqual({
      terraform: { backend: { local: { path: stateFile } } },
      data: {
        terraform_remote_state: {
          network: { backend: "local", config: { path: join(stateDirectory, "network/terraform.tfstate") } },
        },
      },
    });
  });

  test("waits for nothing, and runs its other commands", () => {
    const exec = (command: string) => ({ provisioner: [{ "local-exec": { command } }] });
    const terraform_data = { effective: exec("sleep 15"), other: exec("echo done"), plain: { input: "a" } };
    const stackDirectory = stack("waits", { resource: { terraform_data } });

    const { directory } = prepareOfflineStack({ stackDirectory, workDirectory, stateDirectory });

    expect(overrideIn(directory).resource).toEqual({ terraform_data: { effective: exec(":") } });
  });

  test("has its assets, without the lock file and the plugins of the real providers", () => {
    const stackDirectory = stack("assets", network());
    mkdirSync(join(stackDirectory, "assets/policy"), { recursive: true });
    writeFileSync(join(stackDirectory, "assets/policy/policy.json"), "{}");
    mkdirSync(join(stackDirectory, ".terraform"));
    writeFileSync(join(stackDirectory, ".terraform.lock.hcl"), "");

    const { directory } = prepareOfflineStack({ stackDirectory, workDirectory, stateDirectory });

    expect(readdirSync(directory).sort()).toEqual(["assets", "cdk.tf.json", OVERRIDE_FILE]);
    expect(existsSync(join(directory, "assets/policy/policy.json"))).toBe(true);
    expect(existsSync(join(stackDirectory, OVERRIDE_FILE))).toBe(false);
  });

  test("loses files that the original lost since the last copy, and keeps its own plugins", () => {
    const stackDirectory = stack("again", network());
    const { directory } = prepareOfflineStack({ stackDirectory, workDirectory, stateDirectory });
    mkdirSync(join(directory, ".terraform"));
    writeFileSync(join(directory, "stale.tf.json"), "{}");
    prepareOfflineStack({ stackDirectory, workDirectory, stateDirectory });

    expect(readdirSync(directory).sort()).toEqual([".terraform", "cdk.tf.json", OVERRIDE_FILE]);
  });

  test.each([
    ["a relative path", { path: "terraform.tfstate" }, "local/terraform.tfstate"],
    ["a path elsewhere", { path: "/somewhere/terraform.local.tfstate" }, "terraform.local.tfstate"],
    ["no path", {}, "local.tfstate"],
  ])("with a local backend of %s", (_, local, expected) => {
    const document = network();
    document["terraform"].backend = { local };

    const { stateFile } = prepareOfflineStack({
      stackDirectory: stack("local", document),
      workDirectory,
      stateDirectory,
    });

    expect(stateFile).toBe(join(stateDirectory, expected));
  });

  test("writes only the override into a stack that it prepares in place", () => {
    const stackDirectory = stack("in-place", network());
    overrideStackInPlace({ stackDirectory, stateDirectory });

    expect(readdirSync(stackDirectory).sort()).toEqual(["cdk.tf.json", OVERRIDE_FILE]);
  });

  test("is refused if the folder has no *.tf.json", () => {
    const empty = join(scratch.path, "empty");
    mkdirSync(empty);

    expect(() => prepareOfflineStack({ stackDirectory: empty, workDirectory, stateDirectory })).toThrow(
      "is not a synthesized stack",
    );
  });
});

test("finds types in use in JSON and HCL, in folders and files", () => {
  const directory = join(scratch.path, "mixed");
  const json = writeStack(join(directory, "a"), cluster());
  mkdirSync(join(directory, "b"));
  writeFileSync(
    join(directory, "b/main.tf"),
    'resource "aws_vpc" "x" {}\n  data "aws_region" "here" {}\nresource "random_id" "r" {}\n',
  );
  writeFileSync(join(directory, "broken.tf.json"), "{");
  const { aws, kubernetes, helm } = typesInUse([directory]);

  expect([...aws].sort()).toEqual([
    "aws_eks_cluster",
    "aws_eks_node_group",
    "aws_iam_role",
    "aws_launch_template",
    "aws_vpc",
    "data.aws_iam_policy_document",
    "data.aws_region",
  ]);
  expect([[...kubernetes], [...helm]]).toEqual([["kubernetes_namespace_v1"], ["helm_release"]]);
  expect(typesInUse([join(json, "cdk.tf.json")]).helm.size).toBe(1);
});

test("finds types in use in local modules anywhere, and in modules that init fetched", () => {
  const directory = join(scratch.path, "with-modules");
  const write = (file: string, text: string): void => {
    mkdirSync(join(directory, file, ".."), { recursive: true });
    writeFileSync(join(directory, file), text);
  };
  write("root/main.tf", 'module "a" {\n  source = "../modules/a"\n}\n');
  write("root/more.tf.json", JSON.stringify({ module: { b: { source: "../modules/b" } } }));
  write("modules/a/main.tf", 'resource "aws_sqs_queue" "q" {}\nmodule "b" { source = "../b" }\n');
  write("modules/b/main.tf", 'resource "aws_sns_topic" "t" {}\nmodule "a" { source = "../a" }\n');
  write("modules/unused/main.tf", 'resource "aws_vpc" "v" {}\n');
  write("root/.terraform/modules/fetched/main.tf", 'resource "aws_eip" "e" {}\n');
  write("root/.terraform/providers/main.tf", 'resource "aws_subnet" "s" {}\n');

  expect([...typesInUse([join(directory, "root")]).aws].sort()).toEqual(["aws_eip", "aws_sns_topic", "aws_sqs_queue"]);
});
