import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadFleet } from "../../../fleet/load";
import { type Promotion, planPromotion } from "../../../operations/release/promotion";
import { Synthesizer } from "../../../synth/synthesizer";
import { definition } from "../../support/definition";
import { type Files, TODAY, withDefinitions } from "../../support/definitions";
import { GitRepository } from "../../support/git-repository";
import { contentsOf, scratch } from "../../support/run-program";

const shipped = "definitions";
const RELEASE = readFileSync("definitions/releases/2026.11.yaml", "utf8");
const version = (minor: string): string => `kubernetes_version: "${minor}"`;
const HOLD =
  'RELEASE_MODEL: stable\nHOLD: { release: "2026.10", until: 2026-10-31, by: jane, reason: "waits for the importer" }';

const FILES: Files = {
  "channels.yaml": 'insiders: "2026.11"\nstable: "2026.10" # why\n',
  "clusters/a.example.com.yaml": definition({ meta: "RELEASE_MODEL: stable", cluster: version("1.35") }),
};

/** Plans a promotion in a directory with these files. */
async function planned(
  name: string,
  release: string,
  files: Files = {},
  proof?: (release: string) => string[],
): Promise<Promotion> {
  const kept = scratch();
  try {
    const directory = join(kept.path, "definitions");
    withDefinitions({ ...FILES, ...files }, (written) => cpSync(written, directory, { recursive: true }));
    const promotion = await planPromotion({ directory, shipped, today: TODAY }, name, release, proof);
    return JSON.parse(JSON.stringify(promotion).replaceAll(`${directory}/`, "")) as Promotion;
  } finally {
    kept.remove();
  }
}

test("moves a channel by an edit of one line", async () => {
  expect(await planned("stable", "2026.11")).toEqual({
    edit: { file: "channels.yaml", text: 'insiders: "2026.11"\nstable: "2026.11" # why\n' },
    report: {
      target: { kind: "channel", name: "stable" },
      from: "2026.10",
      to: "2026.11",
      file: "channels.yaml",
      clusters: ["a.example.com"],
      held: [],
      refused: [],
    },
  });
});

test("moves one cluster by an edit of its file", async () => {
  const { edit, report } = await planned("a.example.com", "2026.11");

  expect(edit?.text).toContain('  RELEASE_MODEL: "2026.11"\n');
  expect(report).toMatchObject({ file: "clusters/a.example.com.yaml", clusters: ["a.example.com"], refused: [] });
});

test("edits nothing if the channel has the release already", async () => {
  expect(await planned("stable", "2026.10")).toMatchObject({ report: { from: "2026.10", to: "2026.10", file: null } });
});

test("leaves held clusters where they are, and lists them", async () => {
  const held = definition({ meta: HOLD, networking: "vpc_cidr: 10.9.0.0/16" }, "held.example.com");
  const { report } = await planned("stable", "2026.11", { "clusters/held.example.com.yaml": held });

  expect(report.clusters).toEqual(["a.example.com"]);
  expect(report.held).toEqual([
    {
      cluster: "held.example.com",
      release: "2026.10",
      by: "jane",
      reason: "waits for the importer",
      until: "2026-10-31",
    },
  ]);
});

test("leaves a cluster that names its release, and one that is on the release already", async () => {
  const own = definition({ meta: 'RELEASE_MODEL: "2026.10"', networking: "vpc_cidr: 10.9.0.0/16" }, "own.example.com");

  expect((await planned("stable", "2026.11", { "clusters/own.example.com.yaml": own })).report.clusters).toEqual([
    "a.example.com",
  ]);
});

test("refuses to move a held cluster by its name", async () => {
  const held = { "clusters/a.example.com.yaml": definition({ meta: HOLD }) };

  await expect(planned("a.example.com", "2026.11", held)).rejects.toThrow(
    "a.example.com is held on 2026.10 until 2026-10-31 by jane: waits for the importer. Remove HOLD from",
  );
});

test.each([
  ["stabel", "2026.11", 'no channel or cluster is named "stabel". Did you mean "stable"?'],
  ["a.*", "2026.11", "A promotion is of one channel or one cluster, so a glob cannot be given"],
  ["stable", "2026.21", 'unknown release "2026.21". Did you mean "2026.11"'],
])("explains that %s or %s does not exist", async (name, release, message) => {
  await expect(planned(name, release)).rejects.toThrow(message);
});

