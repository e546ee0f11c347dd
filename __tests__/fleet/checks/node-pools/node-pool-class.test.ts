import { definition, problemsInEach, type Sections, withoutPlaces } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";
import { AUTO_MODE, testPools } from "../../../support/pools";

testPools({
  "refuses subnets without a route to the AWS APIs": {
    pool: "subnet_tier: intra",
    reports: [
      "subnet_tier: intra leaves nodes without a route to ec2, ecr.api, ecr.dkr, eks-auth, sts, so they could not join the cluster or pull images. Use private, add these services to interface_endpoints and gateway_endpoints, or route 0.0.0.0/0 of the tier intra to a transit gateway or a VPN",
    ],
  },
  "refuses a tier that the network does not have": {
    pool: "subnet_tier: intra",
    networking: "subnet_tiers: [private, public]",
    reports: [
      "subnet_tier: the network has no intra subnets. Add intra to networking.subnet_tiers, or use another tier",
    ],
  },
  "refuses a public address in private subnets": {
    pool: "associate_public_ip_address: true",
    reports: [
      "associate_public_ip_address: has no effect because nothing routes from the internet to private subnets. Remove it, or set subnet_tier: public",
    ],
  },
  "requires a public address in public subnets": {
    pool: "subnet_tier: public",
    reports: [
      "subnet_tier: is public, but without public addresses the nodes reach no registry and no AWS API. Set associate_public_ip_address: true",
    ],
  },
  "accepts public subnets with a public address": {
    pool: "subnet_tier: public\nassociate_public_ip_address: true",
    reports: [],
  },
  "requires reservations for reserved capacity": {
    pool: "capacity_types: [reserved]",
    reports: ["capacity_types: requires capacity_reservations for reserved. List reservations or remove reserved"],
  },
  "refuses reservations without reserved capacity": {
    pool: "capacity_reservations: [{ id: cr-0123456789abcdef0 }]",
    reports: [
      "capacity_reservations: has no effect because capacity_types does not contain reserved. Remove it, or add reserved there",
    ],
  },
  "requires exactly one of id and tags of a reservation": {
    pool: "capacity_types: [reserved]\ncapacity_reservations: [{ id: cr-0123456789abcdef0, tags: { a: b } }, {}]",
    reports: [
      "capacity_reservations[0]: must have one of id and tags, but has both",
      "capacity_reservations[1]: must have one of id and tags, but has none",
    ],
  },
  "warns of metadata that every pod can read": {
    pool: "metadata_options: { http_put_response_hop_limit: 2 }",
    reports: [
      "warning: metadata_options.http_put_response_hop_limit: lets every pod of the pool use the nodes' role, because it is 2. Set it to 1 and give pods their own roles with EKS Pod Identity",
    ],
  },
  "accepts unknown settings of Bottlerocket with a custom image": {
    pool: "ami_family: Bottlerocket\nami_ids: [ami-0123456789abcdef0]\nbottlerocket_settings: { kernal: {} }",
    reports: [],
  },
});

test.each([
  [
    "eu-west-1",
    [
      "tfvars.node_pools[p].fips: requires a region in the United States or Canada, but the nodes run in eu-west-1. Remove it",
    ],
  ],
  ["ca-central-1", []],
])("accepts FIPS images in North America only: %s", (region, reports) => {
  const yaml = definition({
    ...AUTO_MODE,
    node_pools: "- { name: p, kind: auto_mode, limits: { vcpus: 10 }, fips: true }",
  });
  expect(withoutPlaces(problemsOf({ "clusters/a.example.com.yaml": yaml.replace("us-east-1", region) }))).toEqual(
    reports,
  );
});

/** The messages are those of the same rules about worker groups. */
describe("applies rules about worker groups", () => {
  const pool = (keys: string): Sections => ({
    addons: "karpenter: { enabled: true, values: { replicas: 1 } }\ncluster_autoscaler_enabled: false",
    node_pools: `- name: p\n  limits: { vcpus: 10 }\n${keys.replaceAll(/^(?=.)/gm, "  ")}`,
  });
  const KEY = "arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef";
  const CASES: readonly (readonly [title: string, keys: string, paths: readonly string[]])[] = [
    [
      "of scripts and NodeConfig to Bottlerocket",
      "ami_family: Bottlerocket\npre_bootstrap_script: echo\nnode_config: { kubelet: {} }",
      ["pre_bootstrap_script", "node_config"],
    ],
    [
      "of settings to Bottlerocket",
      "ami_family: Bottlerocket\nbottlerocket_settings: { kernal: {} }",
      ["bottlerocket_settings.kernal"],
    ],
    ["of settings of Bottlerocket to AL2023", "bottlerocket_settings: { motd: hi }", ["bottlerocket_settings"]],
    [
      "of keys and volumes",
      `root_volume: { kms_key_arn: "${KEY}" }\ndata_volumes: [{ name: a, device_name: /dev/xvdb, size_gib: 10, volume_type: io1, delete_on_termination: true }]`,
      ["root_volume.kms_key_arn", "data_volumes[a].iops"],
    ],
    [
      "of evictions and images to the kubelet",
      "kubelet: { eviction_soft: { memory.available: 1Gi }, image_gc_high_threshold_percent: 80 }",
      ["kubelet.eviction_soft.memory.available", "kubelet.image_gc_high_threshold_percent"],
    ],
    [
      "of taints",
      "taints: [{ key: a, value: b, effect: NoSchedule }, { key: a, value: c, effect: NoSchedule }]",
      ["taints[1]"],
    ],
  ];
  const found = problemsInEach(CASES.map(([, keys]) => pool(keys)));

  test.each(CASES.map(([title, , paths], index) => [title, paths, index] as const))("%s", (_, paths, index) => {
    const path = (problem: string) => /^\S+ tfvars\.node_pools\[p\]\.(\S+): /.exec(problem)?.[1];
    expect(found[index]?.map(path)).toEqual(paths);
  });
});
