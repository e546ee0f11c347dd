import { messagesIn } from "../../../support/definition";
import { problemsOf, SMALLEST } from "../../../support/definitions";
import { BOTTLEROCKET, OWN_WINDOWS, testGroup, WINDOWS } from "../../../support/worker-problems";

describe("image types", () => {
  testGroup({
    "refuses an AL2 image and names its successor": [
      "ami_type: AL2_x86_64",
      'ami_type: must be an image type that EKS publishes, and EKS publishes none of Amazon Linux 2 since Kubernetes 1.33, got "AL2_x86_64". Use AL2023_x86_64_STANDARD',
    ],
    "refuses an AL2 image for GPUs and names its successor": [
      "ami_type: AL2_x86_64_GPU",
      'ami_type: must be an image type that EKS publishes, and EKS publishes none of Amazon Linux 2 since Kubernetes 1.33, got "AL2_x86_64_GPU". Use AL2023_x86_64_NVIDIA',
    ],
    "refuses an AL2 image for arm64 and names its successor": [
      "ami_type: AL2_ARM_64",
      'ami_type: must be an image type that EKS publishes, and EKS publishes none of Amazon Linux 2 since Kubernetes 1.33, got "AL2_ARM_64". Use AL2023_ARM_64_STANDARD',
    ],
    "refuses an image type that the provider does not support": [
      "ami_type: BOTTLEROCKET_x86_64_NVIDIA_FIPS",
      'ami_type: must be an image type that Terraform\'s AWS provider supports, and its version here is too old for this one, got "BOTTLEROCKET_x86_64_NVIDIA_FIPS". Use BOTTLEROCKET_x86_64_NVIDIA, or BOTTLEROCKET_x86_64_FIPS without GPUs',
    ],
  });
});

describe("custom images", () => {
  testGroup({
    "requires ami_id and ami_family": [
      "ami_type: CUSTOM",
      "ami_type: CUSTOM requires ami_id, the id of an image, such as ami-0123456789abcdef0",
      "ami_type: CUSTOM requires ami_family, the image's system: AL2023, BOTTLEROCKET or WINDOWS",
    ],
    "refuses ami_id and ami_family of an image of EKS": [
      "ami_id: ami-01234567\nami_family: AL2023",
      "ami_id: has no effect because ami_type is AL2023_x86_64_STANDARD. Remove it, or set ami_type: CUSTOM",
      "ami_family: has no effect because ami_type is AL2023_x86_64_STANDARD. Remove it, or set ami_type: CUSTOM",
    ],
    "refuses types of two architectures": [
      "ami_type: CUSTOM\nami_family: AL2023\nami_id: ami-01234567\ninstance_types: [m6i.large, m7g.large]",
      "instance_types[1]: m7g.large is arm64, but m6i.large is x86_64, and an image supports only one of them. Use two groups",
    ],
    "refuses a custom Windows image in a managed group": [
      `kind: managed\n${OWN_WINDOWS}\nroot_volume: { size_gib: 100 }`,
      "ami_family: requires a self-managed group. Remove it, or set kind: self_managed (or auto)",
    ],
    "refuses an id that is not the id of an image": [
      "ami_type: CUSTOM\nami_family: AL2023\nami_id: latest",
      'ami_id: must be the id of an image, such as ami-0123456789abcdef0, got "latest"',
    ],
  });
});

