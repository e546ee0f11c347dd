import { messagesIn, testReports } from "../../../support/definition";

const PRIVATE = "private: true\nnat_gateways: none";

describe("a private network", () => {
  testReports({
    "has no internet gateway, public subnets or public endpoint": {
      networking: `private: true
subnet_tiers: [private, public]
nat_gateways: single
public_access_block_exclusions: { vpc: allow-egress }`,
      cluster: "endpoint_public_access: true\npublic_access_cidrs: [192.0.2.0/24]",
      reports: [
        "9:14 warning: tfvars.networking.private: the images of aws_load_balancer_controller, cluster_autoscaler, metrics_server come from registries on the internet, which a private network does not reach. Copy them to ECR and name that registry in their values",
        "10:29 tfvars.networking.subnet_tiers[1]: has no effect because a private network has no public subnets. Remove it",
        "11:19 tfvars.networking.nat_gateways: must be none because a private network has no internet gateway, but is single",
        "12:44 tfvars.networking.public_access_block_exclusions.vpc: has no effect because a private network has no internet gateway. Remove it",
        "15:29 tfvars.cluster.endpoint_public_access: must be false in a private network. Reach the API through a connection and list its ranges in private_access_cidrs",
      ],
    },
    "has no NAT gateways that its tier sets": {
      networking: "private: true",
      reports: [
        "9:14 tfvars.networking.nat_gateways: must be none because a private network has no internet gateway, but is per_zone",
        "9:14 warning: tfvars.networking.private: the images of aws_load_balancer_controller, cluster_autoscaler, metrics_server come from registries on the internet, which a private network does not reach. Copy them to ECR and name that registry in their values",
      ],
    },
    "has no addon that requires the internet": {
      networking: PRIVATE,
      cluster: "k8s_base_domain: a.eks.example.com",
      addons: `cert_manager_enabled: true
external_dns_enabled: true
aws_load_balancer_controller_enabled: false
cluster_autoscaler: { values: { image: { repository: mirror } } }
metrics_server_enabled: false`,
      reports: [
        "9:14 warning: tfvars.networking.private: the images of cert_manager, external_dns come from registries on the internet, which a private network does not reach. Copy them to ECR and name that registry in their values",
        "15:27 tfvars.addons.cert_manager_enabled: requires Let's Encrypt and the API of Route 53, which a private network does not reach. Disable it or route 0.0.0.0/0 of the tier private to a transit gateway or a VPN",
        "16:27 tfvars.addons.external_dns_enabled: requires the API of Route 53, which a private network does not reach. Disable it or route 0.0.0.0/0 of the tier private to a transit gateway or a VPN",
      ],
    },
    "has no load balancer on the internet": {
      networking: PRIVATE,
      addons: `cluster_autoscaler: { values: { image: { repository: mirror } } }
metrics_server_enabled: false
aws_load_balancer_controller:
  enabled: true
  options: { default_scheme: internet-facing, shield: true }
  values: { image: { repository: mirror } }`,
      reports: [
        "16:16 tfvars.addons.aws_load_balancer_controller.enabled: requires the API of Shield, which a private network does not reach. Disable it or route 0.0.0.0/0 of the tier private to a transit gateway or a VPN",
        "17:34 tfvars.addons.aws_load_balancer_controller.options.default_scheme: must be internal, because a private network is not reachable from the internet",
      ],
    },
    "reports no images of an addon whose values name a registry inside of another key": {
      networking: PRIVATE,
      addons: `cluster_autoscaler: { values: { image: { repository: mirror } } }
aws_load_balancer_controller_enabled: false
metrics_server: { values: { global: { addonResizer: { imageRegistry: mirror } } } }`,
      reports: [],
    },
    "reports images of an addon whose values set the registry to nothing": {
      networking: PRIVATE,
      addons: `cluster_autoscaler: { values: { image: { repository: mirror } } }
aws_load_balancer_controller_enabled: false
metrics_server: { values: { image: { tag: v1 }, imageRegistry: null } }`,
      reports: [],
    },
    "can have no public subnets": {
      networking: `${PRIVATE}\nsubnet_tiers: [private, intra]`,
      addons: `cluster_autoscaler: { values: { image: { repository: mirror } } }
aws_load_balancer_controller_enabled: false
metrics_server_enabled: false`,
      reports: [],
    },
    "can have any addon if a connection leads to the internet": {
      networking: `${PRIVATE}
transit_gateway_attachments:
  - { name: out, transit_gateway_id: tgw-0123456789abcdef0, destination_cidrs: [0.0.0.0/0], tiers: [private] }`,
      cluster: "k8s_base_domain: a.eks.example.com",
      addons: "cert_manager_enabled: true",
      reports: [],
    },
  });
});

describe("a private network in an existing VPC", () => {
  const networking = `private: true
existing_vpc: { vpc_id: vpc-0a1b2c3d4e5f60718, subnet_tags: { private: { A: b }, public: { A: c } } }
vpc_cidr: 10.1.0.0/16`;
  const errorsWith = (addons: string): string[] =>
    messagesIn({ networking, cluster: "k8s_base_domain: eks.example.com", addons }).filter(
      (message) => !message.startsWith("warning:"),
    );

  test("can have public subnets, and NAT gateways in a layer", () => {
    expect(errorsWith("metrics_server_enabled: false")).toEqual([]);
  });

  test("has no addon that requires the internet", () => {
    expect(errorsWith("cert_manager: { enabled: true, options: { letsencrypt_email: a@example.com } }")).toEqual([
      "tfvars.addons.cert_manager.enabled: requires Let's Encrypt and the API of Route 53, which a private network does not reach. Disable it or route 0.0.0.0/0 of the tier private to a transit gateway or a VPN",
    ]);
  });
});

describe("endpoints", () => {
  testReports({
    "whose policy is for an organization require organization_id": {
      networking: "endpoint_policy: organization",
      reports: [
        "9:22 tfvars.networking.endpoint_policy: requires organization_id. Set it to the id of your organization",
      ],
    },
    "use the policy and the organization that are set": {
      networking: `organization_id: o-a1b2c3d4e5
endpoint_policy: account
gateway_endpoints: []`,
      reports: [
        "9:22 tfvars.networking.organization_id: has no effect because endpoint_policy is not organization. Remove it, or set endpoint_policy: organization",
        "10:22 tfvars.networking.endpoint_policy: has no effect because the network has no endpoint. Remove it",
      ],
    },
    "accept the policy of an organization with its id": {
      networking: "endpoint_policy: organization\norganization_id: o-a1b2c3d4e5",
      reports: [],
    },
    "are listed once": {
      networking: "interface_endpoints: [ec2, ec2]\ngateway_endpoints: [s3, s3]",
      reports: [
        "9:32 tfvars.networking.interface_endpoints[1]: lists ec2 twice. Remove one of them",
        "10:29 tfvars.networking.gateway_endpoints[1]: lists s3 twice. Remove one of them",
      ],
    },
    "have the names of AWS services": {
      networking: "interface_endpoints: [ec2, ecr, ec2]",
      reports: [
        '9:32 tfvars.networking.interface_endpoints[1]: must be an AWS service as its interface endpoint names it, such as ec2, got "ecr"',
        "9:37 tfvars.networking.interface_endpoints[2]: lists ec2 twice. Remove one of them",
      ],
    },
  });
});
