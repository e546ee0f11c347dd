import { problemsOf, SMALLEST } from "../../support/definitions";

const FILE = "releases/mine.yaml";

const told = (content: string): string[] =>
  problemsOf({ [FILE]: content, "clusters/a.example.com.yaml": SMALLEST }).filter((line) => line.startsWith(FILE));

const chart = (version: string): string => `kubernetes: {}
charts:
  headlamp: { repository: oci://example.com/charts, chart: headlamp, version: ${version} }
`;

describe("releases", () => {
  test("refuses versions of add-ons and charts that nothing installs", () => {
    expect(
      told(`kubernetes:
  "1.35":
    ami_release_version: 1.35.6-20260714
    eks_addons:
      corednss: v1.14.3-eksbuild.11
      vpc-cni: v1.23.0-eksbuild.1
      kube-proxy: v1.35.6-eksbuild.1
      eks-pod-identity-agent: v1.3.10-eksbuild.2
      unheard-of: v1.0.0
charts:
  cert-manager: { repository: oci://quay.io/jetstack/charts, chart: cert-manager, version: v1.21.1 }
  coredns: { repository: oci://quay.io/x, chart: coredns, version: 1.0.0 }
`),
    ).toEqual([
      `${FILE}:5:7 kubernetes.1.35.eks_addons.corednss: unknown key "corednss". Did you mean "coredns"?`,
      expect.stringMatching(
        /:9:7 .*: unknown key "unheard-of"\. Known keys: (?:[\w-]+, ){7}[\w-]+ and 3 more; see docs\/definition-reference\.md$/,
      ),
      `${FILE}:11:3 charts.cert-manager: unknown key "cert-manager". Did you mean "cert_manager"?`,
      expect.stringMatching(
        /:12:3 charts\.coredns: unknown key "coredns"\. Known keys: (?:\w+, ){7}\w+ and \d+ more; see docs/,
      ),
    ]);
  });

  test.each(["latest", "3.x", '">=3"', "^1.2.3", "v1.2", "1.2.3.4", "1.2.3-"])(
    "refuses the chart version %s",
    (version) => {
      const shown = version.replaceAll('"', "");
      expect(told(chart(version))).toEqual([
        `${FILE}:3:79 charts.headlamp.version: must be an exact version, such as 3.13.1, got "${shown}"`,
      ]);
    },
  );

  test.each(["3.13.1", "v1.21.1", "1.2.3-rc.1", "1.2.3+build.5", "1.2.3-rc.1+build"])(
    "accepts the exact chart version %s",
    (version) => {
      expect(told(chart(version))).toEqual([]);
    },
  );

  test("refuses versions for another Kubernetes version", () => {
    expect(
      told(`kubernetes:
  "1.35":
    ami_release_version: 1.34.9-20260714
    eks_addons:
      coredns: v1.14.3-eksbuild.11
      kube-proxy: v1.34.9-eksbuild.1
    images: { cluster_autoscaler: v1.34.4, kubectl: v1.34.0 }
  "1.34":
    ami_release_version: 1.34.9-20260714
    eks_addons: {}
charts: {}
`),
    ).toEqual([
      `${FILE}:3:26 kubernetes.1.35.ami_release_version: must begin with 1.35., because it runs on Kubernetes 1.35, got "1.34.9-20260714"`,
      `${FILE}:6:19 kubernetes.1.35.eks_addons.kube-proxy: must begin with v1.35., because it runs on Kubernetes 1.35, got "v1.34.9-eksbuild.1"`,
      `${FILE}:7:35 kubernetes.1.35.images.cluster_autoscaler: must begin with v1.35., because it runs on Kubernetes 1.35, got "v1.34.4"`,
      `${FILE}:7:53 kubernetes.1.35.images.kubectl: must begin with v1.35., because it runs on Kubernetes 1.35, got "v1.34.0"`,
    ]);
  });
});