describe("architectures and accelerators", () => {
  testGroup({
    "reports the architecture alone, if a type has a GPU too": [
      "instance_type: g5g.xlarge",
      "instance_type: g5g.xlarge is arm64, but ami_type AL2023_x86_64_STANDARD is x86_64. Use an ami_type such as AL2023_ARM_64_STANDARD, or another type",
    ],
    "refuses mac types": [
      "instance_type: mac1.metal",
      "instance_type: mac1.metal runs macOS, which EKS does not support on nodes. Use another type",
    ],
    "refuses mac types beside others": [
      "ami_type: AL2023_ARM_64_STANDARD\ninstance_types: [m7g.large, mac2-m2.metal]",
      "instance_types[1]: mac2-m2.metal runs macOS, which EKS does not support on nodes. Use another type",
    ],
    "refuses another architecture and names the image for it": [
      `${BOTTLEROCKET}_FIPS\ninstance_type: m7g.large`,
      "instance_type: m7g.large is arm64, but ami_type BOTTLEROCKET_x86_64_FIPS is x86_64. Use an ami_type such as BOTTLEROCKET_ARM_64_FIPS, or another type",
    ],
    "refuses arm64 types for Windows": [
      `${WINDOWS}\ninstance_type: m7g.large`,
      "instance_type: m7g.large is arm64, but ami_type WINDOWS_CORE_2022_x86_64 is x86_64. Use another type",
    ],
    "reports each wrong type by itself": [
      "instance_types: [m6i.large, m7g.large, m6i.large, large]",
      "instance_types[1]: m7g.large is arm64, but ami_type AL2023_x86_64_STANDARD is x86_64. Use an ami_type such as AL2023_ARM_64_STANDARD, or another type",
      "instance_types[2]: lists m6i.large twice. Remove one of them",
      'instance_types[3]: must be an EC2 instance type, such as m6i.large, got "large"',
    ],
    "reports a wrong type of the shorthand at the shorthand": [
      "instance_type: m7g.large",
      "instance_type: m7g.large is arm64, but ami_type AL2023_x86_64_STANDARD is x86_64. Use an ami_type such as AL2023_ARM_64_STANDARD, or another type",
    ],
    "reports only the type if it is not text": [
      "ami_type: BOTTLEROCKET_ARM_64\ninstance_type: 5",
      'instance_type: must be text, got 5, which YAML reads as a number. Write "5" in quotes',
    ],
    "refuses the shorthand beside the list": [
      "instance_type: m6i.large\ninstance_types: [m6i.large]",
      "instance_type: sets the same value as instance_types in this file. Keep one of them",
    ],
    "refuses types without a GPU for an image that requires one": [
      "ami_type: AL2023_x86_64_NVIDIA\ninstance_types: [g5.xlarge, m6i.large]",
      "instance_types[1]: m6i.large has no NVIDIA GPU, which ami_type AL2023_x86_64_NVIDIA requires. Use another type, or an ami_type such as AL2023_x86_64_STANDARD",
    ],
    "refuses types without Neuron for an image that requires it": [
      "ami_type: AL2023_x86_64_NEURON\ninstance_type: g5.xlarge",
      "instance_type: g5.xlarge has no Inferentia or Trainium chip, which ami_type AL2023_x86_64_NEURON requires. Use another type, or an ami_type such as AL2023_x86_64_STANDARD",
    ],
    "warns of Neuron devices that nothing offers to pods": [
      "ami_type: AL2023_x86_64_NEURON\ninstance_type: inf2.xlarge",
      "warning: ami_type: pods get no Neuron device, because nothing offers those of these nodes to them. Add a device plugin to extra_charts, such as the chart neuron-helm-chart of oci://public.ecr.aws/neuron",
    ],
    "warns of accelerators without a driver": [
      "instance_types: [g5.xlarge, inf2.xlarge, g4ad.xlarge]",
      "warning: instance_types[0]: g5.xlarge has an NVIDIA GPU, but ami_type AL2023_x86_64_STANDARD has no driver for it. Use AL2023_x86_64_NVIDIA, unless a chart installs the driver",
      "warning: instance_types[1]: inf2.xlarge has an Inferentia or Trainium chip, but ami_type AL2023_x86_64_STANDARD has no driver for it. Use AL2023_x86_64_NEURON, unless a chart installs the driver",
    ],
    "warns of GPUs, but not of Neuron, without a driver on Bottlerocket": [
      `${BOTTLEROCKET}\ninstance_types: [g5.xlarge, inf2.xlarge]`,
      "warning: instance_types[0]: g5.xlarge has an NVIDIA GPU, but ami_type BOTTLEROCKET_x86_64 has no driver for it. Use BOTTLEROCKET_x86_64_NVIDIA, unless a chart installs the driver",
    ],
  });

  test("reports a wrong type in worker_defaults at its line", () => {
    expect(messagesIn({ worker_defaults: "instance_type: m7g.large" })).toEqual([
      "tfvars.workers[general].instance_type: m7g.large is arm64, but ami_type AL2023_x86_64_STANDARD is x86_64. Use an ami_type such as AL2023_ARM_64_STANDARD, or another type",
    ]);
  });
});

describe("Windows", () => {
  testGroup({
    "refuses families that do not support Windows, and small sizes": [
      `${WINDOWS}\ninstance_types: [t3.small, m6a.large, m4.large, m4.16xlarge]`,
      "instance_types[0]: t3.small has too little memory for Windows. Use a type with at least 4 GiB, such as t3.medium",
      "instance_types[1]: m6a.large does not support Windows on EKS. Use another family, such as m6i",
      "instance_types[2]: m4.large does not support Windows on EKS. Use another family, such as m6i",
    ],
    "warns of a group without a taint": [
      "ami_type: WINDOWS_CORE_2022_x86_64\nroot_volume: { size_gib: 50 }",
      "warning: ami_type: runs no Linux pods, but Kubernetes can schedule Linux pods without a node selector on it. Add a taint, such as os=windows:NoSchedule",
    ],
    "refuses a root volume below 50 GiB": [
      `${WINDOWS.replace("100", "49")}`,
      "root_volume.size_gib: must be at least the size of Windows images (50), but is 49",
    ],
    "refuses a self-managed group of an image of EKS": [
      `kind: self_managed\n${WINDOWS}`,
      "ami_type: WINDOWS_CORE_2022_x86_64 requires a managed group, because Systems Manager has only the newest Windows image, which changes. Set kind: managed, or ami_type: CUSTOM with an ami_id",
    ],
  });

  test("refuses a cluster whose only group runs Windows", () => {
    const yaml = SMALLEST.replace("- name: general", `- name: general\n${WINDOWS.replaceAll(/^/gm, "      ")}`);

    expect(problemsOf({ "clusters/a.example.com.yaml": yaml })).toEqual([
      "clusters/a.example.com.yaml:7:5 tfvars.workers: has no group of Linux nodes, which CoreDNS and the controllers require. Add one, such as `- name: general`",
    ]);
  });

  const group = `- name: a\n  kind: self_managed\n  root_volume: { size_gib: 100 }\n${OWN_WINDOWS.replaceAll(/^/gm, "  ")}`;

  test("refuses Windows in an IPv6 network", () => {
    expect(messagesIn({ workers: group, networking: "ip_family: ipv6" })).toEqual([
      "tfvars.workers[a].ami_type: is a CUSTOM image of Windows, but Windows nodes do not support IPv6. Choose another image or ip_family",
    ]);
  });

  test("warns of Windows beside subnets for pods", () => {
    const networking = "subnet_tiers: [private, public, intra, pod]\nsecondary_cidr_blocks: [100.64.0.0/16]";

    expect(messagesIn({ workers: group, networking })).toEqual([
      "warning: tfvars.workers[a].ami_type: Windows does not support custom networking, so its pods get addresses of the nodes' subnets. Remove the pod tier, or use Linux nodes",
    ]);
  });
});

