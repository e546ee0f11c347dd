import { loadFleet } from "../../../fleet/load";
import { DefinitionFiles } from "../../../fleet/read/files";
import { planUpgrade } from "../../../operations/upgrade/plan-upgrade";
import { type UpgradeReport, upgradeReport } from "../../../operations/upgrade/report";
import { definition, type Sections } from "../../support/definition";
import { readingDefinitions } from "../../support/definitions";

const FILE = "clusters/a.example.com.yaml";
const TODAY = "2026-11-30";

/** Plans the upgrade of a cluster of release 2026.12, or of another one. */
function planned(to: string, sections: Sections, release = "2026.12", edit = (text: string) => text): UpgradeReport {
  const text = edit(definition({ ...sections, meta: `RELEASE_MODEL: "${release}"\n${sections.meta ?? ""}` }));
  return readingDefinitions({ [FILE]: text }, (directory) => {
    const files = new DefinitionFiles(directory, "definitions");
    const [cluster] = loadFleet({ directory, shipped: "definitions", today: TODAY }).clusters;
    const [file] = files.clusterFiles();
    if (cluster === undefined || file === undefined) throw new TypeError("no cluster");
    const { report } = planUpgrade({ cluster, file, files, to, today: TODAY });
    return upgradeReport.parse(JSON.parse(JSON.stringify(report).replaceAll(`${directory}/`, "")));
  });
}

const OLD = { cluster: 'kubernetes_version: "1.35"\n' };

/** The steps as `id`, then `resource key: from -> to` for each changed value. */
const stepsOf = ({ rounds }: UpgradeReport, round = 0): readonly (readonly string[])[] =>
  (rounds[round]?.steps ?? []).map(({ changes, id }) => [
    id,
    ...changes.flatMap(({ name, type, values }) =>
      values.map(({ from, key, to }) => `${type} ${name} ${key}: ${from} -> ${to}`),
    ),
  ]);

test("the steps are in order, and each lists what it changes with its versions", () => {
  const report = planned("1.36", {
    ...OLD,
    addons: "cluster_autoscaler_enabled: true\nplatform: none\n",
    worker: "ami_type: AL2023_x86_64_STANDARD\n",
  });
  expect(stepsOf(report)).toEqual([
    ["insights"],
    ["control-plane", "aws_eks_cluster a-example-com version: 1.35 -> 1.36"],
    ["kube-proxy", "aws_eks_addon kube-proxy addon_version: v1.35.3-eksbuild.29 -> v1.36.0-eksbuild.45"],
    ["eks-addons", "aws_eks_addon coredns addon_version: v1.14.6-eksbuild.4 -> v1.14.7-eksbuild.11"],
    [
      "nodes",
      expect.stringMatching(/^aws_eks_node_group general-\w+ release_version: 1\.35\.8-20260930 -> 1\.36\.4-20260930$/),
      expect.stringMatching(/^aws_eks_node_group general-\w+ version: 1\.35 -> 1\.36$/),
    ],
    ["cluster-autoscaler", "helm_release cluster-autoscaler values.0.image.tag: v1.35.2 -> v1.36.1"],
    ["clients"],
  ]);
});

test("two minor versions are two rounds, and the edit is for the first one", () => {
  const report = planned("1.35", { cluster: 'kubernetes_version: "1.33"\n' }, "2026.10");
  expect(report.rounds.map(({ from, to }) => [from, to])).toEqual([
    ["1.33", "1.34"],
    ["1.34", "1.35"],
  ]);
  expect(report.edit).toEqual({
    place: { file: FILE, line: 10, column: 25 },
    from: "1.33",
    to: "1.34",
    written: false,
  });
  expect(report.rounds.map(({ kubelets }) => kubelets)).toEqual([
    [{ group: "general", image: "1.33.13-20260714", kubelet: "1.33", behind: 1, allowed: true }],
    [{ group: "general", image: "1.33.13-20260714", kubelet: "1.33", behind: 2, allowed: true }],
  ]);
});

test("the same version needs no step", () => {
  expect(planned("1.35", OLD)).toMatchObject({ from: "1.35", to: "1.35", rounds: [], edit: null, advice: null });
});

