import { messagesIn, testReports } from "../../../support/definition";

const PUBLIC = "subnet_tier: public\nassociate_public_ip_address: true";
const LOCAL = "availability_zones: [us-east-1-atl-1a]";

testReports({
  "refuses a tier that the network does not have": {
    worker: "subnet_tier: intra",
    networking: "subnet_tiers: [private, public]",
    reports: [
      "8:20 tfvars.workers[general].subnet_tier: the network has no intra subnets. Add intra to networking.subnet_tiers, or use another tier",
    ],
  },
  "refuses a tier that local zones do not have": {
    worker: `subnet_tier: intra\n${LOCAL}`,
    networking: "local_zones: [us-east-1-atl-1a]\ninterface_endpoints: [ec2, ecr.api, ecr.dkr, eks-auth, sts]",
    reports: [
      "8:20 tfvars.workers[general].subnet_tier: the network has no intra subnet in us-east-1-atl-1a. Use private subnets, or other availability_zones",
    ],
  },
  "refuses a local zone in which the existing VPC has no subnet of the tier": {
    worker: `${PUBLIC}\n${LOCAL}`,
    networking: `local_zones: [us-east-1-atl-1a]
availability_zones: [us-east-1a, us-east-1b]
existing_vpc:
  vpc_id: vpc-0a1b2c3d4e5f60718
  subnet_tags: { private: { Network: data } }
  subnet_ids: { public: { us-east-1a: subnet-0a1b2c3d4e5f60001, us-east-1b: subnet-0a1b2c3d4e5f60002 } }`,
    reports: [
      "8:20 tfvars.workers[general].subnet_tier: the network has no public subnet in us-east-1-atl-1a. Use private subnets, or other availability_zones",
    ],
  },
  "accepts private subnets in a local zone": {
    worker: LOCAL,
    networking: "local_zones: [us-east-1-atl-1a]",
    reports: [],
  },
  "names only the local zones without a subnet of the tier": {
    worker: "subnet_tier: intra\navailability_zones: [us-east-1a, us-east-1-atl-1a]",
    networking: "local_zones: [us-east-1-atl-1a]\ninterface_endpoints: [ec2, ecr.api, ecr.dkr, eks-auth, sts]",
    reports: [
      "8:20 tfvars.workers[general].subnet_tier: the network has no intra subnet in us-east-1-atl-1a. Use private subnets, or other availability_zones",
    ],
  },
  "accepts public subnets in a local zone that has them": {
    worker: `${PUBLIC}\n${LOCAL}`,
    networking: "local_zones: [us-east-1-atl-1a]",
    reports: [],
  },
  "reports a tier that the network does not have once for a group in a local zone": {
    worker: `subnet_tier: intra\n${LOCAL}`,
    networking: "local_zones: [us-east-1-atl-1a]\nsubnet_tiers: [private, public]",
    reports: [
      "8:20 tfvars.workers[general].subnet_tier: the network has no intra subnets. Add intra to networking.subnet_tiers, or use another tier",
    ],
  },
  "accepts public subnets without public addresses if a launch template may add them": {
    worker: "subnet_tier: public\nlaunch_template: { id: lt-0123456789abcdef0, version: 1 }",
    reports: [],
  },
  "refuses a public address in private subnets": {
    worker: "associate_public_ip_address: true",
    reports: [
      "8:36 tfvars.workers[general].associate_public_ip_address: has no effect because nothing routes from the internet to private subnets. Remove it, or set subnet_tier: public",
    ],
  },
  "requires a public address in public subnets": {
    worker: "subnet_tier: public",
    reports: [
      "8:20 tfvars.workers[general].subnet_tier: is public, but without public addresses the nodes reach no registry and no AWS API. Set associate_public_ip_address: true",
    ],
  },
  "accepts public subnets without public addresses if nodes have IPv6": {
    worker: "subnet_tier: public",
    networking: "ip_family: dual_stack",
    reports: [],
  },
});

test("refuses public subnets of a private network", () => {
  const messages = messagesIn({ worker: PUBLIC, networking: "private: true\nnat_gateways: none" });
  expect(messages.filter((message) => message.includes("subnet_tier"))).toEqual([
    "tfvars.workers[general].subnet_tier: a private network has no public subnets. Use another tier",
  ]);
});
