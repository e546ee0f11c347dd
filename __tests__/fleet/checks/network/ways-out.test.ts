import { account, definition, testReports } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const SERVICES = "ec2, ecr.api, ecr.dkr, eks-auth, sts";

/** The warning about each private network, whose cluster has one key in its group. */
const IMAGES =
  "10:14 warning: tfvars.networking.private: the images of aws_load_balancer_controller, cluster_autoscaler, metrics_server come from registries on the internet, which a private network does not reach. Copy them to ECR and name that registry in their values";

/** A transit gateway that is the way of some tiers to the internet. */
const hub = (tiers: string): string =>
  `transit_gateway_attachments:
  - { name: hub, transit_gateway_id: tgw-0123456789abcdef0, destination_cidrs: [0.0.0.0/0], tiers: [${tiers}] }`;

describe("nat_gateways", () => {
  testReports({
    "requires public subnets, and is reported where subnet_tiers leaves them out": {
      networking: "subnet_tiers: [private, intra]",
      reports: [
        "9:19 tfvars.networking.nat_gateways: per_zone requires public subnets, which contain the gateways. Add public to subnet_tiers or set nat_gateways: regional or none",
      ],
    },
    "can be regional without public subnets": {
      networking: "subnet_tiers: [private, intra]\nnat_gateways: regional",
      reports: [],
    },
    "is not none if nodes have no other way out": {
      networking: "nat_gateways: none",
      reports: [
        "9:19 tfvars.networking.nat_gateways: none leaves nodes without a route to ec2, ecr.api, ecr.dkr, eks-auth, sts, so they could not join the cluster or pull images. Set single, per_zone or regional, set private: true (which adds the required endpoints), or route 0.0.0.0/0 of the tier private to a transit gateway or a VPN",
      ],
    },
    "is not none if one endpoint that nodes require is missing": {
      networking: `nat_gateways: none\ngateway_endpoints: []\ninterface_endpoints: [ec2, ecr.api, ecr.dkr, sts]`,
      reports: [
        "9:19 tfvars.networking.nat_gateways: none leaves nodes without a route to eks-auth, s3, so they could not join the cluster or pull images. Set single, per_zone or regional, set private: true (which adds the required endpoints), or route 0.0.0.0/0 of the tier private to a transit gateway or a VPN",
      ],
    },
    "can be none if all nodes are in public subnets with their own addresses": {
      networking: "nat_gateways: none",
      worker: "subnet_tier: public\nassociate_public_ip_address: true\nmin_size: 2\nmax_size: 2",
      addons: "karpenter: { enabled: true, values: { replicas: 1 } }\ncluster_autoscaler_enabled: false",
      node_pools: "- { name: p, limits: { vcpus: 4 }, subnet_tier: public, associate_public_ip_address: true }",
      reports: [],
    },
    "can be none if all endpoints that nodes require exist": {
      networking: `nat_gateways: none\ninterface_endpoints: [${SERVICES}]`,
      reports: [],
    },
    "is not none if pods on Fargate have no other way out": {
      networking: "nat_gateways: none",
      worker: "subnet_tier: public\nassociate_public_ip_address: true\nmax_size: 2",
      fargate_profiles: "- { name: web, selectors: [{ namespace: web }] }",
      reports: [
        "12:19 tfvars.networking.nat_gateways: none leaves nodes without a route to ec2, ecr.api, ecr.dkr, eks-auth, sts, so they could not join the cluster or pull images. Set single, per_zone or regional, set private: true (which adds the required endpoints), or route 0.0.0.0/0 of the tier private to a transit gateway or a VPN",
      ],
    },
    "can be none if nodes reach the internet through a transit gateway": {
      networking: `nat_gateways: none\n${hub("private")}`,
      reports: [],
    },
  });
});

