import { testMessages, testReports } from "../../../support/definition";

testReports({
  "requires the tier private, and lists a tier once": {
    networking: "subnet_tiers: [public, intra, public]",
    reports: [
      "9:19 tfvars.networking.subnet_tiers: must have private, because nodes use its subnets",
      "9:35 tfvars.networking.subnet_tiers[2]: lists public twice. Remove one of them",
    ],
  },
  "requires a secondary block for pod subnets": {
    networking: "subnet_tiers: [private, public, intra, pod]",
    reports: [
      "9:44 tfvars.networking.subnet_tiers[3]: requires secondary_cidr_blocks, which pod subnets are parts of. Add a block, such as 100.64.0.0/16",
    ],
  },
  "refuses secondary blocks without pod subnets": {
    networking: "secondary_cidr_blocks: [100.64.0.0/16]",
    reports: [
      "9:28 tfvars.networking.secondary_cidr_blocks: has no effect because the network has no pod subnets. Remove it, or add pod to subnet_tiers",
    ],
  },
  "refuses sizes of tiers and local zones that the network does not have": {
    networking: `subnet_tiers: [private, public]
subnet_prefix_lengths: { intra: 26, pod: 24, database: 26, local_private: 24, local_public: 26 }`,
    reports: [
      "10:37 tfvars.networking.subnet_prefix_lengths.intra: has no effect because the network has no intra subnets. Remove it, or add intra to subnet_tiers",
      "10:46 tfvars.networking.subnet_prefix_lengths.pod: has no effect because the network has no pod subnets. Remove it, or add pod to subnet_tiers",
      "10:60 tfvars.networking.subnet_prefix_lengths.database: has no effect because the network has no database subnets. Remove it, or add database to subnet_tiers",
      "10:79 tfvars.networking.subnet_prefix_lengths.local_private: has no effect because local_zones is empty. Remove it, or add a local zone",
      "10:97 tfvars.networking.subnet_prefix_lengths.local_public: has no effect because local_zones is empty. Remove it, or add a local zone",
    ],
  },
  "refuses map_public_ip_on_launch without public subnets": {
    networking: `subnet_tiers: [private, intra]
private: true
nat_gateways: none
map_public_ip_on_launch: true`,
    reports: [
      "10:14 warning: tfvars.networking.private: the images of aws_load_balancer_controller, cluster_autoscaler, metrics_server come from registries on the internet, which a private network does not reach. Copy them to ECR and name that registry in their values",
      "12:30 tfvars.networking.map_public_ip_on_launch: has no effect because the network has no public subnets. Remove it, or add public to subnet_tiers",
    ],
  },
  "refuses secondary blocks that overlap another range, or are in another space than vpc_cidr": {
    networking: `subnet_tiers: [private, public, pod]
vpc_cidr: 10.53.0.0/16
secondary_cidr_blocks: [100.64.0.0/16, 100.64.128.0/17, 10.53.128.0/20, 192.168.0.0/16]`,
    reports: [
      "11:44 tfvars.networking.secondary_cidr_blocks[1]: 100.64.128.0/17 overlaps 100.64.0.0/16 of the same list. Remove one of them",
      "11:61 tfvars.networking.secondary_cidr_blocks[2]: 10.53.128.0/20 overlaps vpc_cidr 10.53.0.0/16. Choose another range",
      "11:77 tfvars.networking.secondary_cidr_blocks[3]: 192.168.0.0/16 is in 192.168.0.0/16 but vpc_cidr 10.53.0.0/16 is not, which AWS does not accept in one VPC. Use a range in 100.64.0.0/10",
    ],
  },
  "refuses a secondary block that is neither private nor shared": {
    networking: `subnet_tiers: [private, public, pod]
secondary_cidr_blocks: [198.18.0.0/16]`,
    reports: [
      "10:29 tfvars.networking.secondary_cidr_blocks[0]: must be in 100.64.0.0/10, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, but is 198.18.0.0/16",
    ],
  },
  "refuses a secondary block in 10.0.0.0/16 beside a vpc_cidr in 10.0.0.0/15": {
    networking: `subnet_tiers: [private, public, pod]
vpc_cidr: 10.1.0.0/16
secondary_cidr_blocks: [10.0.0.0/20, 10.50.0.0/16]`,
    reports: [
      "11:29 tfvars.networking.secondary_cidr_blocks[0]: 10.0.0.0/20 is in 10.0.0.0/16, which AWS does not accept because vpc_cidr 10.1.0.0/16 is in 10.0.0.0/15. Use a range in 100.64.0.0/10",
    ],
  },
  "accepts a secondary block in 10.0.0.0/16 beside a vpc_cidr outside 10.0.0.0/15": {
    networking: `subnet_tiers: [private, public, pod]
vpc_cidr: 10.2.0.0/16
secondary_cidr_blocks: [10.0.16.0/20]`,
    reports: [],
  },
  "accepts the last block of the shared address space, and refuses the first behind it": {
    networking: `subnet_tiers: [private, public, pod]
secondary_cidr_blocks: [100.127.0.0/16, 100.128.0.0/16]`,
    reports: [
      "10:45 tfvars.networking.secondary_cidr_blocks[1]: must be in 100.64.0.0/10, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, but is 100.128.0.0/16",
    ],
  },
  "lists local zones of the region, each once": {
    networking:
      "local_zones: [us-east-1-bos-1a, us-east-1-bos-1a, us-west-2-lax-1a, us-east-1a, us-east-1-wl1-bos-wlz-1]",
    reports: [
      "9:37 tfvars.networking.local_zones[1]: lists us-east-1-bos-1a twice. Remove one of them",
      "9:55 tfvars.networking.local_zones[2]: us-west-2-lax-1a is not a local zone of us-east-1, whose local zones have names that begin with us-east-1",
      '9:73 tfvars.networking.local_zones[3]: must be a local zone, such as us-west-2-lax-1a, got "us-east-1a"',
      '9:85 tfvars.networking.local_zones[4]: must be a local zone, such as us-west-2-lax-1a, got "us-east-1-wl1-bos-wlz-1"',
      "10:15 tfvars.networking.vpc_cidr: 5 local_private subnets of /22 do not fit into a sixteenth of 10.20.0.0/16. Use a larger vpc_cidr or a longer subnet_prefix_lengths.local_private (at most 28)",
    ],
  },
  "refuses subnet tags that would replace discovery tags": {
    networking: `subnet_tags:
  public: { kubernetes.io/role/elb: "0", a: b }
  private: { kubernetes.io/role/internal-elb: "0", karpenter.sh/discovery: x }
  intra: { kubernetes.io/role/internal-elb: "1" }`,
    reports: [
      "10:41 tfvars.networking.subnet_tags.public.kubernetes.io/role/elb: would replace the tag by which load balancers and Karpenter find the public subnets. Remove it",
      "11:51 tfvars.networking.subnet_tags.private.kubernetes.io/role/internal-elb: would replace the tag by which load balancers and Karpenter find the private subnets. Remove it",
      "11:80 tfvars.networking.subnet_tags.private.karpenter.sh/discovery: would replace the tag by which load balancers and Karpenter find the private subnets. Remove it",
    ],
  },
  "refuses subnet tags of tiers that the network does not have, and reserved tags": {
    networking: "subnet_tags: { database: { Backup: daily }, private: { Owner: me, Tier: app } }",
    reports: [
      "9:30 tfvars.networking.subnet_tags.database: has no effect because the network has no database subnets. Remove it, or add database to subnet_tiers",
      "9:67 tfvars.networking.subnet_tags.private.Owner: is a tag that every resource of the cluster already has. Rename it (reserved: Cluster, ManagedBy, Name, Owner, Stack, Tier)",
      "9:77 tfvars.networking.subnet_tags.private.Tier: is a tag that every resource of the cluster already has. Rename it (reserved: Cluster, ManagedBy, Name, Owner, Stack, Tier)",
    ],
  },
});

