import { loadFleet } from "../../../fleet/load";
import { DefinitionFiles } from "../../../fleet/read/files";
import { Layers } from "../../../fleet/read/layers";
import { releaseDiff } from "../../../operations/release/release-diff";
import { releaseList } from "../../../operations/release/release-list";
import { soakProblems } from "../../../operations/release/soak";
import { definition } from "../../support/definition";
import { readingDefinitions } from "../../support/definitions";

const shipped = "definitions";
const layersOf = (directory: string): Layers => new Layers(new DefinitionFiles(directory, shipped));

test("lists channels, clusters, programs and holds of releases", () => {
  const hold =
    'RELEASE_MODEL: stable\nHOLD: { release: "2026.11", until: 2026-10-31, by: jane, reason: "waits for the importer" }';
  const files = {
    "channels.yaml": 'stable: "2026.10"\n',
    "clusters/a.example.com.yaml": definition({ meta: hold }),
    "clusters/b.example.com.yaml": definition(
      { meta: "RELEASE_MODEL: stable", networking: "vpc_cidr: 10.9.0.0/16" },
      "b.example.com",
    ),
  };

  const report = readingDefinitions(files, (directory) =>
    releaseList(layersOf(directory), loadFleet({ directory, shipped, today: "2026-11-01" }), "2026-11-01"),
  );

  expect(report.releases.slice(0, 2)).toEqual([
    {
      name: "2026.10",
      program: null,
      channels: ["stable"],
      clusters: ["b.example.com"],
      age_days: 31,
      kubernetes: ["1.33", "1.34", "1.35"],
      supported_until: "2027-03-27",
    },
    {
      name: "2026.11",
      program: null,
      channels: [],
      clusters: ["a.example.com"],
      age_days: 0,
      kubernetes: ["1.34", "1.35"],
      supported_until: "2027-03-27",
    },
  ]);
  expect(report.held).toEqual([
    {
      cluster: "a.example.com",
      release: "2026.11",
      by: "jane",
      reason: "waits for the importer",
      until: "2026-10-31",
      is_over: true,
    },
  ]);
});

test("lists versions that differ, with the notes of their publishers", () => {
  const { changes, settings } = releaseDiff(layersOf(shipped), "2026.11", "2026.12");
  const of = (name: string) => changes.find((each) => each.name === name);

  expect(of("kubernetes[1.35].ami_release_version")).toEqual({
    name: "kubernetes[1.35].ami_release_version",
    before: "1.35.6-20260714",
    after: "1.35.8-20260930",
    link: "https://github.com/awslabs/amazon-eks-ami/releases/tag/v20260930",
  });
  expect(of("kubernetes[1.36].eks_addons.vpc-cni")).toMatchObject({
    before: null,
    link: "https://github.com/aws/amazon-vpc-cni-k8s/releases/tag/v1.23.2",
  });
  expect(settings).toContain("tfvars.cluster.kubernetes_version: 1.35 -> 1.36");
});

test("a release does not differ from itself", () => {
  expect(releaseDiff(layersOf(shipped), "2026.12", "2026.12")).toMatchObject({ changes: [], settings: [] });
});

test("explains a release that does not exist", () => {
  expect(() => releaseDiff(layersOf(shipped), "2026.12", "2026.13")).toThrow('unknown release "2026.13". Did you mean');
});

describe("records against a release", () => {
  const wave = (more: object) => ({
    name: "first",
    clusters: 2,
    decisions: { go: 0, wait: 0, done: 0, failed: 0, halted: 0 },
    halted: null,
    releases: [
      {
        release: "2026.12",
        clusters: 2,
        done: 2,
        healthy_since: "2026-12-01T00:00:00Z",
        soaked_at: "2026-12-03T00:00:00Z",
        ...more,
      },
    ],
  });
  const status = (now: string, ...waves: ReturnType<typeof wave>[]) =>
    ({ version: 1, now, waves, attention: [], running: [], emergencies: [], held: [] }) as const;

  test.each([
    [
      "no wave has it",
      status("2026-12-04T00:00:00Z"),
      ["no wave has release 2026.12 yet, so it is untested. Promote an earlier channel first, and roll it out"],
    ],
    [
      "a wave is not done",
      status("2026-12-04T00:00:00Z", wave({ done: 1, soaked_at: null })),
      ["wave first: 1 of 2 clusters have release 2026.12 and are healthy. Wait for fleet rollout next"],
    ],
    [
      "a wave soaks",
      status("2026-12-02T00:00:00Z", wave({})),
      ["wave first soaks until 2026-12-03T00:00:00Z. Promote after that"],
    ],
    ["every wave has soaked", status("2026-12-04T00:00:00Z", wave({})), []],
    [
      "a wave is halted",
      status("2026-12-04T00:00:00Z", { ...wave({}), halted: "a failed" as never }),
      ["wave first is halted: a failed"],
    ],
  ])("%s", (_, report, problems) => {
    expect(
      soakProblems(
        { ...report, waves: [...report.waves], attention: [], running: [], emergencies: [], held: [] },
        "2026.12",
      ),
    ).toEqual(problems);
  });
});
