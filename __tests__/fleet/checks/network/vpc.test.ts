import { problemsOf } from "../../../support/definitions";

/** What a case adds to the smallest definition: lines of its sections, `NN` for a number of its own. */
interface Case {
  readonly networking?: string;
  readonly cluster?: string;
  readonly worker?: string;
  readonly told: readonly string[];
}

const CASES: Readonly<Record<string, Case>> = {
  "a tier twice, and no private one": {
    networking: "subnet_tiers: [public, intra, public]",
    told: [
      "9:19 tfvars.networking.subnet_tiers: must have private: nodes are in its subnets",
      "9:35 tfvars.networking.subnet_tiers[2]: names public twice: name each tier once",
    ],
  },
  "pods without a block": {
    networking: "subnet_tiers: [private, public, intra, pod]",
    told: [
      "9:44 tfvars.networking.subnet_tiers[3]: has pod, whose subnets are cut from secondary_cidr_blocks: name a block, such as 100.64.0.0/16",
    ],
  },
  "a block without pods": {
    networking: "secondary_cidr_blocks: [100.64.0.0/16]",
    told: [
      "9:28 tfvars.networking.secondary_cidr_blocks: has no effect: nothing is cut from it. Add pod to subnet_tiers, or remove it",
    ],
  },
  "sizes of what there is not": {
    networking:
      "subnet_tiers: [private, public]\nsubnet_prefix_lengths: { intra: 26, pod: 24, database: 26, local_private: 24, local_public: 26 }",
    told: [
      "10:37 tfvars.networking.subnet_prefix_lengths.intra: has no effect: the network has no intra subnets. Remove it, or add intra to subnet_tiers",
      "10:46 tfvars.networking.subnet_prefix_lengths.pod: has no effect: the network has no pod subnets. Remove it, or add pod to subnet_tiers",
      "10:60 tfvars.networking.subnet_prefix_lengths.database: has no effect: the network has no database subnets. Remove it, or add database to subnet_tiers",
      "10:79 tfvars.networking.subnet_prefix_lengths.local_private: has no effect: local_zones is empty. Remove it, or name a local zone",
      "10:97 tfvars.networking.subnet_prefix_lengths.local_public: has no effect: local_zones is empty. Remove it, or name a local zone",
    ],
  },
  "public addresses without public subnets": {
    networking:
      "subnet_tiers: [private, intra]\nnat_gateways: none\nmap_public_ip_on_launch: true\ntransit_gateway_attachments:\n  - { name: hub, transit_gateway_id: tgw-0123456789abcdef0, destination_cidrs: [0.0.0.0/0], tiers: [private] }",
    told: [
      "11:30 tfvars.networking.map_public_ip_on_launch: has no effect: the network has no public subnets. Remove it, or add public to subnet_tiers",
    ],
  },
  "secondary blocks that AWS does not take": {
    networking:
      "subnet_tiers: [private, public, pod]\nsecondary_cidr_blocks: [100.64.0.0/16, 100.64.128.0/17, 10.NN.128.0/20, 192.168.0.0/16]",
    told: [
      "10:44 tfvars.networking.secondary_cidr_blocks[1]: 100.64.128.0/17 overlaps 100.64.0.0/16 of the same list: take one away",
      "10:61 tfvars.networking.secondary_cidr_blocks[2]: 10.15.128.0/20 overlaps vpc_cidr 10.15.0.0/16",
      "10:77 tfvars.networking.secondary_cidr_blocks[3]: 192.168.0.0/16 is of 192.168.0.0/16 and vpc_cidr 10.15.0.0/16 is not, which AWS does not take in one VPC: use a range of 100.64.0.0/10",
    ],
  },
  "secondary blocks of nobody's, and near the first": {
    networking:
      "subnet_tiers: [private, public, pod]\nvpc_cidr: 10.1.0.0/16\nsecondary_cidr_blocks: [198.18.0.0/16, 10.0.0.0/20, 10.2.0.0/16]",
    told: [
      "11:29 tfvars.networking.secondary_cidr_blocks[0]: must lie in 100.64.0.0/10, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, got 198.18.0.0/16",
      "11:44 tfvars.networking.secondary_cidr_blocks[1]: 10.0.0.0/20 is of 10.0.0.0/16, which AWS adds to no VPC whose vpc_cidr is of 10.0.0.0/15, as 10.1.0.0/16 is: use a range of 100.64.0.0/10",
    ],
  },
  "pods that do not fit": {
    networking:
      "subnet_tiers: [private, public, pod]\nsecondary_cidr_blocks: [100.64.0.0/24]\nsubnet_prefix_lengths: { pod: 25 }",
    told: [
      "11:35 tfvars.networking.subnet_prefix_lengths.pod: too small: 3 pod subnets of /25 do not fit into 100.64.0.0/24; add a block, or take a longer subnet_prefix_lengths.pod of at most 28",
    ],
  },
  "Services in a secondary block": {
    networking: "subnet_tiers: [private, public, pod]\nsecondary_cidr_blocks: [10.99.0.0/16]",
    cluster: "service_ipv4_cidr: 10.99.0.0/20",
    told: [
      "13:24 tfvars.cluster.service_ipv4_cidr: 10.99.0.0/20 overlaps secondary_cidr_blocks 10.99.0.0/16: pods could not reach those addresses of the VPC",
    ],
  },
  "local zones": {
    networking:
      "local_zones: [us-east-1-bos-1a, us-east-1-bos-1a, us-west-2-lax-1a, us-east-1a, us-east-1-wl1-bos-wlz-1]",
    told: [
      "9:37 tfvars.networking.local_zones[1]: names us-east-1-bos-1a twice: name each zone once",
      "9:55 tfvars.networking.local_zones[2]: us-west-2-lax-1a is no local zone of us-east-1: its name begins with the region's",
      '9:73 tfvars.networking.local_zones[3]: must be a local zone, such as us-west-2-lax-1a, got "us-east-1a"',
      '9:85 tfvars.networking.local_zones[4]: must be a local zone, such as us-west-2-lax-1a, got "us-east-1-wl1-bos-wlz-1"',
    ],
  },
  "local zones that do not fit": {
    networking: "vpc_cidr: 10.63.1.0/24\navailability_zones: 2\nlocal_zones: [us-east-1-bos-1a, us-east-1-mia-1a]",
    told: [
      "9:15 tfvars.networking.vpc_cidr: too small: 2 local_private subnets of /28 do not fit into a sixteenth of 10.63.1.0/24; take a larger vpc_cidr, or fewer local_zones",
      "9:15 tfvars.networking.vpc_cidr: too small: 2 local_public subnets of /28 do not fit into a sixteenth of 10.63.1.0/24; take a larger vpc_cidr, or fewer local_zones",
    ],
  },
  "a group in a local zone that is not named": {
    worker: "availability_zones: [us-east-1-bos-1a]",
    told: [
      '8:28 tfvars.workers[general].availability_zones[0]: "us-east-1-bos-1a" is not a zone of the cluster\'s network. Its zones: us-east-1a, us-east-1b, us-east-1c',
    ],
  },
  "gateways without public subnets": {
    networking: "subnet_tiers: [private, intra]",
    told: [
      "tiers/production.yaml:5:19 tfvars.networking.nat_gateways: per_zone needs public subnets, which the gateways are in: add public to subnet_tiers, or set nat_gateways: none (for cluster c22.example.com)",
    ],
  },
  "no way out": {
    networking: "nat_gateways: none",
    told: [
      "9:19 tfvars.networking.nat_gateways: leaves nodes without a way to ec2, ecr.api, ecr.dkr, eks-auth, sts: they could neither join nor pull an image. Take single or per_zone, set private: true, which has every endpoint that is needed, or route 0.0.0.0/0 of the tier private to a transit gateway or a VPN",
    ],
  },
  "no way out but by what is listed": {
    networking: "nat_gateways: none\ngateway_endpoints: []\ninterface_endpoints: [ec2, ecr.api, ecr.dkr, sts]",
    told: [
      "9:19 tfvars.networking.nat_gateways: leaves nodes without a way to eks-auth, s3: they could neither join nor pull an image. Take single or per_zone, set private: true, which has every endpoint that is needed, or route 0.0.0.0/0 of the tier private to a transit gateway or a VPN",
    ],
  },
  "nodes in a tier without a way out": {
    worker: "subnet_tier: intra",
    told: [
      "8:20 tfvars.workers[general].subnet_tier: leaves nodes without a way to ec2, ecr.api, ecr.dkr, eks-auth, sts: they could neither join nor pull an image. Take private, name endpoints of those in interface_endpoints and gateway_endpoints, or route 0.0.0.0/0 of the tier intra to a transit gateway or a VPN",
    ],
  },
  "nodes in a tier without a way out but by what is listed": {
    networking: "gateway_endpoints: []\ninterface_endpoints: [ec2, ecr.api, ecr.dkr, eks-auth]",
    worker: "subnet_tier: intra",
    told: [
      "8:20 tfvars.workers[general].subnet_tier: leaves nodes without a way to sts, s3: they could neither join nor pull an image. Take private, name endpoints of those in interface_endpoints and gateway_endpoints, or route 0.0.0.0/0 of the tier intra to a transit gateway or a VPN",
    ],
  },
  "nodes in a tier whose way out is another tier's": {
    networking:
      "nat_gateways: none\ntransit_gateway_attachments:\n  - { name: hub, transit_gateway_id: tgw-0123456789abcdef0, destination_cidrs: [0.0.0.0/0], tiers: [private] }",
    worker: "subnet_tier: intra",
    told: [
      "8:20 tfvars.workers[general].subnet_tier: leaves nodes without a way to ec2, ecr.api, ecr.dkr, eks-auth, sts: they could neither join nor pull an image. Take private, name endpoints of those in interface_endpoints and gateway_endpoints, or route 0.0.0.0/0 of the tier intra to a transit gateway or a VPN",
    ],
  },
  "nodes in a tier whose way out is a transit gateway": {
    networking:
      "transit_gateway_attachments:\n  - { name: hub, transit_gateway_id: tgw-0123456789abcdef0, destination_cidrs: [0.0.0.0/0], tiers: [intra] }",
    worker: "subnet_tier: intra",
    told: [],
  },
  "nodes in a tier that has all they need": {
    networking: "interface_endpoints: [ec2, ecr.api, ecr.dkr, eks-auth, sts]",
    worker: "subnet_tier: intra",
    told: [],
  },
  "tags by which subnets are found": {
    networking:
      'subnet_tags:\n  public: { kubernetes.io/role/elb: "0", a: b }\n  private: { kubernetes.io/role/internal-elb: "0", karpenter.sh/discovery: x }\n  intra: { kubernetes.io/role/internal-elb: "1" }',
    told: [
      "10:41 tfvars.networking.subnet_tags.public.kubernetes.io/role/elb: is a tag that the public subnets have, by which load balancers and Karpenter find them, and this would take its place: remove it",
      "11:51 tfvars.networking.subnet_tags.private.kubernetes.io/role/internal-elb: is a tag that the private subnets have, by which load balancers and Karpenter find them, and this would take its place: remove it",
      "11:80 tfvars.networking.subnet_tags.private.karpenter.sh/discovery: is a tag that the private subnets have, by which load balancers and Karpenter find them, and this would take its place: remove it",
    ],
  },
  "too few addresses": {
    networking: "nat_gateway_eip_allocation_ids: [eipalloc-0123456789abcdef0, eipalloc-0123456789abcdef0]",
    told: [
      "9:37 tfvars.networking.nat_gateway_eip_allocation_ids: must be 3, one for each NAT gateway while nat_gateways is per_zone in 3 zones, got 2",
      "9:66 tfvars.networking.nat_gateway_eip_allocation_ids[1]: names eipalloc-0123456789abcdef0 twice: each gateway has its own",
    ],
  },
  "addresses of no gateway": {
    networking: "private: true\nnat_gateways: none\nnat_gateway_eip_allocation_ids: [eipalloc-0123456789abcdef0]",
    told: [
      "9:14 warning: tfvars.networking.private: the images of aws_load_balancer_controller, cluster_autoscaler, metrics_server come from registries on the internet, where nothing leads from here: copy them to ECR, and name that registry in their values",
      "11:37 tfvars.networking.nat_gateway_eip_allocation_ids: must be empty while nat_gateways is none, got 1",
    ],
  },
  "an egress-only gateway for IPv4": {
    networking: "egress_only_internet_gateway: false",
    told: ["9:35 tfvars.networking.egress_only_internet_gateway: has no effect while ip_family is ipv4: remove it"],
  },
  "subnets of no VPC": {
    networking: "existing_vpc: { subnet_tags: { private: { Tier: private } } }",
    told: ["9:19 tfvars.networking.existing_vpc: names subnets and no VPC: set vpc_id or vpc_tags, or remove it"],
  },
  "a VPC twice, without private subnets": {
    networking: "existing_vpc: { vpc_id: vpc-0123456789abcdef0, vpc_tags: { Name: x } }",
    told: [
      "9:19 tfvars.networking.existing_vpc: has no private subnets, which nodes are in: list them in subnet_ids.private, or their tags in subnet_tags.private",
      "9:62 tfvars.networking.existing_vpc.vpc_tags: has no effect beside vpc_id: keep one of them",
    ],
  },
  "subnets by ids and tags": {
    networking:
      "availability_zones: [us-east-1a, us-east-1b]\nexisting_vpc:\n  vpc_id: vpc-0123456789abcdef0\n  subnet_tags: { private: { Tier: private } }\n  subnet_ids: { private: { us-east-1a: subnet-0123456789abcdef0, us-east-1b: subnet-0123456789abcdef1 } }",
    told: [
      "13:30 tfvars.networking.existing_vpc.subnet_ids.private: the private subnets are found by ids and by tags (subnet_tags.private): keep one of them",
    ],
  },
  "subnets of other zones": {
    networking:
      "availability_zones: [us-east-1a, us-east-1b]\nexisting_vpc:\n  vpc_id: vpc-0123456789abcdef0\n  subnet_ids: { private: { us-east-1a: subnet-0123456789abcdef0, us-east-1c: subnet-0123456789abcdef0 }, intra: { us-east-1a: subnet-1 } }",
    told: [
      "12:30 tfvars.networking.existing_vpc.subnet_ids.private: has no subnet in us-east-1b: add one, or name the zones that there are in availability_zones; EKS needs two",
      "12:82 tfvars.networking.existing_vpc.subnet_ids.private.us-east-1c: us-east-1c is not one of the network's zones, us-east-1a, us-east-1b: name the zones in availability_zones",
      '12:131 tfvars.networking.existing_vpc.subnet_ids.intra.us-east-1a: must be the id of a subnet, such as subnet-0123456789abcdef0, got "subnet-1"',
    ],
  },
  "one subnet for two zones, and one zone short": {
    networking:
      "availability_zones: [us-east-1a, us-east-1b]\nexisting_vpc:\n  vpc_id: vpc-0123456789abcdef0\n  subnet_ids: { private: { us-east-1a: subnet-0123456789abcdef0, us-east-1b: subnet-0123456789abcdef0 }, public: { us-east-1a: subnet-0123456789abcdef2 } }",
    told: [
      "12:82 tfvars.networking.existing_vpc.subnet_ids.private.us-east-1b: names subnet-0123456789abcdef0 for two zones: a subnet is in one",
      "12:118 tfvars.networking.existing_vpc.subnet_ids.public: has no subnet in us-east-1b: add one, or name the zones that there are in availability_zones; EKS needs two",
    ],
  },
  "what only a VPC of our own has": {
    networking:
      "availability_zones: [us-east-1a, us-east-1b]\nexisting_vpc:\n  vpc_id: vpc-0123456789abcdef0\n  subnet_tags: { private: { Tier: private } }\nnat_gateways: none\nsubnet_prefix_lengths: { private: 20 }\nflow_logs: { enabled: false }\ninstance_tenancy: dedicated",
    told: [
      "13:19 tfvars.networking.nat_gateways: has no effect: the network is an existing VPC, which is left as it is. Remove it",
      "14:28 tfvars.networking.subnet_prefix_lengths: has no effect: the network is an existing VPC, which is left as it is. Remove it",
      "15:16 tfvars.networking.flow_logs: has no effect: the network is an existing VPC, which is left as it is. Remove it",
      "16:23 tfvars.networking.instance_tenancy: has no effect: the network is an existing VPC, which is left as it is. Remove it",
    ],
  },
  "tags for subnets that are not there": {
    networking:
      "availability_zones: [us-east-1a, us-east-1b]\nexisting_vpc:\n  vpc_id: vpc-0123456789abcdef0\n  subnet_tags: { private: { Tier: private } }\n  add_subnet_tags: [kubernetes.io/role/elb]",
    told: [
      "13:25 tfvars.networking.existing_vpc.add_subnet_tags[0]: is for public subnets, and there are none: name them, or remove it",
    ],
  },
  "prefixes of an existing VPC": {
    networking:
      "availability_zones: [us-east-1a, us-east-1b]\nexisting_vpc:\n  vpc_id: vpc-0123456789abcdef0\n  subnet_tags: { private: { Tier: private } }",
    cluster: "vpc_cni: { prefix_delegation: true, reserve_prefixes: true }",
    told: [
      "15:59 tfvars.cluster.vpc_cni.reserve_prefixes: is for subnets of our own: whoever made an existing VPC's subnets reserves their ranges. Remove it",
    ],
  },
  "pods' subnets of an existing VPC": {
    networking:
      "availability_zones: [us-east-1a, us-east-1b]\nexisting_vpc:\n  vpc_id: vpc-0123456789abcdef0\n  subnet_tags: { private: { Tier: private } }",
    cluster: "vpc_cni: { custom_networking: true }",
    told: [
      "15:35 tfvars.cluster.vpc_cni.custom_networking: needs subnets for pods: name them in existing_vpc.subnet_ids.pod or subnet_tags.pod",
    ],
  },
  "warm targets that nothing looks at": {
    cluster: "vpc_cni: { warm_prefix_target: 1, warm_eni_target: 2, warm_ip_target: 5 }",
    told: [
      "11:36 tfvars.cluster.vpc_cni.warm_prefix_target: has no effect without prefix_delegation: set that, or remove this",
      "11:56 tfvars.cluster.vpc_cni.warm_eni_target: has no effect beside warm_ip_target, which counts instead: remove it",
    ],
  },
  "warm targets beside prefixes": {
    cluster: "vpc_cni: { prefix_delegation: true, warm_prefix_target: 1, warm_eni_target: 2, minimum_ip_target: 5 }",
    told: [
      "11:61 tfvars.cluster.vpc_cni.warm_prefix_target: has no effect beside minimum_ip_target, which counts instead: remove it",
      "11:81 tfvars.cluster.vpc_cni.warm_eni_target: has no effect with prefix_delegation, where warm_prefix_target counts: remove it",
    ],
  },
  "reservations without prefixes": {
    cluster: "vpc_cni: { reserve_prefixes: true }",
    told: [
      "11:34 tfvars.cluster.vpc_cni.reserve_prefixes: keeps addresses that nothing would use: set prefix_delegation: true too, or remove it",
    ],
  },
  "reservations in subnets too small": {
    networking: "vpc_cidr: 10.63.2.0/24",
    cluster: "vpc_cni: { prefix_delegation: true, reserve_prefixes: true }",
    told: [
      "9:15 tfvars.networking.vpc_cidr: too small: 3 public subnets of /28 do not fit into an eighth of 10.63.2.0/24; take a larger vpc_cidr, or fewer availability_zones",
      "9:15 tfvars.networking.vpc_cidr: too small: 3 intra subnets of /28 do not fit into an eighth of 10.63.2.0/24; take a larger vpc_cidr, or fewer availability_zones",
      "11:59 tfvars.cluster.vpc_cni.reserve_prefixes: needs private subnets of a /27 at least, whose half is one prefix of 16 addresses, and they are a /28: take a larger range, or remove it",
    ],
  },
  "custom networking without subnets": {
    cluster: "vpc_cni: { custom_networking: true }",
    told: [
      "11:35 tfvars.cluster.vpc_cni.custom_networking: needs subnets for pods: add pod to subnet_tiers, and a block to secondary_cidr_blocks",
    ],
  },
  "custom networking off, and none to be": {
    cluster: "vpc_cni: { custom_networking: false }",
    told: ["11:35 tfvars.cluster.vpc_cni.custom_networking: has no effect: there are no subnets for pods. Remove it"],
  },
  "pods' subnets and local zones": {
    networking:
      "subnet_tiers: [private, public, pod]\nsecondary_cidr_blocks: [100.64.0.0/16]\nlocal_zones: [us-east-1-bos-1a]",
    told: [
      "11:18 tfvars.networking.local_zones: must be empty while pods have subnets of their own, which local zones have not: their nodes would find no configuration. Set cluster.vpc_cni.custom_networking: false, or remove it",
    ],
  },
  "IPv6 with what is of IPv4": {
    networking:
      "ip_family: ipv6\nsubnet_tiers: [private, public, pod]\nsecondary_cidr_blocks: [100.64.0.0/16]\nlocal_zones: [us-east-1-bos-1a]",
    cluster:
      "service_ipv4_cidr: 172.16.0.0/16\nnodelocal_dns_enabled: true\nvpc_cni: { prefix_delegation: true, warm_ip_target: 2, external_snat: true, custom_networking: true }",
    told: [
      "10:19 tfvars.networking.subnet_tiers: has subnets for pods, which an IPv6 cluster has no use for: the VPC CNI knows custom networking for IPv4 only. Remove the tier pod, or take another ip_family",
      "12:18 tfvars.networking.local_zones: must be empty while ip_family has IPv6: the VPC's IPv6 block is of the region, and a local zone takes no part of it",
      "15:24 tfvars.cluster.service_ipv4_cidr: has no effect in an IPv6 cluster: EKS gives Services an IPv6 range of its own. Remove it",
      "16:28 tfvars.cluster.nodelocal_dns_enabled: must be false in an IPv6 cluster: the cache also answers on an IPv4 address of the node, and its rules are of one family only",
      "17:35 tfvars.cluster.vpc_cni.prefix_delegation: has no effect in an IPv6 cluster, whose pods have addresses of an IPv6 prefix: remove it",
      "17:57 tfvars.cluster.vpc_cni.warm_ip_target: has no effect in an IPv6 cluster, whose pods have addresses of an IPv6 prefix: remove it",
      "17:75 tfvars.cluster.vpc_cni.external_snat: has no effect in an IPv6 cluster, whose pods have addresses of an IPv6 prefix: remove it",
      "17:100 tfvars.cluster.vpc_cni.custom_networking: has no effect in an IPv6 cluster, whose pods have addresses of an IPv6 prefix: remove it",
    ],
  },
  "IPv6 on instances before Nitro": {
    networking: "ip_family: ipv6",
    worker: "instance_types: [m6i.large, m4.large]",
    told: [
      "8:35 tfvars.workers[general].instance_types[1]: m4.large is of a generation before Nitro, whose interfaces take no IPv6 prefix, so its pods would get no address: take another type, such as m6i.large",
    ],
  },
  "a local zone and IPv6 of the VPC": {
    networking: "ip_family: dual_stack\nlocal_zones: [us-east-1-bos-1a]",
    told: [
      "10:18 tfvars.networking.local_zones: must be empty while ip_family has IPv6: the VPC's IPv6 block is of the region, and a local zone takes no part of it",
    ],
  },
  "IPv6 ranges of a public endpoint": {
    networking: "ip_family: ipv6",
    cluster:
      'endpoint_public_access: true\npublic_access_ipv6_cidrs: ["::/0", "fd12::/16", "2001:db8::/48", "2001:db8::/48"]',
    told: [
      "13:32 warning: tfvars.cluster.public_access_ipv6_cidrs[0]: opens the API to the whole internet: name the ranges that people and pipelines come from",
      "13:40 tfvars.cluster.public_access_ipv6_cidrs[1]: nobody reaches the public endpoint from fd12::/16, which is no public range: name public ones",
      "13:70 tfvars.cluster.public_access_ipv6_cidrs[3]: names 2001:db8::/48 twice: name each once",
    ],
  },
  "IPv6 ranges of an endpoint that is not public": {
    networking: "ip_family: ipv6",
    cluster: 'public_access_ipv6_cidrs: ["2001:db8::/48"]',
    told: [
      "12:31 tfvars.cluster.public_access_ipv6_cidrs: has no effect while endpoint_public_access is false: remove it, or open the endpoint",
    ],
  },
  "IPv6 ranges of an endpoint that has IPv4 only": {
    networking: "ip_family: dual_stack",
    cluster:
      'endpoint_public_access: true\npublic_access_cidrs: [198.51.100.0/24]\npublic_access_ipv6_cidrs: ["2001:db8::/48"]',
    told: [
      "14:31 tfvars.cluster.public_access_ipv6_cidrs: must be empty while ip_family is dual_stack: only an IPv6 cluster's endpoint has IPv6 addresses, and EKS refuses these ranges. Name IPv4 ranges in public_access_cidrs",
    ],
  },
  "IPv6 ranges that let no node in": {
    networking: "ip_family: ipv6",
    cluster:
      'endpoint_private_access: false\nendpoint_public_access: true\npublic_access_cidrs: [0.0.0.0/0]\npublic_access_ipv6_cidrs: ["2001:db8::/48"]',
    told: [
      "12:30 tfvars.cluster.endpoint_private_access: must be true while public_access_ipv6_cidrs is limited: nodes would come from their own IPv6 addresses, which it does not let in",
      "14:27 warning: tfvars.cluster.public_access_cidrs[0]: opens the API to the whole internet: name the ranges that people and pipelines come from",
    ],
  },
  "rules of security groups by IPv6": {
    networking: "ip_family: dual_stack",
    cluster: `security_groups:
  nodes:
    rules:
      - { name: anywhere, direction: egress, protocol: all, ipv6_cidr: "::/0" }
      - { name: pings, direction: ingress, protocol: icmp, ipv6_cidr: "2001:db8::/32" }
      - { name: pings-of-old, direction: ingress, protocol: icmpv6, cidr: 10.60.0.0/16 }
      - { name: right, direction: ingress, protocol: icmpv6, ipv6_cidr: "2001:db8::/32" }
      - { name: again, direction: ingress, protocol: icmpv6, ipv6_cidr: "2001:db8::/32" }`,
    told: [
      "15:13 tfvars.cluster.security_groups.nodes.rules[anywhere]: opens what is open anyway, and EC2 takes each rule once: remove it",
      "16:58 tfvars.cluster.security_groups.nodes.rules[pings].protocol: is the one of IPv4, and the other side is an IPv6 range: take icmpv6",
      "17:65 tfvars.cluster.security_groups.nodes.rules[pings-of-old].protocol: is the one of IPv6, and the other side is an IPv4 range: take icmp",
      "19:13 tfvars.cluster.security_groups.nodes.rules[again]: opens what right opens, and EC2 takes each rule once: remove one",
    ],
  },
  "more ranges of both families than EKS takes": {
    networking: "ip_family: ipv6",
    cluster: `endpoint_public_access: true\npublic_access_cidrs: [${Array.from({ length: 21 }, (_, index) => `198.51.100.${index}/32`).join(", ")}]\npublic_access_ipv6_cidrs: [${Array.from({ length: 20 }, (_, index) => `"2001:db8:${index + 1}::/48"`).join(", ")}]`,
    told: [
      "14:31 tfvars.cluster.public_access_ipv6_cidrs: makes 41 ranges with those of public_access_cidrs, and EKS takes 40: name fewer, or larger ones",
    ],
  },
};

