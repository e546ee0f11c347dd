import { parse } from "yaml";
import type { Release, SeenVersions } from "../../../fleet/model/cluster";
import { nextName } from "../../../operations/versions/next-release";
import { pinnedVersions } from "../../../operations/versions/pinned-versions";
import type { ReleaseVersions } from "../../../operations/versions/report";
import { type WrittenRelease, writtenRelease } from "../../../operations/versions/write-release";

const RELEASE = `# yaml-language-server: $schema=../schema/release.schema.json
# Adds 1.36.
# Second line.
tfvars:
  cluster:
    kubernetes_version: "1.36" # the default

# About the versions.
kubernetes:
  "1.35":
    ami_release_version: 1.35.8-20260930 # in use, 2026-10
    eks_addons: { coredns: v1.13.2-eksbuild.1, vpc-cni: v1.23.2-eksbuild.1 }
  "1.36":
    ami_release_version: 1.36.4-20260930 # in use, 2026-09
    eks_addons:
      coredns: v1.14.7-eksbuild.9 # in use, 2026-07 to 2026-10

# About the charts.
charts:
  alloy: { repository: https://grafana.github.io/helm-charts, chart: alloy, version: 1.11.1 } # logs
  loki: { repository: oci://r.example.com/charts, chart: loki, version: 18.11.0, kube_version: ">=1.25.0-0" }
`;

const SEEN = `# Seen.
ami_release_version:
  1.35.8-20260930: { "1.35": "in use, 2026-10" }
  1.36.4-20260930: { "1.36": "in use, 2026-09" }
eks_addons:
  coredns:
    v1.13.2-eksbuild.1: { "1.35": "in use, 2026-10" }
    v1.14.7-eksbuild.9: { "1.36": "in use, 2026-07 to 2026-10" }
    v1.14.7-eksbuild.11: { "1.36": "describe-addon-versions, eu-west-1, 2026-11-20" }
  vpc-cni:
    v1.23.2-eksbuild.1: { "1.35": "in use, 2026-10" }
`;

const support = {
  "1.35": { standard_until: "2027-03-27", extended_until: "2028-03-27" },
  "1.36": { standard_until: "2027-08-02", extended_until: "2028-08-02" },
};

const TODAY = "2026-11-30";

/** Writes release `name` with newer versions of these charts. */
function written(
  newer: Readonly<Record<string, string>>,
  name = "2027.01",
  seenText = SEEN,
): WrittenRelease | undefined {
  const seen = parse(seenText) as SeenVersions;
  const pinned = pinnedVersions({ name: "2026.12", ...(parse(RELEASE) as Omit<Release, "name">) }, seen, TODAY, {
    channels: [],
    clusters: 0,
  });
  const charts = pinned.charts.map((chart): ReleaseVersions["charts"][number] => {
    const version = newer[chart.addon];
    return version === undefined
      ? chart
      : { ...chart, newer: { version, kube_version: ">=1.30.0-0", url: "https://x/index.yaml" } };
  });
  const release = { ...pinned, charts };
  return writtenRelease({ name, text: RELEASE, release, seen, seenText, seenUnder: undefined, support, today: TODAY });
}

test("the next release has the newest versions that were seen, and otherwise the text of the last one below its head", () => {
  expect(written({ loki: "19.0.0", alloy: "1.12.0" })?.releaseText).toBe(
    RELEASE.replace(
      "# Adds 1.36.\n# Second line.\n",
      "# Release 2026.12 with the newest versions that were seen on 2026-11-30. Written by `fleet versions --write`.\n",
    )
      .replace(
        "v1.14.7-eksbuild.9 # in use, 2026-07 to 2026-10",
        "v1.14.7-eksbuild.11 # describe-addon-versions, eu-west-1, 2026-11-20",
      )
      .replace("version: 1.11.1 }", 'version: 1.12.0, kube_version: ">=1.30.0-0" }')
      .replace('18.11.0, kube_version: ">=1.25.0-0"', '19.0.0, kube_version: ">=1.30.0-0"'),
  );
});

test("each chart that is newer is recorded with its registry and the day", () => {
  expect(written({ loki: "19.0.0", alloy: "1.12.0" })?.seenText).toBe(
    `${SEEN}
charts: # addon -> version -> registry that has it, and when
  alloy:
    1.12.0: "https://x/index.yaml, 2026-11-30"
  loki:
    19.0.0: "https://x/index.yaml, 2026-11-30"
`,
  );
});

test("a further version of a recorded chart is added to its line", () => {
  const before = `charts:\n  alloy:\n    1.11.1: "y, 2026-10"\n  tempo:\n    2.0.0: "y, 2026-10"\n\n# the end\n${SEEN}`;
  expect(written({ loki: "19.0.0", alloy: "1.12.0" }, "2027.01", before)?.seenText).toBe(
    before
      .replace('1.11.1: "y, 2026-10"\n', '1.11.1: "y, 2026-10"\n    1.12.0: "https://x/index.yaml, 2026-11-30"\n')
      .replace(
        '2.0.0: "y, 2026-10"\n',
        '2.0.0: "y, 2026-10"\n  loki:\n    19.0.0: "https://x/index.yaml, 2026-11-30"\n',
      ),
  );
});

test("nothing is written if nothing is newer", () => {
  expect(written({}, "2027.01", SEEN.replace(/ {4}v1\.14\.7-eksbuild\.11.*\n/, ""))).toBeUndefined();
});

test.each([
  ["2027.02", ["1.35", "1.36"]],
  ["2027.03", ["1.36"]],
])("release %s has the Kubernetes versions with standard support after its month: %j", (name, expected) => {
  const release = parse(written({}, name)?.releaseText ?? "") as Release;
  expect(Object.keys(release.kubernetes)).toEqual(expected);
  expect(Object.keys(release.charts)).toEqual(["alloy", "loki"]);
});

test("a release whose default version loses its support is not written", () => {
  expect(() => written({}, "2027.08")).toThrow(
    "release 2026.12 has the default Kubernetes version 1.36, whose standard support ends in 2027-08 or before. Write the release by hand, with a later default (docs/releases.md)",
  );
});

test("a release that would have an error is not written", () => {
  expect(() => written({ loki: "latest" })).toThrow(
    /^no release is written, because it would have an error: the new release:\d+:\d+ error: charts\.loki\.version: must be an exact version/,
  );
});

test.each([
  ["2026-11-30", "2026.10", "2026.11"],
  ["2026-11-30", "2026.11", "2026.12"],
  ["2026-11-30", "2026.12", "2027.01"],
  ["2026-11-30", "2027.09", "2027.10"],
  ["2026-11-30", "mine", "2026.11"],
])("on %s, the release after %s is %s", (today, newest, expected) => {
  expect(nextName(today, newest)).toBe(expected);
});