test("a version of the release is not edited, and the advice names the layer and both ways", () => {
  const channels = 'stable: { release: "2026.12", tfvars: { cluster: { kubernetes_version: "1.35" } } }\n';
  const report = readingDefinitions({ [FILE]: definition(), "channels.yaml": channels }, (directory) => {
    const files = new DefinitionFiles(directory, "definitions");
    const [cluster] = loadFleet({ directory, shipped: "definitions", today: TODAY }).clusters;
    const [file = ""] = files.clusterFiles();
    if (cluster === undefined) throw new TypeError("no cluster");
    const { report: planned } = planUpgrade({ cluster, file, files, to: "1.36", today: TODAY });
    return JSON.parse(JSON.stringify(planned).replaceAll(`${directory}/`, "")) as UpgradeReport;
  });
  expect(report.edit).toBeNull();
  expect(report.advice).toBe(
    `The version comes from channel stable (channels.yaml:1:72), which other clusters use too. To upgrade them all, change it there. To upgrade this cluster alone, add kubernetes_version: "1.36" under tfvars.cluster in ${FILE}`,
  );
});

const ruleOf = (sections: Sections, id: string, to = "1.36", release?: string) => {
  const { rounds } = planned(to, sections, release);
  const rule = rounds.flatMap(({ rules }) => rules).find((each) => each.id === id);
  return rule && [rule.status, ...rule.where];
};

test("externalIPs in a manifest are found at their place", () => {
  const extra_manifests =
    "- name: own\n  namespace: default\n  manifests:\n    - apiVersion: v1\n      kind: Service\n      metadata: { name: s, namespace: default }\n      spec: { externalIPs: [192.0.2.1], ports: [{ port: 80 }] }\n";
  expect(ruleOf({ ...OLD, extra_manifests }, "external-ips")).toEqual(["found", `${FILE}:18:19`]);
  expect(ruleOf(OLD, "external-ips")).toEqual(["not found"]);
});

test("a group with its own image is checked by hand, because the definition does not show its containerd", () => {
  const worker = "ami_type: CUSTOM\nami_id: ami-0123456789abcdef0\nami_family: AL2023\n";
  expect(ruleOf({ ...OLD, worker }, "containerd-1")).toEqual(["check by hand", "general"]);
  expect(ruleOf(OLD, "containerd-1")).toEqual(["not found"]);
});

test("kube-proxy in mode ipvs is found, and another mode is not", () => {
  const kube_proxy = (mode: string) => ({
    cluster: `kubernetes_version: "1.34"\nkube_proxy: { values: { mode: ${mode} } }\n`,
  });
  expect(ruleOf(kube_proxy("ipvs"), "ipvs", "1.35", "2026.10")).toEqual(["found", `${FILE}:11:29`]);
  expect(ruleOf(kube_proxy("iptables"), "ipvs", "1.35", "2026.10")).toEqual(["not found"]);
});

test("an object whose API the new version removes is found at its place", () => {
  const extra_manifests =
    "- name: own\n  namespace: default\n  manifests:\n    - apiVersion: resource.k8s.io/v1beta1\n      kind: DeviceClass\n      metadata: { name: d }\n      spec: {}\n";
  const { rounds } = planned("1.36", { ...OLD, extra_manifests });
  expect(rounds[0]?.steps.map(({ id }) => id).slice(0, 3)).toEqual(["insights", "apis", "control-plane"]);
  expect(rounds[0]?.steps[1]?.notes[0]).toBe("DeviceClass d: resource.k8s.io/v1beta1 -> resource.k8s.io/v1beta2");
  expect(rounds[0]?.apis).toEqual([
    {
      api: "resource.k8s.io/v1beta1",
      kind: "DeviceClass",
      name: "d",
      status: "removed",
      since: "1.36",
      removed_in: "1.36",
      replacement: "resource.k8s.io/v1beta2",
      where: { file: FILE, line: 15, column: 23 },
    },
  ]);
});

test("nothing that the program itself installs has an API that 1.36 removes", () => {
  expect(planned("1.36", OLD).rounds[0]?.apis).toEqual([]);
});

test("nodes and builds that nobody saw with the earlier version go back first", () => {
  expect(planned("1.36", { ...OLD, addons: "platform: none\n" }).rounds[0]?.rollback).toEqual({
    possible: true,
    reason: null,
    last_day: "2026-12-07",
    first: [
      "managed group general, if its nodes are replaced already",
      "EKS add-on kube-proxy: v1.36.0-eksbuild.45 -> v1.35.3-eksbuild.29",
      "EKS add-on coredns: v1.14.7-eksbuild.11 -> v1.14.6-eksbuild.4",
    ],
  });
});

