import { testReports } from "../../support/definition";
import { problemsOf, SMALLEST } from "../../support/definitions";

describe("values of the wrong type", () => {
  test("refuses text in place of a map", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `meta: hello
tfvars: 5
`,
      }),
    ).toEqual([
      `clusters/a.example.com.yaml:1:7 meta: must be a map of keys, got "hello"`,
      "clusters/a.example.com.yaml:2:9 tfvars: must be a map of keys, got 5",
    ]);
  });
  test("refuses maps in place of text and lists", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: { a: b }
  OWNER: [x]
tfvars:
  common: []
  networking: 1
  cluster: text
  worker_defaults: true
  workers: { general: {} }
  addons: null
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:2:17 meta.CLUSTER_NAME: must be text, got a map",
      "clusters/a.example.com.yaml:3:10 meta.OWNER: must be text, got a list. Write x",
      "clusters/a.example.com.yaml:5:11 tfvars.common: must be a map of keys, got a list",
      "clusters/a.example.com.yaml:6:15 tfvars.networking: must be a map of keys, got 1",
      `clusters/a.example.com.yaml:7:12 tfvars.cluster: must be a map of keys, got "text"`,
      "clusters/a.example.com.yaml:8:20 tfvars.worker_defaults: must be a map of keys, got true",
      'clusters/a.example.com.yaml:9:12 tfvars.workers: must be a list, got a map. Write "- name: general", with its keys below',
      "clusters/a.example.com.yaml:10:11 tfvars.addons: must be a map of keys, got nothing, which removes the value of the layers below. Remove this line, or write {}",
    ]);
  });
  test("refuses a section without keys", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  addons:
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:8:10 tfvars.addons: must be a map of keys, got nothing, which removes the value of the layers below. Remove this line, or write {}",
    ]);
  });
  test("requires a region if a file has only a name", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:1:1 tfvars.common.aws_region: is required: must be text",
      "clusters/a.example.com.yaml:1:1 tfvars.workers: has no group, so no pods can run. Add a group, such as `- name: general`",
    ]);
  });
  test("requires a name and a region of an empty map", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `{}
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:1:1 meta.CLUSTER_NAME: is required: must be text",
      "clusters/a.example.com.yaml:1:1 tfvars.common.aws_region: is required: must be text",
      "clusters/a.example.com.yaml:1:1 tfvars.workers: has no group, so no pods can run. Add a group, such as `- name: general`",
    ]);
  });
  testReports({
    "suggests quotes for a version that YAML reads as a number": {
      cluster: "kubernetes_version: 1.30",
      reports: [
        `9:25 tfvars.cluster.kubernetes_version: must be text, got 1.30, which YAML reads as a number. Write "1.30" in quotes`,
      ],
    },
    "suggests quotes for a release that YAML reads as a number": {
      meta: "RELEASE_MODEL: 2026.10",
      reports: [
        `3:18 meta.RELEASE_MODEL: must be text, got 2026.10, which YAML reads as a number. Write "2026.10" in quotes`,
      ],
    },
    "refuses no and off in place of false": {
      cluster: `deletion_protection: no
endpoint_private_access: On`,
      reports: [
        `9:26 tfvars.cluster.deletion_protection: must be true or false, got "no", which YAML reads as text. Write false`,
        `10:30 tfvars.cluster.endpoint_private_access: must be true or false, got "On", which YAML reads as text. Write true`,
      ],
    },
    "accepts no as a name": { meta: "OWNER: no", reports: [] },
    "refuses numbers in quotes": {
      worker: `min_size: "2"
max_size: "three"
spot_price: "0.1"`,
      reports: [
        `8:17 tfvars.workers[general].min_size: must be a whole number from 0 to 100000, got "2", which YAML reads as text. Write 2 without quotes`,
        `9:17 tfvars.workers[general].max_size: must be a whole number from 1 to 100000, got "three"`,
        `10:19 tfvars.workers[general].spot_price: must be a number or null, got "0.1", which YAML reads as text. Write 0.1 without quotes`,
      ],
    },
    "refuses numbers that are infinite or not a number": {
      worker: `min_size: .nan
max_size: 1e999
spot_price: -.inf
desired_size: 1.5`,
      reports: [
        "8:17 tfvars.workers[general].min_size: must be a whole number from 0 to 100000, got .nan",
        "9:17 tfvars.workers[general].max_size: must be a whole number from 1 to 100000, got 1e999",
        "10:19 tfvars.workers[general].spot_price: must be a number or null, got -.inf",
        "11:21 tfvars.workers[general].desired_size: must be a whole number from 0 or null, got 1.5",
      ],
    },
    "refuses numbers out of bounds": {
      worker: `min_size: -1
max_size: 9999999999999999999
max_unavailable_percentage: 0
spot_price: 0
root_volume: { size_gib: 1, iops: 1, throughput_mib: 2001 }`,
      reports: [
        "8:17 tfvars.workers[general].min_size: must be at least 0, got -1",
        "9:17 tfvars.workers[general].max_size: must be at most 100000, got 9999999999999999999",
        "10:35 tfvars.workers[general].max_unavailable_percentage: must be at least 1, got 0",
        "11:19 tfvars.workers[general].spot_price: must be more than 0, got 0",
        "12:32 tfvars.workers[general].root_volume.size_gib: must be at least 20, got 1",
        "12:41 tfvars.workers[general].root_volume.iops: must be at least 100, got 1",
        "12:60 tfvars.workers[general].root_volume.throughput_mib: must be at most 2000, got 2001",
      ],
    },
    "accepts hexadecimal and octal numbers": {
      worker: `min_size: 0x1
max_size: 0o17`,
      reports: [],
    },
    "suggests a word of the choice": {
      worker: `kind: manged
ami_type: AL2
capacity_type: spot
instance_types: []`,
      reports: [
        `8:13 tfvars.workers[general].kind: must be one of auto, managed, self_managed, got "manged"`,
        `9:17 tfvars.workers[general].ami_type: must be an image type that EKS publishes, and EKS publishes none of Amazon Linux 2 since Kubernetes 1.33, got "AL2". Use AL2023_x86_64_STANDARD`,
        `10:22 tfvars.workers[general].capacity_type: must be one of ON_DEMAND, SPOT, CAPACITY_BLOCK, got "spot"`,
        "11:23 tfvars.workers[general].instance_types: must have at least 1 item, got none",
      ],
    },
    "refuses retentions that CloudWatch does not support": {
      cluster: "cluster_log_retention_days: 8",
      reports: [
        "9:33 tfvars.cluster.cluster_log_retention_days: must be one of 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 8",
      ],
    },
    "refuses more zones than the region has": {
      networking: "availability_zones: 7",
      reports: ["9:25 tfvars.networking.availability_zones: must be at most 6, got 7"],
    },
    "refuses a single zone": {
      networking: "availability_zones: [us-east-1a]",
      reports: ["9:25 tfvars.networking.availability_zones: must have at least 2 items, got 1 item"],
    },
    "refuses zones as text": {
      networking: "availability_zones: three",
      reports: [`9:25 tfvars.networking.availability_zones: must be a number, or must be a list, got "three"`],
    },
    "refuses numbers and booleans as label values": {
      worker: 'labels: { a: 1, b: true, c: null, "d e": x, f: "g h" }',
      reports: [
        `8:20 tfvars.workers[general].labels.a: must be text, got 1, which YAML reads as a number. Write "1" in quotes`,
        `8:26 tfvars.workers[general].labels.b: must be text, got true, which YAML reads as true or false. Write "true" in quotes`,
        `8:41 tfvars.workers[general].labels."d e": must be a Kubernetes label key, such as example.com/team, got "d e"`,
        `8:54 tfvars.workers[general].labels.f: must be a Kubernetes label value of at most 63 letters, digits, dashes, dots and underscores, got "g h"`,
      ],
    },
    "refuses labels in the name spaces of Kubernetes": {
      worker:
        'labels: { node-role.kubernetes.io/worker: "true", node.kubernetes.io/pool: x, eks.amazonaws.com/nodegroup: x }',
      reports: [
        `8:17 tfvars.workers[general].labels.node-role.kubernetes.io/worker: must not have the prefix kubernetes.io, k8s.io or eks.amazonaws.com, which nodes may not set (except node.kubernetes.io), got "node-role.kubernetes.io/worker". Use your own prefix`,
        `8:85 tfvars.workers[general].labels.eks.amazonaws.com/nodegroup: must not have the prefix kubernetes.io, k8s.io or eks.amazonaws.com, which nodes may not set (except node.kubernetes.io), got "eks.amazonaws.com/nodegroup". Use your own prefix`,
      ],
    },
    "refuses invalid taints": {
      worker: `taints:
  - { key: a, value: b, effect: NoSchedul }
  - { key: a }`,
      reports: [
        `9:39 tfvars.workers[general].taints[0].effect: must be one of NoSchedule, PreferNoSchedule, NoExecute, got "NoSchedul"`,
        "10:11 tfvars.workers[general].taints[1].effect: is required: must be one of NoSchedule, PreferNoSchedule, NoExecute",
      ],
    },
  });
  test("requires the name of a group", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - min_size: 1
`,
      }),
    ).toEqual(["clusters/a.example.com.yaml:7:7 tfvars.workers[0].name: is required: must be text"]);
  });
  test("refuses groups that are text or null", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - general
    - 5
`,
      }),
    ).toEqual([
      `clusters/a.example.com.yaml:7:7 tfvars.workers[0]: must be a map of keys, got "general". Write name: general`,
      "clusters/a.example.com.yaml:8:7 tfvars.workers[1]: must be a map of keys, got 5",
    ]);
  });
  test("refuses a trailing blank in a name", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: "general "
`,
      }),
    ).toEqual([
      `clusters/a.example.com.yaml:7:13 tfvars.workers[general ].name: must be lower-case letters, digits and dashes, starting with a letter, at most 31 characters, got "general "`,
    ]);
  });
  testReports({
    "refuses control characters": {
      meta: 'OWNER: "a\\u001b[31mb"',
      reports: [
        `3:10 meta.OWNER: must be lower-case letters, digits and dashes, starting with a letter, at most 63 characters, got "a\\u001b[31mb"`,
      ],
    },
    "refuses words as numbers, and numbers as booleans": {
      worker: `min_size: yes
autoscaling: 1
kind: 5`,
      reports: [
        '8:17 tfvars.workers[general].min_size: must be a whole number from 0 to 100000, got "yes"',
        "9:20 tfvars.workers[general].autoscaling: must be true or false, got 1",
        "10:13 tfvars.workers[general].kind: must be one of auto, managed, self_managed, got 5",
      ],
    },
  });
});
