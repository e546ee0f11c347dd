import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { prepareOfflineStack } from "../../offline/offline-stack";
import { Store } from "../../offline/store/store";
import { Terraform } from "../../offline/terraform";
import { type Document, network, scratchDirectory, writeStack } from "./support/program";

const run = promisify(execFile);
const root = join(__dirname, "../..");
const scratch = scratchDirectory();
const storeDirectory = join(scratch.path, "store");
const stackDirectory = writeStack(join(scratch.path, "stacks/network"), network());

async function offline(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    const ended = await run(process.execPath, [join(root, "launch.mjs"), "offline/main.ts", ...args], { cwd: root });
    return { code: 0, ...ended };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

/** Runs a shell script with attached providers. */
const exec = (script: string, store = storeDirectory) =>
  offline("exec", "--dir", stackDirectory, "--store", store, "--", "sh", "-c", script);

function exported(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name = "", value = ""]) => [name, value]),
  );
}

afterAll(() => scratch.remove());

describe("a mirror", () => {
  let env: Record<string, string>;
  const copy = (document: Document) =>
    prepareOfflineStack({
      stackDirectory: writeStack(stackDirectory, document),
      workDirectory: join(scratch.path, "work"),
      stateDirectory: join(scratch.path, "state"),
    }).directory;

  beforeAll(async () => {
    const written = await offline(
      "mirror",
      join(scratch.path, "m"),
      "--dir",
      stackDirectory,
      "--store",
      storeDirectory,
    );
    env = exported(written.stdout);
  });

  test("serves init, lock, apply and destroy, and leaves no socket", async () => {
    const sockets = join(scratch.path, "tmp"); // of its own: other tests have theirs in the machine's
    mkdirSync(sockets);
    const document = network();
    document["terraform"].required_providers.aws.version = "~> 6.20";
    const directory = copy(document);
    const terraform = new Terraform({ directory, env: { ...env, TMPDIR: sockets } });
    await terraform.init();

    expect(readFileSync(join(directory, ".terraform.lock.hcl"), "utf8")).toMatch(
      /hashicorp\/aws" \{\s+version\s+= "6\.25\.0"\s+constraints = "~> 6\.20"\s+hashes = \[\s+"h1:/,
    );
    await terraform.apply();
    expect(new Store(storeDirectory).objects()).toHaveLength(6);
    await terraform.destroy();
    expect(new Store(storeDirectory).objects()).toEqual([]);
    expect(readdirSync(sockets)).toEqual([]);
  });

  test("leaves the original stack unchanged", () => {
    const directory = copy(network());

    expect(readdirSync(stackDirectory)).toEqual(["cdk.tf.json"]);
    expect(existsSync(join(directory, "offline_override.tf.json"))).toBe(true);
  });

  test("serves the registries of Terraform and of OpenTofu", () => {
    const registries = readdirSync(join(scratch.path, "m/mirror")).sort();
    const [terraform, tofu] = registries.map((registry) =>
      readdirSync(join(scratch.path, "m/mirror", registry), { recursive: true }).sort(),
    );

    expect(registries).toEqual(["registry.opentofu.org", "registry.terraform.io"]);
    expect(tofu).toEqual(terraform);
  });

  test("lacks the release of a different constraint", async () => {
    const document = network();
    document["terraform"].required_providers.aws.version = "~> 5.0";

    await expect(new Terraform({ directory: copy(document), env }).init()).rejects.toThrow(
      /no available releases match the given constraints\s+~> 5\.0|locked provider/,
    );
  });
});

describe("the command line", () => {
  test("runs a command with attached providers, and returns its exit code", async () => {
    const script = 'test -S "$(echo "$TF_REATTACH_PROVIDERS" | grep -o "/[^\\"]*aws.sock")" && exit 7';

    expect(await exec(script)).toMatchObject({ code: 7 });
  });

  test("attaches providers by addresses without a registry, which Terraform and OpenTofu complete", async () => {
    const { stdout } = await exec('echo "$TF_REATTACH_PROVIDERS"');

    expect(Object.keys(JSON.parse(stdout))).toEqual(["hashicorp/aws", "hashicorp/kubernetes", "hashicorp/helm"]);
  });

  test("several processes share one store without taking each other's places", async () => {
    const shared = join(scratch.path, "shared");
    const names = ["a", "b", "c"];
    const ended = await Promise.all(
      names.map((name) => {
        const { directory } = prepareOfflineStack({
          stackDirectory: writeStack(join(scratch.path, "stacks", name), network()),
          workDirectory: join(scratch.path, "work"),
          stateDirectory: join(scratch.path, "state", name),
        });
        const script = `cd '${directory}' && terraform init -no-color >/dev/null && terraform apply -auto-approve -no-color`;
        return exec(script, shared);
      }),
    );

    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(new Store(shared).objects()).toHaveLength(18);
    expect(new Set(new Store(shared).objects("aws_eip").map(({ state }) => state["id"])).size).toBe(6);
  });

  test("passes a signal to the command, and ends with its exit code", async () => {
    expect(await exec("kill -TERM $PPID; exec sleep 20")).toMatchObject({ code: 143 });
  });

  test.each([
    [["exec", "--", "no-such-command"], 127, "no-such-command: command not found"],
    [["exec", "--nonsense", "--", "true"], 1, "unknown option '--nonsense'"],
    [["exec", "--dir", "no/such/folder", "--", "true"], 1, "--dir: no/such/folder does not exist"],
    [["exec", "--types", "aws_vpcc", "--", "true"], 1, "--types: the type aws_vpcc does not exist in any provider"],
    [["mirror", "--types", "gcp_vpc", "--", "x"], 1, "--types: the type gcp_vpc does not exist in any provider"],
    [["plugin", "--schema", "x", "--store", "y"], 1, "This program is a plugin that Terraform starts"],
  ])("%j exits with %d and one line", async (args, code, message) => {
    const ended = await offline(...args);

    expect(ended).toMatchObject({ code, stderr: expect.stringContaining(message) });
    expect(ended.stderr.trim().split("\n")).toHaveLength(1);
  });
});
