import { testMessages } from "../../../support/definition";

const PLATFORM = "loki_enabled: true\nalloy_enabled: true\nkube_prometheus_stack_enabled: true";
const noRoom = (key: string, pods: number, requests: string, nodes: string): string =>
  `warning: tfvars.workers[general].${key}: leaves the platform without room: its ${pods} pods request at least ${requests}, but ${nodes}. Some pods stay Pending. Raise it, use larger instance_types, or switch off addons; \`npx fleet size\` shows the requests of each`;
const noNode = (addon: string, requests: string, node: string): string =>
  `warning: tfvars.workers[general].instance_types: have no node for a pod of ${addon}: it requests ${requests}, but the largest node has ${node}. Use larger types, or lower its requests in addons.${addon}.values`;
const REQUESTS = "3.46 CPUs and 12.7 GiB";
const ROOM = "3 nodes have 5.79 CPUs and 10.4 GiB for 51 pods";

testMessages({
  "warns of groups that have too little memory at their largest size": {
    worker: "instance_types: [t3.medium]\nmax_size: 3",
    addons: PLATFORM,
    reports: [noRoom("max_size", 33, REQUESTS, ROOM)],
  },
  "accepts one node more": {
    worker: "instance_types: [t3.medium]\nmax_size: 4",
    addons: PLATFORM,
    reports: [],
  },
  "counts the nodes that a group starts with, if it does not grow": {
    worker: "instance_types: [t3.medium]\nautoscaling: false\nmin_size: 3\nmax_size: 9",
    addons: PLATFORM,
    reports: [noRoom("min_size", 33, REQUESTS, ROOM)],
  },
  "warns of too few pods, and counts those on every node": {
    worker: "max_size: 3\nkubelet: { max_pods: 10 }",
    addons: PLATFORM,
    reports: [noRoom("max_size", 33, REQUESTS, "3 nodes have 5.79 CPUs and 22.6 GiB for 30 pods")],
  },
  "counts the largest of a group's types": {
    worker: "instance_types: [t3.medium, m5.large]\nmax_size: 3",
    addons: PLATFORM,
    reports: [],
  },
  "does not count a group whose taints the platform does not tolerate": {
    worker: "instance_types: [t3.medium]\nmax_size: 3",
    workers: "- name: own\n  max_size: 9\n  taints: [{ key: team, effect: NoSchedule }]",
    addons: PLATFORM,
    reports: [noRoom("max_size", 33, REQUESTS, ROOM)],
  },
  "accepts small groups beside Karpenter, which adds nodes": {
    worker: "instance_types: [t3.medium]\nmin_size: 2\nmax_size: 2",
    addons: `karpenter_enabled: true\ncluster_autoscaler_enabled: false\n${PLATFORM}`,
    node_pools: "- { name: p, limits: { vcpus: 10 } }",
    reports: [],
  },
  "accepts a type that is not in the list": {
    worker: "instance_types: [m99.large]\nmax_size: 3",
    addons: PLATFORM,
    reports: [
      'warning: tfvars.workers[general].instance_types[0]: "m99.large" is not an instance type of 2026-08 or before. Did you mean "m9g.large"?',
    ],
  },
  "warns of a pod that is larger than every node": {
    worker: "instance_types: [t3.small]\nmax_size: 20",
    addons: PLATFORM,
    reports: [noNode("loki", "0.50 CPUs and 2.0 GiB", "1.93 CPUs and 1.5 GiB")],
  },
  "counts what the definition's own values request": {
    worker: "max_size: 3",
    addons:
      "kube_prometheus_stack:\n  enabled: true\n  values: { prometheus: { prometheusSpec: { resources: { requests: { memory: 9Gi } } } } }",
    reports: [noNode("kube_prometheus_stack", "0.21 CPUs and 9.1 GiB", "1.93 CPUs and 7.3 GiB")],
  },
  "reports only the missing zone of an addon that requires one": {
    worker: "instance_types: [t3.medium]\nmax_size: 3",
    addons: "external_dns_enabled: true",
    reports: [
      "tfvars.cluster.k8s_base_domain: must be set, because external_dns writes DNS records. Set a domain in a hosted zone of account production: eks.example.com",
    ],
  },
});
