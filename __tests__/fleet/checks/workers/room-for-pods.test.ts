import { testReports } from "../../../support/definition";

const DAEMONS =
  "vpc_cni, kube_proxy, eks_pod_identity_agent, aws_ebs_csi_driver run 4 on every node. Use a larger type";

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
