import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PromoteReport, ReleaseNewReport } from "../operations/release/report";
import { version } from "../package.json";
import { copyOfRepository } from "./support/copies/copy-of-repository";
import { account, definition } from "./support/definition";
import { GitRepository } from "./support/git-repository";
import { contentsOf, type Run, run, scratch } from "./support/run-program";

/** The program in a repository of its own, with the smallest fleet: one cluster of each channel. */
const repository = new GitRepository(copyOfRepository());
const work = scratch();
afterAll(() => {
  repository.remove();
  work.remove();
});

const LATER = "9.0.0";
const SHIPPED = [
  "defaults.yaml",
  "kubernetes-support.yaml",
  "regions.yaml",
  "releases",
  "schema",
  "seen-versions.yaml",
];
const STABLE = "definitions/clusters/stable.example.com.yaml";
const CHANGES = [
  ["package.json", `"version": "${version}"`, `"version": "${LATER}"`],
  ["stacks/cluster-stack.ts", "Role that Terraform assumes in the account.", "The account's role."],
  ["definitions/defaults.yaml", "      path: / #", "      path: /fleet/ #"],
  ["fleet/schema/definition.ts", "  teleport_token: z", "  remark: z.string().optional(),\n  teleport_token: z"],
  [
    "definitions/schema/cluster.schema.json",
    '"teleport_token": {',
    '"remark": { "type": "string" },\n"teleport_token": {',
  ],
] as const;

const cluster = (name: string, network: number, more = ""): string =>
  definition(
    {
      meta: `ACCOUNT: own\nTIER: development\nRELEASE_MODEL: ${name}`,
      common: more,
      networking: `vpc_cidr: 10.${network}.0.0/16`,
      addons: "platform: none",
    },
    `${name}.example.com`,
  );

const inRepository = (line: string): Promise<Run> =>
  run("sh", ["-c", `cd ${repository.path} && ${line}`], { CLUSTER_NAME: undefined, DEFINITIONS_DIR: undefined });

async function answerOf<Answer>(line: string): Promise<Answer> {
  const { code, stderr, stdout } = await inRepository(`node cli/fleet.mjs ${line} --json`);
  if (code !== 0) throw new Error(stderr + stdout);
  return JSON.parse(stdout) as Answer;
}

let runs = 0;
const synthesize = (outdir: string): Promise<Run> => inRepository(`CDKTF_OUTDIR=${outdir} node launch.mjs main.ts`);

/** Synthesizes both clusters, and returns the files of each. */
async function stacks(): Promise<Readonly<Record<"insiders" | "stable", Readonly<Record<string, string>>>>> {
  const outdir = join(work.path, `out-${runs++}`);
  const { code, stderr } = await synthesize(outdir);
  if (code !== 0) throw new Error(stderr);
  const all = Object.entries(contentsOf(join(outdir, "stacks")));
  const of = (name: string) => Object.fromEntries(all.filter(([file]) => file.startsWith(name)));
  return { stable: of("stable-"), insiders: of("insiders-") };
}

/** Sets the tag of the program, and cuts a release from what insiders run. */
async function cut(name: string, program: string): Promise<ReleaseNewReport> {
  repository.git("tag", `v${program}`);
  const report = await answerOf<ReleaseNewReport>(`release new --name ${name}`);
  repository.commit();
  return report;
}

async function promote(channel: string, release: string): Promise<PromoteReport> {
  const report = await answerOf<PromoteReport>(`promote ${channel} ${release}`);
  repository.commit();
  return report;
}

function edit([file, from, to]: (typeof CHANGES)[number]): void {
  const path = join(repository.path, file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
  writeFileSync(path, text.replace(from, to));
}

const WORDS = ["The account's role.", "/fleet/"];
/** Returns the changes that the stacks of a cluster contain. */
const changesIn = (files: Readonly<Record<string, string>>): string[] =>
  WORDS.filter((word) => Object.values(files).some((text) => text.includes(word)));

beforeAll(() => {
  const definitions = join(repository.path, "definitions");
  for (const name of readdirSync(definitions))
    if (!SHIPPED.includes(name) && name !== "tiers") rmSync(join(definitions, name), { recursive: true });
  repository.commit({
    "definitions/accounts/own.yaml": account(),
    "definitions/channels.yaml": 'insiders: "2026.12"\nstable: "2026.12"\n',
    "definitions/clusters/insiders.example.com.yaml": cluster("insiders", 9),
    [STABLE]: cluster("stable", 10),
  });
});

test("a changed word of a construct and a changed default reach a channel with its release, and a revert gives the earlier JSON", async () => {
  const cutFirst = await cut("2027.01", version);
  await promote("insiders", "2027.01");
  await promote("stable", "2027.01");
  const first = await stacks();

  const [raised, ...changes] = CHANGES;
  for (const change of changes) edit(change);
  repository.commit();
  const differs = await inRepository("node cli/fleet.mjs release new --name 2027.02");
  edit(raised);
  repository.commit();
  await cut("2027.02", LATER);
  await promote("insiders", "2027.02");
  const between = await stacks();
  const promotion = await promote("stable", "2027.02");
  const promoted = await stacks();
  repository.git("revert", "--no-edit", "HEAD");
  const reverted = await stacks();

  expect(cutFirst).toMatchObject({ from: "2026.12", program: version });
  expect([differs.code, differs.stderr]).toEqual([
    1,
    expect.stringContaining(`the program differs from the tag v${version}, so a release with that version`),
  ]);
  expect(between.stable).toEqual(first.stable);
  expect(changesIn(between.insiders)).toEqual(WORDS);
  expect(promotion).toMatchObject({ from: "2027.01", to: "2027.02", clusters: ["stable.example.com"] });
  expect(changesIn(promoted.stable)).toEqual(WORDS);
  expect(reverted).toEqual(between);
}, 600_000);

test("fleet release new writes reasons, and never over another release", async () => {
  const reasons = `--no-way-back "stored versions change" --cannot-skip "moves the state"`;
  const { file } = await answerOf<ReleaseNewReport>(`release new --name 2027.03 ${reasons}`);
  const text = readFileSync(join(repository.path, file), "utf8");
  const again = await inRepository("node cli/fleet.mjs release new --name 2027.03");

  expect(text).toMatch(/^cannot_skip: "moves the state"\nno_way_back: "stored versions change"\n/m);
  expect([again.code, again.stderr]).toEqual([
    1,
    expect.stringContaining("release 2027.03 exists, and a release never changes. Choose another --name"),
  ]);
  expect(readFileSync(join(repository.path, file), "utf8")).toBe(text);
  repository.git("clean", "--quiet", "-f", "definitions");
}, 300_000);

test("a key that the program of the release does not support is refused, with the release from which on it exists", async () => {
  repository.commit({ [STABLE]: cluster("stable", 10, "remark: hello") });

  const { code, stderr } = await synthesize(join(work.path, "refused"));

  expect([code, stderr.split("\n")[0]]).toEqual([
    1,
    `${STABLE}:9:5 error: tfvars.common.remark: release 2027.01 has program ${version}, which does not support "remark". The key exists from release 2027.02 on. Remove it, or move the cluster to such a release first`,
  ]);
}, 300_000);
