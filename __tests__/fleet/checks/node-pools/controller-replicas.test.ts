import { testReports } from "../../../support/definition";

const KARPENTER = "karpenter_enabled: true\ncluster_autoscaler_enabled: false";
const node_pools = "- { name: p, limits: { vcpus: 10 } }";
const of = (sla: string): string => `${KARPENTER}\nsla: ${sla}`;
const tooFew = (nodes: number, replicas: number): string =>
  `gives Karpenter ${nodes} of the ${replicas} nodes that its replicas require: each replica runs on another node, and none on a node that Karpenter creates. Raise it, or set addons.karpenter.values.replicas: ${nodes}`;

testReports({
  "accepts one node for one replica": {
    worker: "autoscaling: false",
    addons: of("development"),
    node_pools,
    reports: [],
  },
  "warns of one node for 2 replicas": {
    worker: "autoscaling: false\nmin_size: 1",
    addons: of("production"),
    node_pools,
    reports: [`9:17 warning: tfvars.workers[general].min_size: ${tooFew(1, 2)}`],
  },
  "refuses one node for 3 replicas, because the release would time out": {
    worker: "autoscaling: false\nmin_size: 1",
    addons: of("critical"),
    node_pools,
    reports: [`9:17 tfvars.workers[general].min_size: ${tooFew(1, 3)}`],
  },
  "accepts a group in each zone for 3 replicas": {
    worker: "autoscaling: false\nmin_size: 1\nper_zone: true",
    addons: of("critical"),
    node_pools,
    reports: [],
  },
  "accepts as many replicas as nodes": {
    worker: "autoscaling: false\nmin_size: 1",
    addons: `${KARPENTER.replace("karpenter_enabled: true", "karpenter: { enabled: true, values: { replicas: 1 } }")}\nsla: critical`,
    node_pools,
    reports: [],
  },
});
