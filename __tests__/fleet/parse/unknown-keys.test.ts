import { testReports } from "../../support/definition";
import { problemsOf } from "../../support/definitions";

describe("unknown keys and names", () => {
  test("suggests a known key at every level", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
  TEIR: production
tfvar: {}
tfvars:
  common:
    aws_region: us-east-1
    tag: {}
  network: {}
  cluster:
    kubernets_version: "1.35"
    nodelocal_dns_enable: true
  workers:
    - name: general
      minsize: 2
      instancetype: m6i.large
      taints: [{ key: a, value: b, effect: NoSchedule, xyzzy: 1 }]
  addons:
    cert_manger_enabled: true
    cert_manager: { option: {} }
    coredns: { options: { replicas: 3 } }
`,
      }),
    ).toEqual([
      `clusters/a.example.com.yaml:3:3 meta.TEIR: unknown key "TEIR". Did you mean "TIER"?`,
      `clusters/a.example.com.yaml:4:1 tfvar: unknown key "tfvar". Did you mean "tfvars"?`,
      `clusters/a.example.com.yaml:8:5 tfvars.common.tag: unknown key "tag". Did you mean "tags"?`,
      `clusters/a.example.com.yaml:9:3 tfvars.network: unknown key "network". Did you mean "networking"?`,
      `clusters/a.example.com.yaml:11:5 tfvars.cluster.kubernets_version: unknown key "kubernets_version". Did you mean "kubernetes_version"?`,
      `clusters/a.example.com.yaml:12:5 tfvars.cluster.nodelocal_dns_enable: unknown key "nodelocal_dns_enable". Did you mean "nodelocal_dns_enabled"?`,
      `clusters/a.example.com.yaml:15:7 tfvars.workers[general].minsize: unknown key "minsize". Did you mean "min_size"?`,
      `clusters/a.example.com.yaml:16:7 tfvars.workers[general].instancetype: unknown key "instancetype". Did you mean "instance_type"?`,
      'clusters/a.example.com.yaml:17:56 tfvars.workers[general].taints[0].xyzzy: unknown key "xyzzy". Known keys: key, value, effect',
      `clusters/a.example.com.yaml:19:5 tfvars.addons.cert_manger_enabled: unknown key "cert_manger_enabled". Did you mean "cert_manager_enabled"?`,
      `clusters/a.example.com.yaml:20:21 tfvars.addons.cert_manager.option: unknown key "option". Did you mean "options"?`,
      'clusters/a.example.com.yaml:21:27 tfvars.addons.coredns.options.replicas: unknown key "replicas", which is Helm\'s name. Here: under values of the addon, as its chart or EKS add-on spells it',
    ]);
  });
  test("suggests a known account, tier, channel and region", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
  ACCOUNT: prodction
  TIER: prod
  RELEASE_MODEL: stabel
tfvars:
  common:
    aws_region: us-east1
  workers:
    - name: general
`,
      }),
    ).toEqual([
      `clusters/a.example.com.yaml:3:12 meta.ACCOUNT: unknown account "prodction". Did you mean "production"?`,
      `clusters/a.example.com.yaml:4:9 meta.TIER: unknown tier "prod". Did you mean "production"?`,
      `clusters/a.example.com.yaml:5:18 meta.RELEASE_MODEL: unknown channel or release "stabel". Did you mean "stable"?`,
      `clusters/a.example.com.yaml:8:17 tfvars.common.aws_region: unknown region "us-east1". Did you mean "us-east-1"?`,
    ]);
  });
  test("lists the known names if none is similar", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
  ACCOUNT: xyz
  TIER: xyz
  RELEASE_MODEL: xyz
tfvars:
  common:
    aws_region: moon
  workers:
    - name: general
`,
      }),
    ).toEqual([
      `clusters/a.example.com.yaml:3:12 meta.ACCOUNT: unknown account "xyz". Known in accounts: acme, production, sandbox`,
      `clusters/a.example.com.yaml:4:9 meta.TIER: unknown tier "xyz". Known in tiers: development, production, staging`,
      `clusters/a.example.com.yaml:5:18 meta.RELEASE_MODEL: unknown channel or release "xyz". Known: 2026.10, 2026.11, 2026.12, insiders, stable`,
      `clusters/a.example.com.yaml:8:17 tfvars.common.aws_region: unknown region "moon". Known regions: us-east-1, us-east-2, us-west-1, us-west-2, ca-central-1, ca-west-1, mx-central-1, sa-east-1, eu-central-1, eu-central-2, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-2, eu-west-3, af-south-1, il-central-1, me-central-1, me-south-1, ap-east-1, ap-east-2, ap-northeast-1, ap-northeast-2, ap-northeast-3, ap-south-1, ap-south-2, ap-southeast-1, ap-southeast-2, ap-southeast-3, ap-southeast-4, ap-southeast-5, ap-southeast-6, ap-southeast-7, cn-north-1, cn-northwest-1, us-gov-east-1, us-gov-west-1`,
    ]);
  });
  testReports({
    "refuses an unknown exact release": {
      meta: 'RELEASE_MODEL: "2026.13"',
      reports: [`3:18 meta.RELEASE_MODEL: unknown channel or release "2026.13". Did you mean "2026.10"?`],
    },
    "refuses names that are paths": {
      meta: `ACCOUNT: ../accounts/production
TIER: ..
RELEASE_MODEL: /etc/passwd`,
      reports: [
        `3:12 meta.ACCOUNT: must be the name of a file: letters, digits, dots and dashes, got "../accounts/production"`,
        `4:9 meta.TIER: must be the name of a file: letters, digits, dots and dashes, got ".."`,
        `5:18 meta.RELEASE_MODEL: must be the name of a file: letters, digits, dots and dashes, got "/etc/passwd"`,
      ],
    },
  });
  test("refuses names that JavaScript objects have", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
  ACCOUNT: constructor
  TIER: toString
  RELEASE_MODEL: constructor
tfvars:
  common:
    aws_region: constructor
  workers:
    - name: general
`,
      }),
    ).toEqual([
      `clusters/a.example.com.yaml:3:12 meta.ACCOUNT: unknown account "constructor". Known in accounts: acme, production, sandbox`,
      `clusters/a.example.com.yaml:4:9 meta.TIER: unknown tier "toString". Known in tiers: development, production, staging`,
      `clusters/a.example.com.yaml:5:18 meta.RELEASE_MODEL: unknown channel or release "constructor". Known: 2026.10, 2026.11, 2026.12, insiders, stable`,
      `clusters/a.example.com.yaml:8:17 tfvars.common.aws_region: unknown region "constructor". Known regions: us-east-1, us-east-2, us-west-1, us-west-2, ca-central-1, ca-west-1, mx-central-1, sa-east-1, eu-central-1, eu-central-2, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-2, eu-west-3, af-south-1, il-central-1, me-central-1, me-south-1, ap-east-1, ap-east-2, ap-northeast-1, ap-northeast-2, ap-northeast-3, ap-south-1, ap-south-2, ap-southeast-1, ap-southeast-2, ap-southeast-3, ap-southeast-4, ap-southeast-5, ap-southeast-6, ap-southeast-7, cn-north-1, cn-northwest-1, us-gov-east-1, us-gov-west-1`,
    ]);
  });
  testReports({
    "refuses empty names": {
      meta: `ACCOUNT: ""
TIER: ""
RELEASE_MODEL: ""`,
      reports: [
        `3:12 meta.ACCOUNT: must be the name of a file: letters, digits, dots and dashes, got ""`,
        `4:9 meta.TIER: must be the name of a file: letters, digits, dots and dashes, got ""`,
        `5:18 meta.RELEASE_MODEL: must be the name of a file: letters, digits, dots and dashes, got ""`,
      ],
    },
    "refuses names that are not text": {
      meta: `ACCOUNT: 5
TIER: true
RELEASE_MODEL: []`,
      reports: [
        `3:12 meta.ACCOUNT: must be text, got 5, which YAML reads as a number. Write "5" in quotes`,
        `4:9 meta.TIER: must be text, got true, which YAML reads as true or false. Write "true" in quotes`,
        "5:18 meta.RELEASE_MODEL: must be text, got a list",
      ],
    },
  });
});