describe("pins of a release", () => {
  const release = (versions: string, group = BOTTLEROCKET) => ({
    "releases/old.yaml": `tfvars: { cluster: { kubernetes_version: "1.35" } }
kubernetes:
  "1.35":
    ami_release_version: 1.35.6-20260714
    eks_addons: { kube-proxy: v1.35.6-eksbuild.1, vpc-cni: v1.23.0-eksbuild.1, eks-pod-identity-agent: v1.3.10-eksbuild.2 }
${versions}charts: {}
`,
    "clusters/a.example.com.yaml": `${SMALLEST.replace("meta:", "meta:\n  RELEASE_MODEL: old")}    - { name: a, ${group} }\n`,
  });

  test("refuses an image that the release does not pin", () => {
    expect(problemsOf(release("")).filter((problem) => problem.includes("ami_type"))).toEqual([
      `clusters/a.example.com.yaml:9:28 tfvars.workers[a].ami_type: BOTTLEROCKET_x86_64 has no version in release old for Kubernetes 1.35. Add kubernetes."1.35".bottlerocket_version to the release, or use an ami_type of another operating system`,
    ]);
  });

  test("says nothing of the pin of a self-managed Windows group, which no release can pin", () => {
    const group =
      "ami_type: WINDOWS_CORE_2022_x86_64, kind: self_managed, taints: [{ key: os, value: windows, effect: NoSchedule }], root_volume: { size_gib: 50 }";

    expect(problemsOf(release("", group)).filter((problem) => problem.includes("ami_type"))).toEqual([
      "clusters/a.example.com.yaml:9:28 tfvars.workers[a].ami_type: WINDOWS_CORE_2022_x86_64 requires a managed group, because Systems Manager has only the newest Windows image, which changes. Set kind: managed, or ami_type: CUSTOM with an ami_id",
    ]);
  });

  test("refuses versions that do not belong to the system or to the Kubernetes version", () => {
    const versions = `  "1.34":
    ami_release_version: 1.34.9-20260714
    bottlerocket_version: latest
    windows_ami_release_version: 1.35-2026.04.18
    eks_addons: {}
`;

    expect(problemsOf(release(versions))).toEqual([
      `releases/old.yaml:8:27 kubernetes.1.34.bottlerocket_version: must be a Bottlerocket release with its commit, such as 1.62.1-ea1afdd6, got "latest"`,
      `releases/old.yaml:9:34 kubernetes.1.34.windows_ami_release_version: must begin with 1.34-, because it runs on Kubernetes 1.34, got "1.35-2026.04.18"`,
    ]);
  });
});

describe("age of Windows images", () => {
  const warned = (today: string, worker = WINDOWS): string[] =>
    messagesIn({ worker, workers: "- name: other" }, { today });

  test("warns from the day on which AWS hides the release's image", () => {
    expect(warned("2026-08-17")).toEqual([]);
    expect(warned("2026-08-18")).toEqual([
      "warning: tfvars.workers[general].ami_type: release 2026.10 pins the Windows image 1.35-2026.04.18, which AWS hides after 4 months, on 2026-08-18. Use a release with a newer windows_ami_release_version",
    ]);
  });

  test("refuses a release of a day that does not exist", () => {
    const release = `kubernetes:
  "1.35":
    ami_release_version: 1.35.8-20260930
    windows_ami_release_version: 1.35-2026.13.18
    eks_addons: {}
charts: {}
`;

    expect(problemsOf({ "releases/mine.yaml": release, "clusters/a.example.com.yaml": SMALLEST })).toEqual([
      'releases/mine.yaml:4:34 kubernetes.1.35.windows_ami_release_version: must be an EKS Windows AMI release, such as 1.35-2026.04.18, got "1.35-2026.13.18"',
    ]);
  });

  test("accepts a custom Windows image, which AWS does not hide", () => {
    expect(warned("2026-09-01", `${OWN_WINDOWS}\nroot_volume: { size_gib: 100 }`)).toEqual([]);
  });
});
