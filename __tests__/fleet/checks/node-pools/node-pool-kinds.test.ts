import { testReports } from "../../../support/definition";
import { AUTO_MODE, testPools } from "../../../support/pools";

const inAutoMode = "has no effect because EKS Auto Mode controls this setting. Remove it, or set kind: karpenter";

testReports({
  "warns of Karpenter without a pool": {
    worker: "min_size: 2",
    addons: "karpenter_enabled: true\ncluster_autoscaler_enabled: false",
    reports: [
      "10:24 warning: tfvars.addons.karpenter_enabled: starts no node, because there is no node pool. Add an item to node_pools",
    ],
  },
  "requires Karpenter for a pool of the default kind, and reports it at the pool": {
    node_pools: "- { name: p, limits: { vcpus: 10 } }",
    reports: [
      "9:15 tfvars.node_pools[p].kind: requires Karpenter. Set addons.karpenter_enabled: true or kind: auto_mode",
    ],
  },
});

const REQUIRES_AUTO_MODE =
  "kind: requires enabled: true and custom_node_classes: true in cluster.auto_mode. Set both or use kind: karpenter";

testPools({
  "refuses a pool of Auto Mode in a cluster without Auto Mode": {
    pool: "kind: auto_mode",
    reports: [REQUIRES_AUTO_MODE],
  },
  "refuses a pool of Auto Mode in a cluster without custom node classes": {
    pool: "kind: auto_mode",
    cluster: "auto_mode: { enabled: true, node_pools: [system] }",
    reports: [REQUIRES_AUTO_MODE],
  },
  "refuses keys of Auto Mode in a pool of Karpenter": {
    pool: "snat_policy: Disabled\nfips: true",
    reports: [
      "snat_policy: has no effect because Karpenter has no such setting. Remove it, or set kind: auto_mode",
      "fips: has no effect because Karpenter has no such setting. Remove it, or set kind: auto_mode",
    ],
  },
  "refuses keys of Karpenter in a pool of Auto Mode": {
    ...AUTO_MODE,
    pool: "kind: auto_mode\nmax_pods: 50\ninstance_store_policy: RAID0\nkubelet: { image_gc_high_threshold_percent: 90 }\nmetadata_options: { http_put_response_hop_limit: 2 }",
    reports: [
      `max_pods: ${inAutoMode}`,
      `instance_store_policy: ${inAutoMode}`,
      `kubelet.image_gc_high_threshold_percent: ${inAutoMode}`,
      `metadata_options: ${inAutoMode}`,
    ],
  },
  "refuses an image family where all pools are Auto Mode's": {
    ...AUTO_MODE,
    pool: "kind: auto_mode\nami_family: Bottlerocket",
    reports: [`ami_family: ${inAutoMode}`],
  },
  "accepts an image family where a pool is Karpenter's": {
    ...AUTO_MODE,
    node_pools:
      "- { name: p, limits: { vcpus: 10 }, kind: auto_mode, ami_family: Bottlerocket }\n- { name: q, limits: { vcpus: 10 } }",
    reports: [],
  },
});
