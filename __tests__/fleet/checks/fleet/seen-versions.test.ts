import { readFileSync } from "node:fs";
import { definition } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const RELEASE = "releases/mine.yaml";

/** Returns what is reported of a fleet whose one cluster uses a release of its own. */
function told(pins: string, seen?: string): string[] {
  return problemsOf({
    [RELEASE]: `tfvars: { cluster: { kubernetes_version: "1.35" } }
kubernetes:
  "1.35":
    ami_release_version: 1.35.8-20260930
    eks_addons:
      aws-ebs-csi-driver: v1.66.0-eksbuild.1
      eks-pod-identity-agent: v1.4.0-eksbuild.3
      kube-proxy: v1.35.3-eksbuild.29
      vpc-cni: v1.23.2-eksbuild.1
${pins}${CHARTS}`,
    "clusters/a.example.com.yaml": definition({ meta: "RELEASE_MODEL: mine" }),
    ...(seen === undefined ? {} : { "seen-versions.yaml": seen }),
  });
}

const NEWEST = readFileSync("definitions/releases/2026.12.yaml", "utf8");
const CHARTS = NEWEST.slice(NEWEST.indexOf("charts:"));

const warning = (place: string, versions: string): string =>
  `${RELEASE}:${place} warning: kubernetes.1.35: pins versions that are not in seen-versions.yaml: ${versions}. EKS refuses a version that it does not have. Add each to that file, with the place and the date at which you saw it, or use a listed version`;

test("accepts versions that were seen with the Kubernetes version", () => {
  expect(told("      coredns: v1.14.6-eksbuild.4\n    images: { kubectl: v1.35.9 }\n")).toEqual([]);
});

test("warns of versions that nobody saw, once per Kubernetes version, where the release pins the first", () => {
  const pins = `      coredns: v1.14.6-eksbuild.99
    bottlerocket_version: 1.66.0-0badc0de
    images: { kubectl: v1.35.99 }
`;

  expect(told(pins)).toEqual([
    warning("11:27", "bottlerocket_version 1.66.0-0badc0de, coredns v1.14.6-eksbuild.99, kubectl v1.35.99"),
  ]);
});

test("warns of a version that was seen with another Kubernetes version only", () => {
  expect(told("      coredns: v1.14.7-eksbuild.11\n")).toEqual([warning("10:16", "coredns v1.14.7-eksbuild.11")]);
});

test("accepts a version that the directory's own list adds", () => {
  const seen = `eks_addons: { coredns: { v1.14.6-eksbuild.99: { "1.35": "describe-addon-versions, eu-west-1, 2026-11-29" } } }\n`;

  expect(told("      coredns: v1.14.6-eksbuild.99\n", seen)).toEqual([]);
});

test("refuses a list that does not show when a version was seen", () => {
  const seen = `eks_addons: { coredns: { v1.14.6-eksbuild.99: { "1.35": somewhere } } }\n`;

  expect(told("      coredns: v1.14.6-eksbuild.4\n", seen)).toEqual([
    'seen-versions.yaml:1:57 eks_addons.coredns.v1.14.6-eksbuild.99.1.35: must be where the version was seen, and when, such as describe-addon-versions, eu-west-1, 2026-09-04, got "somewhere"',
  ]);
});

test("warns of a copy of an old release, although that release itself may have what nobody saw", () => {
  const copy = readFileSync("definitions/releases/2026.10.yaml", "utf8");
  const cluster = (model: string): string[] =>
    problemsOf(
      { [RELEASE]: copy, "clusters/a.example.com.yaml": definition({ meta: `RELEASE_MODEL: ${model}` }) },
      {
        select: "a.example.com",
      },
    );

  expect(cluster('"2026.10"')).toEqual([]);
  expect(cluster("mine").map((problem) => /warning: (\S+): pins versions/.exec(problem)?.[1])).toEqual([
    "kubernetes.1.33",
    "kubernetes.1.34",
    "kubernetes.1.35",
  ]);
});