const blocks = (vpc: string, block: string): string => `vpc_cidr: ${vpc}\nsecondary_cidr_blocks: [${block}]`;
const UNUSED =
  "tfvars.networking.secondary_cidr_blocks: has no effect because the network has no pod subnets. Remove it, or add pod to subnet_tiers";
const refused = (block: string, vpc: string): string =>
  `tfvars.networking.secondary_cidr_blocks[0]: ${block} is in 10.0.0.0/16, which AWS does not accept because vpc_cidr ${vpc} is in 10.0.0.0/15. Use a range in 100.64.0.0/10`;

describe("a secondary block", () => {
  testMessages({
    "is not in 10.0.0.0/16 beside a VPC in 10.0.0.0/16": {
      networking: blocks("10.0.0.0/18", "10.0.64.0/20"),
      reports: [UNUSED, refused("10.0.64.0/20", "10.0.0.0/18")],
    },
    "is not in 10.0.0.0/16 beside a VPC in 10.1.0.0/16": {
      networking: blocks("10.1.0.0/18", "10.0.80.0/20"),
      reports: [UNUSED, refused("10.0.80.0/20", "10.1.0.0/18")],
    },
    "is accepted in 10.0.0.0/16 beside a VPC in 10.2.0.0/16": {
      networking: blocks("10.2.0.0/18", "10.0.96.0/20"),
      reports: [UNUSED],
    },
    "is accepted in 10.1.0.0/16 beside a VPC in 10.0.0.0/16": {
      networking: blocks("10.0.128.0/18", "10.1.64.0/20"),
      reports: [UNUSED],
    },
  });
});
