import type { Release, SeenVersions } from "../../../fleet/model/cluster";
import { pinnedVersions } from "../../../operations/versions/pinned-versions";

const release: Release = {
  name: "2026.12",
  kubernetes: {
    "1.36": {
      ami_release_version: "1.36.4-20260930",
      eks_addons: { coredns: "v1.14.7-eksbuild.9", "kube-proxy": "v1.36.0-eksbuild.45" },
    },
  },
  charts: { loki: { repository: "https://x", chart: "loki", version: "18.11.0", kube_version: ">=1.25.0-0" } },
};

const seen: SeenVersions = {
  ami_release_version: { "1.36.4-20260930": { "1.36": "in use, 2026-10" } },
  eks_addons: {
    coredns: {
      "v1.14.7-eksbuild.9": { "1.36": "in use, 2026-07 to 2026-10" },
      "v1.14.7-eksbuild.11": { "1.36": "describe-addon-versions, 2026-11-20" },
      "v1.15.0-eksbuild.1": { "1.37": "in use, 2026-11" },
    },
  },
  charts: { loki: { "18.11.0": "https://x/index.yaml, 2026-11-01" } },
};

test("each pin has where it was seen, its age, and what is newer for its Kubernetes version", () => {
  expect(pinnedVersions(release, seen, "2026-11-30", { channels: ["stable"], clusters: 4 })).toEqual({
    name: "2026.12",
    channels: ["stable"],
    clusters: 4,
    kubernetes: [
      {
        version: "1.36",
        pins: [
          {
            path: "ami_release_version",
            version: "1.36.4-20260930",
            seen: "in use, 2026-10",
            age_days: 61,
            newer: null,
          },
          {
            path: "eks_addons.coredns",
            version: "v1.14.7-eksbuild.9",
            seen: "in use, 2026-07 to 2026-10",
            age_days: 60,
            newer: "v1.14.7-eksbuild.11",
          },
          { path: "eks_addons.kube-proxy", version: "v1.36.0-eksbuild.45", seen: null, age_days: null, newer: null },
        ],
      },
    ],
    charts: [
      {
        addon: "loki",
        repository: "https://x",
        chart: "loki",
        version: "18.11.0",
        kube_version: ">=1.25.0-0",
        seen: "https://x/index.yaml, 2026-11-01",
        newer: null,
        not_checked: null,
      },
    ],
  });
});
