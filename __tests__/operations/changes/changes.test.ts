import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { type ComparedBase, type Comparison, withChanges } from "../../../operations/changes/changes";
import { SMALLEST, TODAY } from "../../support/definitions";
import { GitRepository } from "../../support/git-repository";
import { scratch } from "../../support/run-program";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

const repository = new GitRepository();
const cache = scratch();
afterAll(() => {
  repository.remove();
  cache.remove();
});

interface Found {
  readonly base: ComparedBase;
  readonly refused: readonly string[] | undefined;
  readonly compared: number;
  /** Cluster -> its status and the stacks that differ. */
  readonly clusters: Readonly<Record<string, readonly string[]>>;
}

async function changes(part: Partial<Comparison> = {}): Promise<Found> {
  const comparison = {
    program: ".",
    directory: repository.path,
    shipped: "definitions",
    today: TODAY,
    cache: cache.path,
  };
  return withChanges({ ...comparison, ...part }, async ({ base, compared, pairs, refused }) => {
    const clusters: Record<string, readonly string[]> = {};
    for await (const { cluster, stacks, status } of pairs)
      if (status !== "same")
        clusters[cluster] = [status, ...stacks.flatMap(({ kind, before, after }) => (before === after ? [] : kind))];
    return { base, compared, refused: refused?.clusters, clusters };
  });
}

const RANGES = ["a", "b", "broken", "gone", "new"];

const cluster = (name: string, more = ""): string => {
  const place = RANGES.indexOf(name.replace(".example.com", ""));
  const networking = `  networking:\n    vpc_cidr: 10.${place}.0.0/16\n`;
  return SMALLEST.replace("a.example.com", name).replace("  workers:", `${networking}  workers:`) + more;
};

beforeAll(() => {
  for (const part of ["accounts", "tiers", "channels.yaml"])
    cpSync(join(SAMPLE_FLEET, part), join(repository.path, part), { recursive: true });
  repository.commit({
    "clusters/a.example.com.yaml": cluster("a.example.com"),
    "clusters/b.example.com.yaml": cluster("b.example.com"),
    "clusters/broken.example.com.yaml": cluster("broken.example.com", "      nonsense: 1\n"),
    "clusters/gone.example.com.yaml": cluster("gone.example.com"),
  });
  repository.git("switch", "--quiet", "--create=branch");
  repository.write({
    "clusters/b.example.com.yaml": cluster("b.example.com", "      max_size: 7\n"),
    "clusters/broken.example.com.yaml": cluster("broken.example.com"),
    "clusters/gone.example.com.yaml": null,
    "clusters/new.example.com.yaml": cluster("new.example.com"),
  });
});

test("finds the stacks that differ, and reports clusters that cannot be compared", async () => {
  const { base, clusters, compared } = await changes();

  expect(clusters).toEqual({
    "b.example.com": ["changed", "eks-workers"],
    "broken.example.com": ["unknown", "networking", "eks-cluster", "eks-workers", "addons"],
    "gone.example.com": ["removed", "networking", "eks-cluster", "eks-workers", "addons"],
    "new.example.com": ["added", "networking", "eks-cluster", "eks-workers", "addons"],
  });
  expect(compared).toBe(5);
  expect(base).toMatchObject({ ref: "main", program: "same", has_definitions: true });
  expect(base.refused?.clusters).toEqual(["broken.example.com"]);
  expect(base.refused?.messages[0]).toContain('unknown key "nonsense"');
});

test("selects clusters of both versions", async () => {
  expect((await changes({ select: "gone.*,a.example.com" })).clusters).toEqual({
    "gone.example.com": ["removed", "networking", "eks-cluster", "eks-workers", "addons"],
  });
  await expect(changes({ select: "x.example.com" })).rejects.toThrow('no cluster is named "x.example.com"');
  await expect(changes({ select: "a.example.com", directory: join(cache.path, "none"), ref: "HEAD" })).rejects.toThrow(
    `directory "${cache.path}/none" does not exist`,
  );
});

