import { problemsOf, SMALLEST } from "../../../support/definitions";
import { BOTTLEROCKET, OWN_WINDOWS, problemsOfWorkers, WINDOWS } from "../../../support/worker-problems";

describe("images", () => {
  test("of Amazon Linux 2", () => {
    expect(
      problemsOfWorkers(
        "{ name: a, ami_type: AL2_x86_64 }",
        "{ name: b, ami_type: AL2_x86_64_GPU }",
        "{ name: d, ami_type: BOTTLEROCKET_x86_64_NVIDIA_FIPS }",
        "{ name: c, ami_type: AL2_ARM_64 }",
      ),
    ).toEqual([
      `[a].ami_type: must be an image type that EKS publishes, and EKS publishes none of Amazon Linux 2 since Kubernetes 1.33, got "AL2_x86_64". Use AL2023_x86_64_STANDARD`,
      `[b].ami_type: must be an image type that EKS publishes, and EKS publishes none of Amazon Linux 2 since Kubernetes 1.33, got "AL2_x86_64_GPU". Use AL2023_x86_64_NVIDIA`,
      `[d].ami_type: must be an image type that Terraform's AWS provider supports, and its version here is too old for this one, got "BOTTLEROCKET_x86_64_NVIDIA_FIPS". Use BOTTLEROCKET_x86_64_NVIDIA, or BOTTLEROCKET_x86_64_FIPS without GPUs`,
      `[c].ami_type: must be an image type that EKS publishes, and EKS publishes none of Amazon Linux 2 since Kubernetes 1.33, got "AL2_ARM_64". Use AL2023_ARM_64_STANDARD`,
    ]);
  });

  test("of the user's own", () => {
    expect(
      problemsOfWorkers(
        "{ name: a, ami_type: CUSTOM }",
        "{ name: b, ami_id: ami-01234567, ami_family: AL2023 }",
        "{ name: c, ami_type: CUSTOM, ami_family: AL2023, ami_id: ami-01234567, instance_types: [m6i.large, m7g.large] }",
        `{ name: d, kind: managed, ${OWN_WINDOWS}, root_volume: { size_gib: 100 } }`,
      ),
    ).toEqual([
      "[a].ami_type: CUSTOM needs ami_id, the id of an image, such as ami-0123456789abcdef0: add it",
      "[a].ami_type: CUSTOM needs ami_family, what it is made from: AL2023, BOTTLEROCKET or WINDOWS: add it",
      "[b].ami_id: has no effect with ami_type AL2023_x86_64_STANDARD: remove it, or set ami_type: CUSTOM",
      "[b].ami_family: has no effect with ami_type AL2023_x86_64_STANDARD: remove it, or set ami_type: CUSTOM",
      "[c].instance_types[1]: m7g.large is arm64 and m6i.large is x86_64: an image is made for one of them, make two groups",
      "[d].ami_family: needs an Auto Scaling group of our own: remove it, or set kind: self_managed (or auto) instead of managed",
    ]);
  });

  test("that move", () => {
    expect(problemsOfWorkers("{ name: a, ami_type: CUSTOM, ami_family: AL2023, ami_id: latest }")).toEqual([
      `[a].ami_id: must be the id of an image, such as ami-0123456789abcdef0, got "latest"`,
    ]);
  });

  test("for machines that are no nodes", () => {
    expect(
      problemsOfWorkers(
        "{ name: a, instance_type: mac1.metal }",
        "{ name: b, ami_type: AL2023_ARM_64_STANDARD, instance_types: [m7g.large, mac2-m2.metal] }",
      ),
    ).toEqual([
      "[a].instance_type: mac1.metal runs macOS, and EKS has no such nodes: take another type",
      "[b].instance_types[1]: mac2-m2.metal runs macOS, and EKS has no such nodes: take another type",
    ]);
  });

  test("for other instances", () => {
    expect(
      problemsOfWorkers(
        `{ name: a, ${BOTTLEROCKET}_FIPS, instance_type: m7g.large }`,
        `{ name: b, ${WINDOWS}, instance_type: m7g.large }`,
        "{ name: c, ami_type: AL2023_x86_64_NVIDIA, instance_types: [g5.xlarge, m6i.large] }",
        "{ name: d, ami_type: AL2023_x86_64_NEURON, instance_type: g5.xlarge }",
        "{ name: e, instance_types: [g5.xlarge, inf2.xlarge, g4ad.xlarge] }",
        `{ name: f, ${BOTTLEROCKET}, instance_types: [g5.xlarge, inf2.xlarge] }`,
        `{ name: g, ${WINDOWS}, instance_types: [t3.small, m6a.large, m4.large, m4.16xlarge] }`,
        "{ name: h, ami_type: WINDOWS_CORE_2022_x86_64, root_volume: { size_gib: 49 } }",
        `{ name: i, kind: self_managed, ${WINDOWS} }`,
      ),
    ).toEqual([
      "[a].instance_type: m7g.large is arm64 and ami_type BOTTLEROCKET_x86_64_FIPS is x86_64: take an ami_type such as BOTTLEROCKET_ARM_64_FIPS, or another type",
      "[b].instance_type: m7g.large is arm64 and ami_type WINDOWS_CORE_2022_x86_64 is x86_64: take another type",
      "[c].instance_types[1]: m6i.large has no NVIDIA GPU, for which ami_type AL2023_x86_64_NVIDIA is made: take another type, or an ami_type such as AL2023_x86_64_STANDARD",
      "[d].instance_type: g5.xlarge has no Inferentia or Trainium chip, for which ami_type AL2023_x86_64_NEURON is made: take another type, or an ami_type such as AL2023_x86_64_STANDARD",
      "warning: [e].instance_types[0]: g5.xlarge has an NVIDIA GPU, for which ami_type AL2023_x86_64_STANDARD has no driver: take AL2023_x86_64_NVIDIA, unless a chart of yours brings one",
      "warning: [e].instance_types[1]: inf2.xlarge has Inferentia or Trainium chips, for which ami_type AL2023_x86_64_STANDARD has no driver: take AL2023_x86_64_NEURON, unless a chart of yours brings one",
      "warning: [f].instance_types[0]: g5.xlarge has an NVIDIA GPU, for which ami_type BOTTLEROCKET_x86_64 has no driver: take BOTTLEROCKET_x86_64_NVIDIA, unless a chart of yours brings one",
      "[g].instance_types[0]: t3.small has too little memory for Windows: take 4 GiB or more, such as t3.medium",
      "[g].instance_types[1]: m6a.large does not run Windows on EKS: take another family, such as m6i",
      "[g].instance_types[2]: m4.large does not run Windows on EKS: take another family, such as m6i",
      "warning: [h].ami_type: runs no pods that are made for Linux, and those that name no operating system may be scheduled on it: add a taint such as os=windows:NoSchedule",
      "[h].root_volume.size_gib: must be at least 50 for Windows, got 49",
      "[i].ami_type: WINDOWS_CORE_2022_x86_64 needs a managed group: Systems Manager has only the newest Windows image, which changes by itself. Take kind: managed, or ami_type: CUSTOM with an ami_id",
    ]);
  });

  test("that the release does not pin, or pins for another Kubernetes", () => {
    const release = (versions: string) => ({
      "releases/old.yaml": `tfvars: { cluster: { kubernetes_version: "1.35" } }
kubernetes:
  "1.35":
    ami_release_version: 1.35.6-20260714
    eks_addons: { kube-proxy: v1.35.6-eksbuild.1, vpc-cni: v1.23.0-eksbuild.1, eks-pod-identity-agent: v1.3.10-eksbuild.2 }
${versions}charts: {}
`,
      "clusters/a.example.com.yaml": `${SMALLEST.replace("meta:", "meta:\n  RELEASE_MODEL: old")}    - { name: a, ${BOTTLEROCKET} }\n`,
    });
    expect(problemsOf(release("")).filter((problem) => problem.includes("ami_type"))).toEqual([
      `clusters/a.example.com.yaml:9:28 tfvars.workers[a].ami_type: BOTTLEROCKET_x86_64 is not in release old for Kubernetes 1.35: add kubernetes."1.35".bottlerocket_version there, or take an ami_type of another operating system`,
    ]);
    expect(
      problemsOf(
        release(`  "1.34":
    ami_release_version: 1.34.9-20260714
    bottlerocket_version: latest
    windows_ami_release_version: 1.35-2026.04.18
    eks_addons: {}
`),
      ),
    ).toEqual([
      `releases/old.yaml:8:27 kubernetes.1.34.bottlerocket_version: must be a Bottlerocket release with its commit, such as 1.62.1-ea1afdd6, got "latest"`,
      `releases/old.yaml:9:34 kubernetes.1.34.windows_ami_release_version: must begin with 1.34-, because it runs on Kubernetes 1.34, got "1.35-2026.04.18"`,
    ]);
  });

  test("of Windows in a network that it does not know", () => {
    const file = (networking: string) =>
      `${SMALLEST.replace("  workers:", `  networking: ${networking}\n  workers:`)}    - { name: a, ${OWN_WINDOWS}, root_volume: { size_gib: 100 } }\n`;

    expect(problemsOf({ "clusters/a.example.com.yaml": file("{ ip_family: ipv6 }") })).toEqual([
      "clusters/a.example.com.yaml:9:28 tfvars.workers[a].ami_type: is CUSTOM of Windows, and Windows nodes have no IPv6: take another image, or another ip_family",
    ]);
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": file(
          "{ subnet_tiers: [private, public, intra, pod], secondary_cidr_blocks: [100.64.0.0/16] }",
        ),
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:9:28 warning: tfvars.workers[a].ami_type: has pods with addresses of the nodes' subnets: Windows knows no custom networking, for which the tier pod is",
    ]);
  });

  test("of Windows alone", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": SMALLEST.replace("- name: general", `- { name: general, ${WINDOWS} }`),
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:7:5 tfvars.workers: has no group of Linux nodes, which CoreDNS and the controllers need: add one, at least `- name: general`",
    ]);
  });
});
