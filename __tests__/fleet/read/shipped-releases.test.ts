import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { intersects } from "semver";
import { parse, parseDocument } from "yaml";
import { type Pin, pinsOf } from "../../../fleet/checks/fleet/seen-versions";
import type { KubernetesSupport, Release, SeenVersions } from "../../../fleet/model/cluster";
import { shipped } from "../../support/shipped";

const FOLDER = "definitions/releases";
const seen = shipped("seen-versions.yaml") as SeenVersions;
const support = shipped("kubernetes-support.yaml") as KubernetesSupport;

const releases = readdirSync(FOLDER).map((file) => {
  const text = readFileSync(join(FOLDER, file), "utf8");
  return { name: basename(file, ".yaml"), text, ...(parse(text) as Pick<Release, "charts" | "kubernetes">) };
});
/** Releases do not change: what later ones promise, the first ones do not. */
const later = releases.filter(({ name }) => name > "2026.11");

/** Returns the comment at the end of the line that pins a version. */
function commentOf(text: string, { minor, path }: Pin): string | undefined {
  const node = parseDocument(text).getIn(["kubernetes", minor, ...path], true) as { comment?: string };
  return node.comment?.trim();
}

const GUESSED = ["coredns", "eks-node-monitoring-agent", "kube-proxy", "snapshot-controller"];
/** Versions in the first two releases that were never seen at EKS. Later releases must not have any. */
const NEVER_SEEN: SeenVersions["never_seen"] = {
  "2026.10": {
    "1.33": ["windows_ami_release_version", ...GUESSED],
    "1.34": ["windows_ami_release_version", ...GUESSED],
    "1.35": ["coredns", "kube-proxy", "snapshot-controller"],
  },
  "2026.11": {
    "1.34": ["windows_ami_release_version", ...GUESSED],
    "1.35": ["coredns", "kube-proxy", "snapshot-controller"],
  },
};

test("only the first releases pin versions that nobody saw, and only these", () => {
  const unseen = releases.flatMap((release) =>
    pinsOf(release, seen).flatMap((pin) =>
      pin.seen === undefined ? [[release.name, pin.minor, pin.path.at(-1)].join(" ")] : [],
    ),
  );

  expect(unseen).toEqual(
    Object.entries(NEVER_SEEN).flatMap(([name, minors]) =>
      Object.entries(minors).flatMap(([minor, pins]) => pins.map((pin) => [name, minor, pin].join(" "))),
    ),
  );
});

test("the list excuses only what the first releases pin", () => {
  expect(seen.never_seen).toEqual(NEVER_SEEN);
});

test.each(later)("each line of release $name shows where and when its version was seen", (release) => {
  const pins = pinsOf(release, seen);

  expect(pins.map((pin) => [...pin.path, commentOf(release.text, pin)])).toEqual(
    pins.map((pin) => [...pin.path, pin.seen]),
  );
});

test.each(releases)("each Kubernetes version of release $name has dates of support", ({ kubernetes }) => {
  expect(Object.keys(support)).toEqual(expect.arrayContaining(Object.keys(kubernetes)));
});

test.each(later)(
  "release $name drops Kubernetes versions that lose standard support in its month or before",
  (release) => {
    const month = release.name.replace(".", "-");
    const ended = Object.keys(release.kubernetes).filter(
      (minor) => (support[minor]?.standard_until ?? "") < `${month}-32`,
    );

    expect(ended).toEqual([]);
  },
);

test.each(releases)(
  "the charts of release $name support each of its Kubernetes versions, as far as they declare it",
  (release) => {
    const refused = Object.entries(release.charts).flatMap(([name, chart]) =>
      Object.keys(release.kubernetes).flatMap((minor) =>
        intersects(`${minor}.x`, chart?.kube_version ?? "*") ? [] : [`${name} ${minor}`],
      ),
    );

    expect(refused).toEqual([]);
  },
);

test.each(later)("release $name pins the images that belong to a Kubernetes version", ({ kubernetes }) => {
  for (const { images } of Object.values(kubernetes))
    expect(Object.keys(images ?? {})).toEqual(["cluster_autoscaler", "kubectl"]);
});
