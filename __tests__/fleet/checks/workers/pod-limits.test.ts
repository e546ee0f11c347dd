import { testReports } from "../../../support/definition";
import { problemsOf, SMALLEST } from "../../../support/definitions";

const DAEMONS =
  "vpc_cni, kube_proxy, eks_pod_identity_agent, aws_ebs_csi_driver run 4 on every node. Use a larger type";
const beyond = (type: string, pods: number): string =>
  `is more than the network interfaces of ${type} have addresses for: ${pods} pods. Further pods are scheduled there, and never start`;

testReports({
  "refuses nodes that the pods of DaemonSets fill": {
    worker: "instance_type: t3.micro",
    reports: [
      `8:22 tfvars.workers[general].instance_type: leaves no room for a pod: nodes of type t3.micro run at most 4 pods, and ${DAEMONS}`,
    ],
  },
  "refuses a pod limit that DaemonSets reach": {
    worker: "kubelet: { max_pods: 4 }",
    reports: [
      `8:28 tfvars.workers[general].kubelet.max_pods: leaves no room for a pod: nodes of type m6i.large run at most 4 pods, and ${DAEMONS}, or raise kubelet.max_pods`,
    ],
  },
  "refuses groups without room for CoreDNS and the addons": {
    worker: "kubelet: { max_pods: 5 }",
    reports: [
      "8:28 tfvars.workers[general].kubelet.max_pods: leaves room for 3 pods besides those of every node, with all groups at max_size, but CoreDNS and the addons require at least 5. Use larger types, or raise max_size or kubelet.max_pods",
    ],
  },
  "warns of more pods than the interfaces of a type have addresses for": {
    worker: "instance_type: t3.medium\nkubelet: { max_pods: 500 }",
    reports: [
      `9:28 warning: tfvars.workers[general].kubelet.max_pods: ${beyond("t3.medium", 17)}. Lower it to 17, set tfvars.cluster.vpc_cni.prefix_delegation: true, or use a larger type`,
    ],
  },
  "warns of more pods than prefixes hold": {
    worker: "instance_type: t3.medium\nkubelet: { max_pods: 500 }",
    cluster: "vpc_cni: { prefix_delegation: true }",
    reports: [
      `9:28 warning: tfvars.workers[general].kubelet.max_pods: ${beyond("t3.medium", 242)}. Lower it to 242, or use a larger type`,
    ],
  },
  "counts addresses of the smallest type": {
    worker: "instance_types: [m6i.large, t3.medium]\nkubelet: { max_pods: 18 }",
    reports: [
      `9:28 warning: tfvars.workers[general].kubelet.max_pods: ${beyond("t3.medium", 17)}. Lower it to 17, set tfvars.cluster.vpc_cni.prefix_delegation: true, or use a larger type`,
    ],
  },
  "accepts as many pods as a type has addresses for": {
    worker: "instance_type: t3.medium\nkubelet: { max_pods: 17 }",
    reports: [],
  },
  "accepts any limit under another CNI, which has other addresses": {
    worker: "instance_type: t3.medium\nkubelet: { max_pods: 110 }",
    cluster: "vpc_cni: { enabled: false }",
    extra_charts:
      "- { name: cilium, repository: https://helm.cilium.io, chart: cilium, version: 1.18.1, namespace: kube-system, pod_security: null, before_nodes: true }",
    reports: [],
  },
  "accepts small nodes if they are enough": { worker: "kubelet: { max_pods: 5 }\nmax_size: 5", reports: [] },
  "accepts small nodes beside larger ones": {
    worker: "kubelet: { max_pods: 5 }",
    workers: "- name: other",
    reports: [],
  },
  "accepts t3.micro without the pods that fill it": {
    worker: "instance_type: t3.micro\nmax_size: 5",
    addons: "aws_ebs_csi_driver_enabled: false",
    reports: [],
  },
  "accepts t3.micro with prefixes, which hold more pods": {
    worker: "instance_type: t3.micro\nmin_size: 2",
    cluster: "vpc_cni: { prefix_delegation: true }",
    reports: [],
  },
});

test("warns of unknown types whose nodes would miscount their pods", () => {
  const warned = (tfvars: string): string[] =>
    problemsOf({
      "clusters/a.example.com.yaml": `${SMALLEST}    - { name: a, kind: self_managed, instance_types: [m6i.large, m99.large] }
    - { name: b, instance_requirements: { vcpu_count: { min: 2 }, memory_mib: { min: 1024 } } }
    - { name: c, kind: self_managed, instance_types: [m99.large], kubelet: { max_pods: 20 } }
    - { name: d, kind: managed, instance_types: [m99.large] }
  ${tfvars}
`,
    }).filter((problem) => problem.includes("max_pods"));
  const warnings = (what: string, most: string): string[] =>
    ["8:66 warning: tfvars.workers[a].instance_types[1]", "9:41 warning: tfvars.workers[b].instance_requirements"].map(
      (place) =>
        `clusters/a.example.com.yaml:${place}: has no known pod limit, and a node's own count ignores ${what}. Set kubelet.max_pods for the smallest type: ${most}`,
    );
  const apart = "networking: { subnet_tiers: [public, private, intra, pod], secondary_cidr_blocks: [100.64.0.0/16] }";
  const prefixes = "cluster: { vpc_cni: { prefix_delegation: true } }";

  expect(warned("cluster: { vpc_cni: { prefix_delegation: false } }")).toEqual([]);
  expect(warned(apart)).toEqual(warnings("subnets for pods", "(interfaces - 1) * (addresses of each - 1) + 2"));
  expect(warned(prefixes)).toEqual(
    warnings(
      "prefix_delegation",
      "the lesser of interfaces * (addresses of each - 1) * 16 + 2 and 110 (250 from 30 vCPUs on)",
    ),
  );
  expect(warned(`${apart}\n  ${prefixes}`)).toEqual(
    warnings(
      "prefix_delegation",
      "the lesser of (interfaces - 1) * (addresses of each - 1) * 16 + 2 and 110 (250 from 30 vCPUs on)",
    ),
  );
  expect(warned("networking: { ip_family: ipv6 }")).toEqual(warnings("IPv6", "110 (250 from 30 vCPUs on)"));
});