test("a cluster whose definition is refused now is neither changed nor removed, and the others are compared", async () => {
  repository.write({ "clusters/b.example.com.yaml": cluster("b.example.com", "      nonsense: 1\n") });

  const { clusters, compared, refused } = await changes({ select: "{a,b,gone}.example.com" });

  expect([refused, compared]).toEqual([["b.example.com"], 3]);
  expect(Object.keys(clusters)).toEqual(["gone.example.com"]);
});

test("finds no difference between equal versions", async () => {
  repository.git("checkout", "--quiet", "main", "--", ".");
  const written = await changes({ select: "a.example.com,b.example.com,gone.example.com" });

  expect(written.clusters).toEqual({});
});

/** A program that writes one stack for each cluster, with its own version in it. */
const PROGRAM = (version: string): string => `
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
const { CDKTF_OUTDIR: out, CLUSTER_NAME: names, DEFINITIONS_DIR: definitions } = process.env;
if (${JSON.stringify(version)} === "broken") { console.error("it is\\u001b[31m broken"); process.exit(1); }
for (const file of readdirSync(definitions + "/clusters")) {
  const name = file.replace(".yaml", "");
  if (names !== undefined && !names.split(",").includes(name)) continue;
  const folder = out + "/stacks/" + name.replaceAll(".", "-") + "-networking";
  mkdirSync(folder, { recursive: true });
  writeFileSync(folder + "/cdk.tf.json", ${JSON.stringify(version)});
}
`;

test("creates the base's stacks with the base's own program if that differs", async () => {
  const program = new GitRepository();
  try {
    cpSync(repository.path, join(program.path, "definitions"), {
      recursive: true,
      filter: (source) => !source.endsWith(".git"),
    });
    symlinkSync(join(process.cwd(), "node_modules"), join(program.path, "node_modules"));
    program.write({
      ".gitignore": "node_modules",
      "main.ts": "",
      "definitions/clusters/broken.example.com.yaml": null,
      "definitions/clusters/new.example.com.yaml": null,
    });
    program.commit({ "launch.mjs": PROGRAM("broken") });
    program.commit({ "launch.mjs": PROGRAM("{}") });
    program.write({ "launch.mjs": "uncommitted" });
    const directory = join(program.path, "definitions");
    const compare = (ref: string) =>
      changes({ program: program.path, directory, shipped: "definitions", ref, select: "a.example.com,b.*" });
    const every = ["networking", "eks-cluster", "eks-workers", "addons"];

    const found = await compare("HEAD");
    expect(found.base).toMatchObject({ program: "other", refused: undefined });
    expect(found.clusters).toEqual({ "a.example.com": ["changed", ...every], "b.example.com": ["changed", ...every] });

    const broken = await compare("HEAD~1");
    expect(broken.base.refused).toEqual({
      clusters: ["a.example.com", "b.example.com"],
      messages: ["it is\\u001b[31m broken"],
    });
    expect(broken.clusters).toEqual({ "a.example.com": ["unknown", ...every], "b.example.com": ["unknown", ...every] });
  } finally {
    program.remove();
  }
});

test("the last cluster can be removed, and a directory that never had one is refused", async () => {
  const empty = new GitRepository();
  try {
    cpSync(join(SAMPLE_FLEET, "accounts"), join(empty.path, "accounts"), { recursive: true });
    cpSync(join(SAMPLE_FLEET, "tiers"), join(empty.path, "tiers"), { recursive: true });
    cpSync(join(SAMPLE_FLEET, "channels.yaml"), join(empty.path, "channels.yaml"));
    empty.commit({ "clusters/a.example.com.yaml": cluster("a.example.com") });
    empty.commit({ "clusters/a.example.com.yaml": null });

    expect(Object.values((await changes({ directory: empty.path, ref: "HEAD~1" })).clusters).map(([is]) => is)).toEqual(
      ["removed"],
    );
    await expect(changes({ directory: empty.path, ref: "HEAD" })).rejects.toThrow("contains no cluster");
  } finally {
    empty.remove();
  }
});
