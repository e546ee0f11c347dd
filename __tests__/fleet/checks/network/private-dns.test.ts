import { messagesIn, testReports } from "../../../support/definition";

describe("a domain", () => {
  testReports({
    "has one private zone": {
      networking: `private_zones:
  - { name: x, domain: in.example.com }
  - { name: y, domain: in.example.com }`,
      reports: [
        "11:28 tfvars.networking.private_zones[y].domain: in.example.com is already the domain of x. A VPC uses one zone for a domain. Remove one of them",
      ],
    },
    "has one resolver rule": {
      networking: `resolver_rules:
  - { name: x, domain_name: in.example.com, target_ips: [10.1.0.1] }
  - { name: y, domain_name: in.example.com, target_ips: [10.1.0.2] }`,
      reports: [
        "11:33 tfvars.networking.resolver_rules[y].domain_name: x already forwards in.example.com. List all servers in target_ips of one rule",
      ],
    },
    "has a private zone or a resolver rule": {
      networking: `private_zones: [{ name: x, domain: in.example.com }]
resolver_rules: [{ name: y, domain_name: in.example.com, target_ips: [10.1.0.1] }]`,
      reports: [
        "10:46 tfvars.networking.resolver_rules[y].domain_name: in.example.com is also the domain of private_zones[x], which is never used because rules come first. Remove one of them",
      ],
    },
    "of a rule has servers outside the VPC's own DNS, each once": {
      networking: `vpc_cidr: 10.50.0.0/16
resolver_rules: [{ name: a, domain_name: a.example.com, target_ips: [10.50.0.3, 10.50.0.2, 169.254.169.253, 10.50.0.3] }]`,
      reports: [
        "10:85 tfvars.networking.resolver_rules[a].target_ips[1]: 10.50.0.2 is the DNS server of this VPC, which would ask itself in a loop. Name the servers that answer for a.example.com",
        "10:96 tfvars.networking.resolver_rules[a].target_ips[2]: 169.254.169.253 is the DNS server of this VPC, which would ask itself in a loop. Name the servers that answer for a.example.com",
        "10:113 tfvars.networking.resolver_rules[a].target_ips[3]: lists 10.50.0.3 twice. Remove one of them",
      ],
    },
  });

  test("of AWS is a warning", () => {
    const networking = `private_zones: [{ name: a, domain: amazonaws.com }]
resolver_rules: [{ name: a, domain_name: amazonaws.com.cn, target_ips: [10.1.0.1] }]`;

    expect(messagesIn({ networking })).toEqual([
      "warning: tfvars.networking.private_zones[a].domain: amazonaws.com belongs to AWS. Nodes cannot resolve its names that are missing here, such as AWS services or other nodes. Use a domain below it",
      "warning: tfvars.networking.resolver_rules[a].domain_name: amazonaws.com.cn belongs to AWS. Nodes cannot resolve its names that are missing here, such as AWS services or other nodes. Use a domain below it",
    ]);
  });

  test("of AWS is one that has names of several services or of instances", () => {
    const domains = [
      "us-east-1.amazonaws.com",
      "eu-west-1.compute.internal",
      "ec2.internal",
      "us-east-1.eks.amazonaws.com",
      "eks.amazonaws.com",
      "eks.us-east-1.amazonaws.com",
      "sts.us-east-1.amazonaws.com",
      "example.internal",
    ];
    const zones = domains.map((domain, index) => `  - { name: z${index}, domain: ${domain} }`).join("\n");
    const warnings = messagesIn({ networking: `private_zones:\n${zones}` });

    expect(domains.filter((domain) => warnings.some((warning) => warning.includes(`: ${domain} `)))).toEqual([
      "us-east-1.amazonaws.com",
      "eu-west-1.compute.internal",
      "ec2.internal",
      "us-east-1.eks.amazonaws.com",
      "eks.amazonaws.com",
    ]);
  });
});

describe("a private zone that contains the cluster's domain", () => {
  const zone = (domain: string): string => `private_zones: [{ name: z, domain: ${domain} }]`;
  const cluster = "k8s_base_domain: a.eks.example.com";
  const addons = "external_dns_enabled: true";
  const report =
    "9:40 warning: tfvars.networking.private_zones[z].domain: hides the hosts below a.eks.example.com that external_dns publishes in the public zone from this VPC, which looks them up in this zone only. Use a domain that does not contain k8s_base_domain, or add this zone to further_zones of external_dns";

  testReports({
    "hides hosts, if it is that domain": {
      networking: zone("a.eks.example.com"),
      cluster,
      addons,
      reports: [report],
    },
    "hides hosts, if it is above that domain": { networking: zone("example.com"), cluster, addons, reports: [report] },
    "hides none, if it is below that domain": {
      networking: zone("in.a.eks.example.com"),
      cluster,
      addons,
      reports: [],
    },
    "hides none, if its name only ends alike": { networking: zone("eks.example.co"), cluster, addons, reports: [] },
    "hides none, if nothing publishes hosts": { networking: zone("example.com"), cluster, reports: [] },
    "hides none, if hosts are published in it": {
      networking: zone("a.eks.example.com"),
      cluster,
      addons:
        "external_dns: { enabled: true, options: { further_zones: [{ domain: a.eks.example.com, zone_id: Z0123456789ABC }] } }",
      reports: [],
    },
  });
});

testReports({
  "an association names a private zone or rule, each once": {
    networking: `private_zone_associations:
  - { name: x, zone_id: Z0111111EXAMPLE }
  - { name: y, zone_id: Z0222222PRIVATE }
  - { name: z, zone_id: Z0222222PRIVATE }
resolver_rule_associations:
  - { name: x, resolver_rule_id: rslvr-rr-0123456789abcdef0 }
  - { name: y, resolver_rule_id: rslvr-rr-0123456789abcdef0 }`,
    reports: [
      "10:29 tfvars.networking.private_zone_associations[x].zone_id: Z0111111EXAMPLE is the public zone eks.example.com of account production. Name a private zone",
      "12:29 tfvars.networking.private_zone_associations[z].zone_id: y already associates Z0222222PRIVATE. Remove one of them",
      "15:38 tfvars.networking.resolver_rule_associations[y].resolver_rule_id: x already associates rslvr-rr-0123456789abcdef0. Remove one of them",
    ],
  },
});
