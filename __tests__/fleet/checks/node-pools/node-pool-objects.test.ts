import { AUTO_MODE, testPools } from "../../../support/pools";

const pool = (keys: string): string => `- { limits: { vcpus: 10 }, ${keys} }`;

testPools({
  "refuses the name of a NodePool that EKS Auto Mode has": {
    ...AUTO_MODE,
    node_pools: `${pool("name: general-purpose")}\n${pool("name: system, kind: auto_mode")}`,
    reports: [
      "tfvars.node_pools[general-purpose].name: conflicts with EKS Auto Mode's NodePool of this name. Rename the pool",
      "tfvars.node_pools[system].name: conflicts with EKS Auto Mode's NodePool of this name. Rename the pool, or use EKS's pool through cluster.auto_mode.node_pools",
    ],
  },
  "accepts the name of Auto Mode's NodePool in a cluster without Auto Mode": {
    node_pools: pool("name: general-purpose"),
    reports: [],
  },
  "refuses the name of Auto Mode's NodeClass for a pool that creates a NodeClass": {
    ...AUTO_MODE,
    node_pools: pool("name: default, kind: auto_mode"),
    reports: [
      "tfvars.node_pools[default].name: conflicts with EKS Auto Mode's NodeClass of this name. Rename the pool",
    ],
  },
  "refuses nodes of Auto Mode that never expire": {
    ...AUTO_MODE,
    pool: "kind: auto_mode\nexpire_after: Never",
    reports: ["expire_after: must be at most 504h, after which EKS Auto Mode replaces every node, but is Never"],
  },
  "refuses nodes of Auto Mode that expire after more than 504 hours": {
    ...AUTO_MODE,
    pool: "kind: auto_mode\nexpire_after: 504h1m",
    reports: ["expire_after: must be at most 504h, after which EKS Auto Mode replaces every node, but is 504h1m"],
  },
  "accepts nodes of Auto Mode that expire after 504 hours": {
    ...AUTO_MODE,
    pool: "kind: auto_mode\nexpire_after: 504h",
    reports: [],
  },
  "warns of nodes that expire in a window in which budgets allow no disruption": {
    pool: 'expire_after: 336h\ndisruption_budgets: [{ nodes: "0", schedule: 0 6 * * mon-fri, duration: 12h }]',
    reports: [
      "warning: expire_after: replaces nodes at any time, because disruption_budgets do not apply to nodes that reach 336h. Set Never, so that a new image or release replaces nodes within the budgets",
    ],
  },
  "accepts nodes that never expire beside such a window": {
    pool: 'expire_after: Never\ndisruption_budgets: [{ nodes: "0", schedule: 0 6 * * mon-fri, duration: 12h }]',
    reports: [],
  },
  "accepts nodes that expire where budgets have no window": {
    pool: "expire_after: 336h\ndisruption_budgets: [{ nodes: 10% }]",
    reports: [],
  },
  "refuses a label that Karpenter sets": {
    pool: "labels: { karpenter.sh/team: x, example.com/team: y }",
    reports: [
      "labels.karpenter.sh/team: is a label that Karpenter sets. Write it as one of requirements or use another prefix",
    ],
  },
  "refuses a tag that the controller sets": {
    pool: "tags: { karpenter.sh/nodepool: x, Team: y }",
    reports: ["tags.karpenter.sh/nodepool: is a tag that the pool's controller sets. Remove it"],
  },
  "refuses more IOPS than gp3 of the size has": {
    pool: "root_volume: { size_gib: 20, iops: 10001 }",
    reports: ["root_volume.iops: must be at most the maximum of gp3 with 20 GiB (10000), but is 10001"],
  },
  "accepts all IOPS that gp3 of the size has": { pool: "root_volume: { size_gib: 20, iops: 10000 }", reports: [] },
  "refuses more MiB/s than a quarter of the IOPS": {
    pool: "root_volume: { throughput_mib: 751 }",
    reports: ["root_volume.throughput_mib: must be at most a quarter of iops (750), but is 751"],
  },
  "accepts as many MiB/s as a quarter of the IOPS": { pool: "root_volume: { throughput_mib: 750 }", reports: [] },
  "refuses an item that a list has twice": {
    pool: "capacity_types: [spot, spot]\narchitectures: [amd64, amd64]\ninstance_categories: [m, m]\navailability_zones: [us-east-1a, us-east-1a]",
    reports: [
      "capacity_types[1]: lists spot twice. Remove one of them",
      "architectures[1]: lists amd64 twice. Remove one of them",
      "instance_categories[1]: lists m twice. Remove one of them",
      "availability_zones[1]: lists us-east-1a twice. Remove one of them",
    ],
  },
});
