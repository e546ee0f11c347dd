import { testReports } from "../../../support/definition";

const A_AND_B = "availability_zones: [us-east-1a, us-east-1b]";

testReports({
  "accepts a range for each zone of a tier, and computes the others": {
    networking: `${A_AND_B}
subnet_ranges: { public: { us-east-1a: 10.10.224.0/24, us-east-1b: 10.10.225.0/24 } }`,
    reports: [],
  },
  "refuses a list without a zone": {
    networking: `${A_AND_B}
subnet_ranges: { public: { us-east-1a: 10.11.224.0/24 } }`,
    reports: ["10:30 tfvars.networking.subnet_ranges.public: lists no range for us-east-1b. List every zone, or none"],
  },
  "refuses a zone that the network does not have": {
    networking: `${A_AND_B}
subnet_ranges: { public: { us-east-1a: 10.12.224.0/24, us-east-1b: 10.12.225.0/24, us-east-1c: 10.12.226.0/24 } }`,
    reports: [
      "10:100 tfvars.networking.subnet_ranges.public.us-east-1c: us-east-1c is not a zone of the network. Its zones: us-east-1a, us-east-1b",
    ],
  },
  "refuses a range outside the VPC": {
    networking: `${A_AND_B}
subnet_ranges: { public: { us-east-1a: 10.99.0.0/24, us-east-1b: 10.13.225.0/24 } }`,
    reports: [
      "10:44 tfvars.networking.subnet_ranges.public.us-east-1a: 10.99.0.0/24 is not in vpc_cidr 10.13.0.0/16. Choose a range in it",
    ],
  },
  "refuses a range that overlaps a computed one, and one of the same list": {
    networking: `${A_AND_B}
subnet_ranges: { public: { us-east-1a: 10.14.0.0/24, us-east-1b: 10.14.0.0/25 } }`,
    reports: [
      "10:44 tfvars.networking.subnet_ranges.public.us-east-1a: 10.14.0.0/24 overlaps subnet private of us-east-1a (10.14.0.0/20). Choose another range",
      "10:70 tfvars.networking.subnet_ranges.public.us-east-1b: 10.14.0.0/25 overlaps subnet private of us-east-1a (10.14.0.0/20). Choose another range",
    ],
  },
  "refuses a tier that the network does not have, and a length beside a list": {
    networking: `${A_AND_B}
subnet_prefix_lengths: { public: 25 }
subnet_ranges:
  public: { us-east-1a: 10.15.224.0/24, us-east-1b: 10.15.225.0/24 }
  database: { us-east-1a: 10.15.240.0/24, us-east-1b: 10.15.241.0/24 }`,
    reports: [
      "10:38 tfvars.networking.subnet_prefix_lengths.public: has no effect because subnet_ranges lists the public subnets. Remove it",
      "13:17 tfvars.networking.subnet_ranges.database: has no effect because the network has no database subnets. Remove it, or add database to subnet_tiers",
    ],
  },
});