describe("intra subnets", () => {
  testReports({
    "have no nodes without endpoints": {
      worker: "subnet_tier: intra",
      reports: [
        "8:20 tfvars.workers[general].subnet_tier: intra leaves nodes without a route to ec2, ecr.api, ecr.dkr, eks-auth, sts, so they could not join the cluster or pull images. Use private, add these services to interface_endpoints and gateway_endpoints, or route 0.0.0.0/0 of the tier intra to a transit gateway or a VPN",
      ],
    },
    "have no nodes if one endpoint is missing": {
      networking: "gateway_endpoints: []\ninterface_endpoints: [ec2, ecr.api, ecr.dkr, eks-auth]",
      worker: "subnet_tier: intra",
      reports: [
        "8:20 tfvars.workers[general].subnet_tier: intra leaves nodes without a route to sts, s3, so they could not join the cluster or pull images. Use private, add these services to interface_endpoints and gateway_endpoints, or route 0.0.0.0/0 of the tier intra to a transit gateway or a VPN",
      ],
    },
    "have no nodes if only private subnets have a way out": {
      networking: `nat_gateways: none\n${hub("private")}`,
      worker: "subnet_tier: intra",
      reports: [
        "8:20 tfvars.workers[general].subnet_tier: intra leaves nodes without a route to ec2, ecr.api, ecr.dkr, eks-auth, sts, so they could not join the cluster or pull images. Use private, add these services to interface_endpoints and gateway_endpoints, or route 0.0.0.0/0 of the tier intra to a transit gateway or a VPN",
      ],
    },
    "have no pods on Fargate without the endpoints of ECR and S3": {
      networking: "gateway_endpoints: []",
      fargate_profiles: "- { name: web, selectors: [{ namespace: web }], subnet_tier: intra }",
      reports: [
        "12:66 tfvars.fargate_profiles[web].subnet_tier: intra leaves pods without a route to ecr.api, ecr.dkr, s3, so they could not pull images. Use private, add these services to interface_endpoints and gateway_endpoints, or route 0.0.0.0/0 of the tier intra to a transit gateway or a VPN",
      ],
    },
    "can have pods on Fargate with the endpoints of ECR and S3": {
      networking: "interface_endpoints: [ecr.api, ecr.dkr]",
      fargate_profiles: "- { name: web, selectors: [{ namespace: web }], subnet_tier: intra }",
      reports: [],
    },
    "have no nodes of a pool without endpoints": {
      worker: "min_size: 2",
      addons: "karpenter: { enabled: true }\ncluster_autoscaler_enabled: false",
      node_pools: "- { name: p, limits: { vcpus: 4 }, subnet_tier: intra }",
      reports: [
        "13:53 tfvars.node_pools[p].subnet_tier: intra leaves nodes without a route to ec2, ecr.api, ecr.dkr, eks-auth, sts, so they could not join the cluster or pull images. Use private, add these services to interface_endpoints and gateway_endpoints, or route 0.0.0.0/0 of the tier intra to a transit gateway or a VPN",
      ],
    },
    "have all endpoints that nodes require in a private network": {
      networking: "private: true\nnat_gateways: none",
      worker: "subnet_tier: intra",
      reports: [IMAGES],
    },
    "can have nodes with a way out through a transit gateway": {
      networking: hub("intra"),
      worker: "subnet_tier: intra",
      reports: [],
    },
    "can have nodes if all endpoints exist": {
      networking: `interface_endpoints: [${SERVICES}]`,
      worker: "subnet_tier: intra",
      reports: [],
    },
  });
});

describe("nat_gateway_eip_allocation_ids", () => {
  testReports({
    "has one id for each zone, each once": {
      networking: "nat_gateway_eip_allocation_ids: [eipalloc-0123456789abcdef0, eipalloc-0123456789abcdef0]",
      reports: [
        "9:37 tfvars.networking.nat_gateway_eip_allocation_ids: must have 3 ids because nat_gateways is per_zone and the network has 3 zones, but has 2",
        "9:66 tfvars.networking.nat_gateway_eip_allocation_ids[1]: lists eipalloc-0123456789abcdef0 twice. Remove one of them",
      ],
    },
    "has one id for a single gateway": {
      networking:
        "nat_gateways: single\nnat_gateway_eip_allocation_ids: [eipalloc-0123456789abcdef0, eipalloc-1123456789abcdef0]",
      reports: [
        "10:37 tfvars.networking.nat_gateway_eip_allocation_ids: must have 1 id because nat_gateways is single, but has 2",
      ],
    },
    "has one id for each zone of a regional gateway": {
      networking: "nat_gateways: regional\nnat_gateway_eip_allocation_ids: [eipalloc-0123456789abcdef0]",
      reports: [
        "10:37 tfvars.networking.nat_gateway_eip_allocation_ids: must have 3 ids because nat_gateways is regional and the network has 3 zones, but has 1",
      ],
    },
    "can have one id for a single gateway": {
      networking: "nat_gateways: single\nnat_gateway_eip_allocation_ids: [eipalloc-0123456789abcdef0]",
      reports: [],
    },
    "is empty without gateways": {
      networking: "private: true\nnat_gateways: none\nnat_gateway_eip_allocation_ids: [eipalloc-0123456789abcdef0]",
      reports: [
        IMAGES.replace("10:", "9:"),
        "11:37 tfvars.networking.nat_gateway_eip_allocation_ids: must have 0 ids because nat_gateways is none, but has 1",
      ],
    },
  });
});

testReports({
  "reports nat_gateways of a private network once": {
    networking: "private: true\nnat_gateways: single\nsubnet_tiers: [private, intra]",
    reports: [
      IMAGES.replace("10:", "9:"),
      "10:19 tfvars.networking.nat_gateways: must be none because a private network has no internet gateway, but is single",
    ],
  },
  "accepts egress_only_internet_gateway for IPv6": {
    networking: "ip_family: ipv6\negress_only_internet_gateway: false",
    reports: [],
  },
  "refuses egress_only_internet_gateway in a private network with IPv6": {
    networking: "ip_family: ipv6\nprivate: true\nnat_gateways: none\negress_only_internet_gateway: true",
    reports: [
      IMAGES,
      "12:35 tfvars.networking.egress_only_internet_gateway: has no effect because a private network has no internet gateway. Remove it",
    ],
  },
  "refuses egress_only_internet_gateway for IPv4": {
    networking: "egress_only_internet_gateway: false",
    reports: [
      "9:35 tfvars.networking.egress_only_internet_gateway: has no effect because ip_family is ipv4. Remove it",
    ],
  },
});

test("reports the ids of an account at the cluster's own nat_gateways", () => {
  const files = {
    "accounts/own.yaml": account({
      tfvars: "networking: { nat_gateway_eip_allocation_ids: [eipalloc-0123456789abcdef0] }",
    }),
    "clusters/a.example.com.yaml": definition({ meta: "ACCOUNT: own", networking: "nat_gateways: regional" }),
  };
  expect(problemsOf(files)).toEqual([
    "clusters/a.example.com.yaml:10:19 tfvars.networking.nat_gateway_eip_allocation_ids: must have 3 ids because nat_gateways is regional and the network has 3 zones, but has 1",
  ]);
});