const EVERY_KIND = {
  cluster: `kubernetes_version: "1.35"
remote_networks: { node_cidrs: [10.61.0.0/16] }
hybrid_nodes: { credential_provider: SSM }
`,
  addons: "platform: none\nkarpenter_enabled: true\ncluster_autoscaler_enabled: false\n",
  worker: "ami_type: AL2023_x86_64_STANDARD\n",
  workers: `- name: own
  ami_type: AL2023_x86_64_STANDARD
  spot_price: 0.1
- name: image
  ami_type: CUSTOM
  ami_family: AL2023
  ami_id: ami-0123456789abcdef0
`,
  node_pools: "- { name: burst, limits: { vcpus: 10 } }\n",
  fargate_profiles: "- { name: batch, selectors: [{ namespace: batch }] }\n",
};

test("kubelets, notes of the nodes and what must go back first name nodes of every kind", () => {
  const round = planned("1.36", EVERY_KIND).rounds[0];
  expect(round?.kubelets.map(({ behind, group }) => [group, behind])).toEqual([
    ["general", 1],
    ["own", 1],
    ["image", null],
    ["burst", 1],
    ["batch", 1],
    ["hybrid nodes", null],
  ]);
  expect(round?.steps.find(({ id }) => id === "nodes")?.notes.slice(1)).toEqual([
    "general: EKS replaces the nodes, and drains each by its PodDisruptionBudgets",
    "own: only new nodes have the new image. Set instance_refresh, or replace the nodes yourself",
    "image: boots your own image. Build one with kubelet 1.36",
    "batch: pods on Fargate keep their kubelet until they are created again. Restart their workloads",
    "hybrid nodes: upgrade each with nodeadm upgrade 1.36",
    "burst: remove the disruption budget, if you added one before the control plane",
  ]);
  // Karpenter follows the control plane by itself.
  expect(round?.steps.find(({ id }) => id === "control-plane")?.notes).toEqual([
    expect.stringMatching(/^burst: Karpenter replaces the nodes from now on/),
  ]);
  // No kubelet may be newer than the control plane.
  expect(round?.rollback.first.filter((each) => !each.startsWith("EKS add-on"))).toEqual([
    "managed group general, if its nodes are replaced already",
    "self-managed group own, if its nodes are replaced already",
    "managed group image, if its nodes are replaced already",
    "Karpenter pool burst, if its nodes are replaced already: set ami_ids to images with kubelet 1.35, because Karpenter boots the control plane's version otherwise",
    "hybrid nodes, if they are upgraded already",
    "pods of Fargate profile batch that started since",
  ]);
});

test("a cluster of Auto Mode alone has no step for nodes, because EKS replaces them after the control plane", () => {
  const sections = {
    cluster: 'kubernetes_version: "1.35"\nauto_mode: { enabled: true, node_pools: [general-purpose, system] }\n',
    addons:
      "platform: none\ncoredns_enabled: false\naws_ebs_csi_driver_enabled: false\naws_load_balancer_controller_enabled: false\ncluster_autoscaler_enabled: false\n",
  };
  const withoutGroups = (text: string): string => text.replace(/ {2}workers:\n.*\n/, "  workers: []\n");
  const round = planned("1.36", sections, undefined, withoutGroups).rounds[0];
  expect(round?.steps.map(({ id }) => id)).toEqual(["insights", "control-plane", "clients"]);
  expect(round?.steps[1]?.notes).toEqual([
    "Auto Mode: EKS replaces the nodes from now on, and replaces them again in a rollback",
  ]);
  expect(round?.kubelets).toMatchObject([
    { group: "general-purpose", kubelet: "1.35", behind: 1 },
    { group: "system" },
  ]);
});

test("images in the user's registry are copied, and add-ons with the user's builds are checked, before the control plane", () => {
  const steps = planned("1.36", {
    cluster:
      'kubernetes_version: "1.35"\nextra_eks_addons: [{ name: adot, version: v0.141.0-eksbuild.1, before_nodes: false }]\n',
    addons:
      "platform: none\ncluster_autoscaler:\n  enabled: true\n  values: { image: { repository: registry.example.com/cluster-autoscaler } }\n",
  }).rounds[0]?.steps;
  expect(steps?.[0]?.commands[1]).toMatch(/describe-addon-versions --addon-name adot --kubernetes-version 1\.36/);
  expect(steps?.[1]).toMatchObject({ id: "images", notes: ["registry.example.com/cluster-autoscaler:v1.36.1"] });
});

test("warnings that only the new version has are in the plan", () => {
  const worker = "ami_type: WINDOWS_CORE_2022_x86_64\ntaints: [{ key: os, value: windows, effect: NoSchedule }]\n";
  const { rounds } = planned(
    "1.35",
    { cluster: 'kubernetes_version: "1.34"\n', worker, workers: "- name: linux\n" },
    "2026.11",
  );
  expect(rounds[0]?.warnings).toEqual([expect.stringContaining("Windows image 1.35-2026.04.18, which AWS hides")]);
});