const NAMES = new Map(Object.keys(CASES).map((what, index) => [what, `c${index + 10}.example.com`]));

/** All cases are loaded at once, each in a range of its own: reading the layers takes longest. */
const FILES = Object.fromEntries(
  Object.entries(CASES).map(([what, { networking = "", cluster = "", worker = "" }]) => {
    const name = NAMES.get(what) ?? "";
    const number = name.slice(1, 3);
    const lines = (text: string, indent: string) =>
      text === ""
        ? []
        : text
            .replaceAll("NN", number)
            .split("\n")
            .map((line) => indent + line);
    const own = networking.includes("vpc_cidr") ? [] : [`    vpc_cidr: 10.${number}.0.0/16`];
    const text = [
      ...["meta:", `  CLUSTER_NAME: ${name}`, "tfvars:", "  common:", "    aws_region: us-east-1"],
      ...["  workers:", "    - name: general", ...lines(worker, "      ")],
      ...["  networking:", ...lines(networking, "    "), ...own],
      ...(cluster === "" ? [] : ["  cluster:", ...lines(cluster, "    ")]),
    ];
    return [`clusters/${name}.yaml`, `${text.join("\n")}\n`];
  }),
);

let told: readonly string[] = [];
beforeAll(() => {
  told = problemsOf(FILES);
});

test.each(Object.keys(CASES))("%s", (what) => {
  const name = NAMES.get(what) ?? "";
  const own = told.filter((line) => line.includes(name)).map((line) => line.replace(`clusters/${name}.yaml:`, ""));

  expect(own).toEqual(CASES[what]?.told);
});
