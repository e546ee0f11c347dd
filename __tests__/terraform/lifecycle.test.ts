import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { STACKS, type StackName, stackId } from "../../fleet/names";
import { type OfflineProviders, startOfflineProviders } from "../../offline/offline-providers";
import { prepareOfflineStack } from "../../offline/offline-stack";
import { Store } from "../../offline/store/store";
import { Terraform } from "../../offline/terraform";
import { scratch, synthesizeFleet } from "../support/run-program";

/** The customer's own file, and the fullest of the samples; for each a worker group and what changing its size may touch. */
const CLUSTERS = [
  {
    name: "production.eks.example.com",
    file: "clusters/platform/production.eks.example.com.yaml",
    from: "max_size: 6",
    to: "max_size: 7",
    changed: /^aws_autoscaling_group\.[a-z_-]*spotworkers/,
    attribute: (after: Record<string, unknown>) => after["max_size"],
    size: 7,
  },
  {
    name: "tools.eks.example.com",
    file: "clusters/platform/tools.eks.example.com.yaml",
    from: "max_size: 9",
    to: "max_size: 11",
    changed: /^aws_eks_node_group\.[a-z_-]*general/,
    attribute: (after: Record<string, unknown>) => (after["scaling_config"] as [{ max_size: number }])[0].max_size,
    size: 11,
  },
] as const;

describe.each(CLUSTERS)("$name", ({ name, file, from, to, changed, attribute, size }) => {
  const work = scratch();
  const slug = name.replaceAll(".", "-");
  const definitions = join(work.path, "definitions");
  const output = join(work.path, "out");
  let providers: OfflineProviders;
  let stacks: Readonly<Record<StackName, Terraform>>;

  const terraforms = (): typeof stacks =>
    Object.fromEntries(
      STACKS.map((stack) => {
        const { directory } = prepareOfflineStack({
          stackDirectory: join(output, "stacks", stackId(slug, stack)),
          workDirectory: join(work.path, "work"),
          stateDirectory: join(work.path, "state"),
        });
        return [stack, new Terraform({ directory, env: providers.env })];
      }),
    ) as typeof stacks;

  const plans = async (): Promise<Record<string, unknown>> => {
    const all: Record<string, unknown> = {};
    for (const stack of STACKS) all[stack] = (await stacks[stack].plan()).changes;
    return all;
  };

  beforeAll(async () => {
    cpSync("definitions", definitions, { recursive: true });
    await synthesizeFleet(output, definitions, name);
    providers = await startOfflineProviders({
      stacks: [join(output, "stacks")],
      storeDirectory: join(work.path, "store"),
    });
    stacks = terraforms();
  });

  afterAll(async () => {
    await providers.close();
    work.remove();
  });

  test("applies in order, and a second plan finds nothing to do", async () => {
    for (const stack of STACKS) {
      await stacks[stack].init();
      await stacks[stack].apply();
    }

    expect(await plans()).toEqual({ networking: {}, "eks-cluster": {}, "eks-workers": {}, addons: {} });
  });

  test("changes one thing, in place, when a group's max_size changes", async () => {
    const path = join(definitions, file);
    const before = readFileSync(path, "utf8");
    writeFileSync(path, before.replace(from, to));
    expect(readFileSync(path, "utf8")).not.toBe(before);
    await synthesizeFleet(output, definitions, name);
    stacks = terraforms();

    const { changes, json } = await stacks["eks-workers"].plan();
    const [address = ""] = Object.keys(changes);
    expect(changes).toEqual({ [address]: ["update"] });
    expect(address).toMatch(changed);
    const change = json.resource_changes?.find((each) => each.address === address)?.change;
    expect(attribute(change?.after ?? {})).toBe(size);

    await stacks["eks-workers"].apply();
    expect(await plans()).toEqual({ networking: {}, "eks-cluster": {}, "eks-workers": {}, addons: {} });
  });

  test("is protected while deletion_protection says so", async () => {
    await expect(stacks["networking"].destroy()).rejects.toThrow("lifecycle.prevent_destroy");
  });

  test("is destroyed to nothing once that is lifted", async () => {
    const path = join(definitions, file);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace("  cluster:\n", "  cluster:\n    deletion_protection: false\n"));
    await synthesizeFleet(output, definitions, name);
    stacks = terraforms();
    await stacks["eks-cluster"].apply(); // EKS itself has to be told

    for (const stack of [...STACKS].reverse()) await stacks[stack].destroy();

    expect(new Store(join(work.path, "store")).objects()).toEqual([]);
  });
});

test("the samples that are applied are among the samples", () => {
  const files = readdirSync("definitions/clusters", { recursive: true }).map(String);
  expect(files).toEqual(expect.arrayContaining(CLUSTERS.map(({ file }) => file.replace("clusters/", ""))));
});