const refused = async (...args: Parameters<typeof planned>): Promise<readonly string[]> =>
  (await planned(...args)).report.refused;

test("refuses a release that no earlier channel has, unless it is the first channel or the way back", async () => {
  const channels = { "channels.yaml": 'insiders: "2026.10"\nstable: "2026.10"\n' };

  expect(await refused("stable", "2026.11", channels)).toEqual([
    "no channel before stable has release 2026.11, so it is untested. Promote insiders first: fleet promote insiders 2026.11",
  ]);
  expect(await refused("insiders", "2026.11", channels)).toEqual([]);
  expect(await refused("stable", "2026.10", { "channels.yaml": 'insiders: "2026.10"\nstable: "2026.11"\n' })).toEqual(
    [],
  );
});

test("with records of rollouts, they decide", async () => {
  expect(await refused("stable", "2026.11", {}, () => ["wave one soaks until tomorrow"])).toEqual([
    "wave one soaks until tomorrow",
  ]);
});

test("refuses to skip a release that must not be skipped, and to go back over one that cannot be undone", async () => {
  const between = (key: string): Files => ({
    "releases/2026.10a.yaml": `${key}: "state moves to another place"\n${RELEASE}`,
  });

  expect(await refused("stable", "2026.11", between("cannot_skip"))).toEqual([
    "a.example.com must not skip release 2026.10a on the way from 2026.10 to 2026.11: state moves to another place. Move to 2026.10a and deploy it first",
  ]);
  const later = { ...between("no_way_back"), "channels.yaml": 'insiders: "2026.11"\nstable: "2026.11"\n' };
  expect(await refused("stable", "2026.10", later)).toEqual([
    "a.example.com must not go back from 2026.11 to 2026.10, because release 2026.10a cannot be undone: state moves to another place. Fix the cause in a later release",
  ]);
});

test("refuses a release that changes Kubernetes by more than one minor version, or back", async () => {
  const files = (minor: string): Files => ({
    "releases/2026.09.yaml": RELEASE.replace(/kubernetes_version: "1\.\d\d"/, version(minor)),
    "channels.yaml": 'insiders: "2026.12"\nstable: "2026.09"\n',
    "clusters/a.example.com.yaml": definition({ meta: "RELEASE_MODEL: stable" }),
  });

  expect(await refused("stable", "2026.12", files("1.34"))).toContainEqual(
    expect.stringMatching(/^a\.example\.com: kubernetes_version must not skip a minor version: the cluster has 1\.34/),
  );
});

test("refuses a release that does not support the Kubernetes version that a cluster sets, at the cluster's line", async () => {
  const files = {
    "clusters/a.example.com.yaml": definition({ meta: "RELEASE_MODEL: stable", cluster: version("1.33") }),
  };

  expect(await refused("stable", "2026.11", files)).toEqual([
    expect.stringMatching(
      /^clusters\/a\.example\.com\.yaml:\d+:\d+ error: tfvars\.cluster\.kubernetes_version: release 2026\.11 does not support Kubernetes 1\.33/,
    ),
  ]);
});

test("reverting a promotion gives the earlier JSON, byte for byte", async () => {
  const repository = new GitRepository();
  const work = scratch();
  try {
    const directory = join(repository.path, "definitions");
    withDefinitions(FILES, (written) => cpSync(written, directory, { recursive: true }));
    repository.commit();
    const json = async (name: string): Promise<Record<string, string>> => {
      const outdir = join(work.path, name);
      mkdirSync(outdir);
      const synthesizer = new Synthesizer(outdir, 0, { store: undefined });
      await synthesizer.write(loadFleet({ directory, shipped, today: TODAY }).clusters, { all: true });
      return contentsOf(outdir);
    };
    const before = await json("before");

    const { edit } = await planPromotion({ directory, shipped, today: TODAY }, "stable", "2026.12", undefined);
    writeFileSync(edit?.file ?? "", edit?.text ?? "");
    repository.commit();
    const promoted = await json("promoted");
    repository.git("revert", "--no-edit", "HEAD");
    const reverted = await json("reverted");

    expect(promoted).not.toEqual(before);
    expect(reverted).toEqual(before);
  } finally {
    rmSync(work.path, { recursive: true, force: true });
    repository.remove();
  }
});
