import { BOTTLEROCKET, testGroup, WINDOWS } from "../../../support/worker-problems";

testGroup({
  "refuses node_config on Bottlerocket": [
    `${BOTTLEROCKET}\nnode_config: { kubelet: {} }`,
    "node_config: has no effect because Bottlerocket has no nodeadm. Remove it, or use bottlerocket_settings",
  ],
  "refuses node_config on Windows": [
    `${WINDOWS}\nnode_config: { kubelet: {} }`,
    "node_config: has no effect because Windows has no nodeadm. Remove it",
  ],
  "refuses the cluster, which is set already": [
    "node_config: { cluster: { name: x } }",
    "node_config.cluster: is the cluster that nodes join, which is set already. Remove it",
  ],
  "refuses parts that a NodeConfig does not have": [
    "node_config: { spec: {}, kublet: {} }",
    "node_config.spec: is not a field of a NodeConfig's spec (known: containerd, featureGates, instance, kubelet)",
    'node_config.kublet: is not a field of a NodeConfig\'s spec. Did you mean "kubelet"?',
  ],
  "refuses a feature gate that renames nodes": [
    "node_config: { featureGates: { InstanceIdNodeName: true } }",
    "node_config.featureGates.InstanceIdNodeName: changes the names of nodes, and the access entry of their role then refuses them. Remove it",
  ],
  "refuses fields that a part does not have": [
    "node_config: { kubelet: { maxPodExpression: x }, instance: { disks: {} } }",
    'node_config.kubelet.maxPodExpression: is not a field of a NodeConfig\'s kubelet. Did you mean "maxPodsExpression"?',
    "node_config.instance.disks: is not a field of a NodeConfig's instance (known: environment, localStorage, network)",
  ],
  "refuses flags that are not a list of text": [
    "node_config: { kubelet: { flags: --v=2 } }",
    'node_config.kubelet.flags: must be a list of text, but is "--v=2"',
  ],
  "refuses a flag that is not text": [
    "node_config: { kubelet: { flags: [--v=2, 3] } }",
    "node_config.kubelet.flags: must be a list of text, but is a list",
  ],
  "refuses maxPods that is not a whole number": [
    "node_config: { kubelet: { config: { maxPods: '20', anything: 1 } } }",
    'node_config.kubelet.config.maxPods: must be a whole number, but is "20"',
  ],
  "refuses a kubelet configuration that is not a map": [
    "node_config: { kubelet: { config: [], maxPodsExpression: 'max_enis - 1' } }",
    "node_config.kubelet.config: must be a map, but is a list",
  ],
  "refuses a strategy that nodeadm does not have": [
    "node_config: { instance: { localStorage: { strategy: RAID5, mountPath: /mnt } } }",
    'node_config.instance.localStorage.strategy: must be RAID0, RAID10 or Mount, but is "RAID5"',
  ],
  "refuses a containerd configuration that is not text": [
    "node_config: { containerd: { config: { debug: {} } } }",
    "node_config.containerd.config: must be text, but is a map",
  ],
  "refuses a feature gate that is not true or false": [
    "node_config: { featureGates: { FastImagePull: 'true' } }",
    'node_config.featureGates.FastImagePull: must be true or false, but is "true"',
  ],
  "refuses a part that is not a map": [
    "node_config: { instance: yes }",
    'node_config.instance: must be a map, but is "yes"',
  ],
  "accepts the fields of nodeadm": [
    "node_config: { instance: { localStorage: { strategy: Mount }, environment: { default: { A: b } } } }",
  ],
  "refuses a kubelet setting that node_config overrides": [
    "kubelet: { max_pods: 20 }\nnode_config: { kubelet: { config: { maxPods: 30 } } }",
    "kubelet.max_pods: has no effect because node_config.kubelet.config.maxPods overrides it. Remove it, or remove the other",
  ],
});
