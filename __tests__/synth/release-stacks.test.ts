import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkFleet, loadFleet } from "../../fleet/load";
import { releaseDefinitions } from "../../fleet/release-program";
import { DefinitionError, formatProblem } from "../../language/problem";
import { releaseProblems } from "../../synth/release-problems";
import { Synthesizer } from "../../synth/synthesizer";
import { placeProgram } from "../support/copies/placed-program";
import { type Files, TODAY, withDefinitions } from "../support/definitions";
import { scratch } from "../support/run-program";

const shipped = "definitions";
const work = scratch();
const programs = join(work.path, "programs");
placeProgram(programs, "0.0.1", ({ tfvars }) => {
  tfvars.common["iam"] = { permissions_boundary: null, path: "/early/" };
});
placeProgram(programs, "0.0.2");
let first: Promise<Written>;
beforeAll(() => {
  process.env["FLEET_PROGRAMS_DIR"] = programs;
  first = written(FILES);
});
afterAll(() => {
  delete process.env["FLEET_PROGRAMS_DIR"];
  work.remove();
});

const release = (program: string): string =>
  `program: ${program}\n${readFileSync(join(shipped, "releases/2026.12.yaml"), "utf8")}`;
const cluster = (name: string, model: string, network: number, more = ""): string => `meta:
  CLUSTER_NAME: ${name}.example.com
  RELEASE_MODEL: "${model}"
tfvars:
  common: { aws_region: us-east-1 }
  networking: { vpc_cidr: 10.${network}.0.0/16 }
  workers: [{ name: general }]
${more}`;

const FILES: Files = {
  "releases/2027.01.yaml": release("0.0.1"),
  "releases/2027.02.yaml": release("0.0.2"),
  "channels.yaml": 'stable: "2027.01"\ninsiders: "2026.12"\n',
  "clusters/teams/a.example.com.yaml": cluster("a", "stable", 1),
  "clusters/b.example.com.yaml": cluster("b", "2027.02", 2),
  "clusters/c.example.com.yaml": cluster("c", "insiders", 3),
};

interface Written {
  readonly stacks: Record<string, { readonly program?: string; readonly text?: string; readonly releases?: string[] }>;
  readonly folders: readonly string[];
  readonly manifest: readonly string[];
  readonly warnings: readonly string[];
}

/** Synthesizes, and returns the networking stack of each cluster. */
async function written(files: Files, outdir = join(work.path, "out")): Promise<Written> {
  const warnings: string[] = [];
  return await withDefinitionsAsync(files, async (directory) => {
    const { clusters } = loadFleet({ directory, shipped, today: TODAY });
    const onWarning = (line: string) => void warnings.push(line.replace(directory, "DIRECTORY"));
    const synthesizer = new Synthesizer(outdir, 0, { definitions: { directory, shipped }, onWarning });
    await synthesizer.write(clusters, { all: true });
    synthesizer.close();
    const read = (file: string) => JSON.parse(readFileSync(join(outdir, file), "utf8"));
    return {
      stacks: Object.fromEntries(
        clusters.map(({ name, slug }) => [name, read(`stacks/${slug}-networking/cdk.tf.json`)]),
      ),
      folders: readdirSync(outdir).sort(),
      manifest: Object.keys(read("manifest.json").stacks),
      warnings,
    };
  });
}

/** As `withDefinitions`, for work that takes longer. */
async function withDefinitionsAsync<T>(files: Files, use: (directory: string) => Promise<T>): Promise<T> {
  const kept = scratch();
  const directory = join(kept.path, "definitions");
  withDefinitions(files, (written) => cpSync(written, directory, { recursive: true }));
  try {
    return await use(directory);
  } finally {
    kept.remove();
  }
}

test("the program of a release writes the stacks of the release's clusters, and this program all others", async () => {
  const { folders, manifest, stacks } = await first;

  expect(stacks["a.example.com"]).toMatchObject({ program: "0.0.1", text: FILES["clusters/teams/a.example.com.yaml"] });
  expect(stacks["b.example.com"]).toMatchObject({ program: "0.0.2" });
  expect(stacks["c.example.com"]).toHaveProperty("resource.aws_vpc");
  expect(manifest).toHaveLength(12);
  expect(folders).toEqual(["manifest.json", "stacks"]);
});

test("that program receives the releases of this program, which are newer than itself", async () => {
  const { stacks } = await first;

  expect(stacks["a.example.com"]?.releases).toEqual([
    "2026.10.yaml",
    "2026.11.yaml",
    "2026.12.yaml",
    "2027.01.yaml",
    "2027.02.yaml",
  ]);
});

test("its warnings name the files that were copied for it", async () => {
  const { warnings } = await written({
    ...FILES,
    "clusters/b.example.com.yaml": `${cluster("b", "2027.02", 2)}# warn\n`,
  });

  expect(warnings).toEqual(["DIRECTORY/clusters/b.example.com.yaml warning"]);
});

test("writes nothing if a program refuses a definition, and explains a key that only later programs support", async () => {
  const outdir = join(work.path, "refused");
  const files = {
    ...FILES,
    "clusters/teams/a.example.com.yaml": `${cluster("a", "stable", 1)}# beyond: tfvars.cluster.kubernetes_version\n`,
  };

  const error = await written(files, outdir).catch((reason: unknown) => reason);

  expect(error).toBeInstanceOf(DefinitionError);
  const { message } = error as DefinitionError;
  expect(message.replace(/^.*\/definitions\//, "")).toBe(
    'clusters/teams/a.example.com.yaml:8:3 error: tfvars.cluster.kubernetes_version: release 2027.01 has program 0.0.1, which does not support "kubernetes_version". No release has the key yet, only the program that runs. Remove it until a release with that program is cut',
  );
  expect(existsSync(outdir)).toBe(false);
});

test("names the first later release whose program supports the key", async () => {
  const files = {
    ...FILES,
    "releases/2027.03.yaml": readFileSync(join(shipped, "releases/2026.12.yaml")),
    "clusters/b.example.com.yaml": `${cluster("b", "2027.02", 2)}# beyond: tfvars.workers[general].min_size\n`,
  };

  const problems = await withDefinitionsAsync(files, async (directory) => {
    const { selected } = checkFleet({ directory, shipped, today: TODAY });
    return releaseProblems(releaseDefinitions(selected), { directory, shipped }, TODAY);
  });

  expect(problems.map(({ message }) => message)).toEqual([
    'release 2027.02 has program 0.0.2, which does not support "min_size". The key exists from release 2027.03 on. Remove it, or move the cluster to such a release first',
  ]);
});

test("a cluster of a release has the defaults of the release's program", () => {
  const { clusters } = withDefinitions(FILES, (directory) => loadFleet({ directory, shipped, today: TODAY }));

  expect(clusters.map(({ name, tfvars }) => [name, tfvars.common.iam.path])).toEqual([
    ["a.example.com", "/early/"],
    ["b.example.com", "/"],
    ["c.example.com", "/"],
  ]);
});

test("checks of the fleet compare clusters of every release", () => {
  const files = { ...FILES, "clusters/c.example.com.yaml": cluster("c", "insiders", 1) };

  const { problems } = withDefinitions(files, (directory) => checkFleet({ directory, shipped, today: TODAY }));

  expect(problems.filter(({ severity }) => severity === "error").map(({ rule }) => rule)).toEqual(["overlaps"]);
});

test("a rule of this program does not stop a cluster that another program reads", () => {
  const more =
    "  fargate_profiles: [{ name: jobs, selectors: [{ namespace: kube-system }, { namespace: kube-system }] }]\n";
  const wrong = (model: string): Files => ({ ...FILES, "clusters/b.example.com.yaml": cluster("b", model, 2, more) });
  const errors = (files: Files): string[] =>
    withDefinitions(files, (directory) => checkFleet({ directory, shipped, today: TODAY }))
      .problems.filter(({ severity }) => severity === "error")
      .map(formatProblem);

  expect(errors(wrong("insiders"))).not.toEqual([]);
  expect(errors(wrong("2027.02"))).toEqual([]);
});
