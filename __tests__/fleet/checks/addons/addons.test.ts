import { readFileSync } from "node:fs";
import { testReports } from "../../../support/definition";
import { problemsOf, SMALLEST } from "../../../support/definitions";

describe("addons", () => {
  testReports({
    "refuses an addon without those that it requires": {
      addons: `vertical_pod_autoscaler_enabled: true
metrics_server_enabled: false
coredns_enabled: false`,
      cluster: "nodelocal_dns_enabled: true",
      reports: [
        "9:38 tfvars.addons.vertical_pod_autoscaler_enabled: requires metrics_server. Set metrics_server_enabled: true",
        "13:28 tfvars.cluster.nodelocal_dns_enabled: requires coredns. Set coredns_enabled: true",
      ],
    },
  });
  test("requires both Teleport's agent and its token", () => {
    const agent = `${SMALLEST}  addons:
    teleport_kube_agent:
      enabled: true
      options: { proxy_address: "teleport.example.com:443" }
`;
    const file = "clusters/a.example.com.yaml";

    expect(problemsOf({ [file]: agent })).toEqual([
      `${file}:10:16 tfvars.addons.teleport_kube_agent.enabled: requires tfvars.common.teleport_token. Set it to the Secret in the namespace teleport that contains the join token as auth-token`,
    ]);
    expect(
      problemsOf({ [file]: agent.replace("us-east-1\n", "us-east-1\n    teleport_token: teleport-join-token\n") }),
    ).toEqual([]);
  });
  testReports({
    "refuses network policies that nothing enforces": {
      addons: "network_policies_enabled: true",
      cluster: "vpc_cni: { network_policy: false }",
      reports: [
        "9:31 tfvars.addons.network_policies_enabled: nothing enforces these policies. Set tfvars.cluster.vpc_cni.network_policy: true, or set this to false",
      ],
    },
  });
  test("accepts network policies that Auto Mode enforces, without the VPC CNI", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST.replace("  workers:\n    - name: general\n", "")}  addons:
    network_policies_enabled: true
  cluster:
    auto_mode: { enabled: true, node_pools: [general-purpose] }
    vpc_cni: { enabled: false }
`,
      }).filter((problem) => problem.includes("network_policies")),
    ).toEqual([]);
  });
  testReports({
    "refuses a DNS cache on nodes whose kube-proxy has the address of the DNS": {
      cluster: `nodelocal_dns_enabled: true
kube_proxy: { values: { mode: ipvs } }`,
      reports: [
        "9:28 tfvars.cluster.nodelocal_dns_enabled: cannot listen on the address of the cluster's DNS, which kube-proxy has on every node in mode ipvs. Set nodelocal_dns_enabled: false, or use another mode",
      ],
    },
    "refuses a shorthand beside its key": {
      addons: `headlamp_enabled: true
kubernetes_dashboard_enabled: false
coredns_enabled: true
coredns: { enabled: true }`,
      cluster: "nodelocal_dns_enabled: maybe",
      reports: [
        "10:5 tfvars.addons.kubernetes_dashboard_enabled: sets the same value as tfvars.addons.headlamp.enabled in this file. Keep one of them",
        "11:5 tfvars.addons.coredns_enabled: sets the same value as tfvars.addons.coredns.enabled in this file. Keep one of them",
        `14:28 tfvars.cluster.nodelocal_dns_enabled: must be true or false, got "maybe"`,
      ],
    },
    "refuses a shorthand that is not a switch": {
      addons: `coredns_enabled: 1
kubernetes_dashboard_enabled: yes
headlamp: 5`,
      reports: [
        "9:22 tfvars.addons.coredns_enabled: must be true or false, got 1",
        "11:15 tfvars.addons.headlamp: must be a map of keys, got 5",
      ],
    },
    "refuses unknown and wrong options": {
      addons: `cert_manager: { options: { letsencrypt_email: nobody, letsencrypt_server: prod } }
cluster_autoscaler: { options: { expander: x } }`,
      reports: [
        `9:51 tfvars.addons.cert_manager.options.letsencrypt_email: must be an e-mail address, such as team@example.com, got "nobody"`,
        `9:79 tfvars.addons.cert_manager.options.letsencrypt_server: must be one of production, staging or null, got "prod"`,
        `10:48 tfvars.addons.cluster_autoscaler.options.expander: must be one of least-waste, least-nodes, most-pods, random, priority, got "x"`,
      ],
    },
    "refuses values that YAML reads as another type": {
      addons: `metrics_server:
  values:
    tag: 1.30
    id: 012
    flag: no
    quoted: "no"
    large: 12345678901234567890
    huge: 1e999
    nan: .nan
    list: [Off, 1.5, 0x1F, 10]
  options: 5`,
      reports: [
        `11:14 tfvars.addons.metrics_server.values.tag: YAML reads 1.30 as the number 1.3. Write "1.30" in quotes, or 1.3`,
        `12:13 tfvars.addons.metrics_server.values.id: YAML reads 012 as the number 12. Write "012" in quotes, or 12`,
        `13:15 tfvars.addons.metrics_server.values.flag: is text in YAML 1.2 and false in Helm. Write false, or "no" in quotes`,
        `15:16 tfvars.addons.metrics_server.values.large: YAML reads 12345678901234567890 as the number 12345678901234567000. Write "12345678901234567890" in quotes, or 12345678901234567000`,
        `16:15 tfvars.addons.metrics_server.values.huge: is not a number in JSON, got 1e999. Write "1e999" in quotes`,
        `17:14 tfvars.addons.metrics_server.values.nan: is not a number in JSON, got .nan. Write ".nan" in quotes`,
        `18:16 tfvars.addons.metrics_server.values.list[0]: is text in YAML 1.2 and false in Helm. Write false, or "Off" in quotes`,
        "19:16 tfvars.addons.metrics_server.options: must be a map of keys, got 5",
      ],
    },
    "refuses values that are not a map": {
      addons: `metrics_server: { values: text }
coredns: { values: [1] }`,
      reports: [
        `9:31 tfvars.addons.metrics_server.values: must be a map of keys, got "text"`,
        "10:24 tfvars.addons.coredns.values: must be a map of keys, got a list",
      ],
    },
  });
  test("refuses a release without the pins of an addon", () => {
    const RELEASE_MODEL = "clusters/a.example.com.yaml:3:18";
    expect(
      problemsOf({
        "releases/bare.yaml": `tfvars: { cluster: { kubernetes_version: "1.35" } }
kubernetes:
  "1.35":
    ami_release_version: 1.35.6-20260714
    eks_addons: {}
charts: {}
`,
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
  RELEASE_MODEL: bare
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
`,
      }),
    ).toEqual([
      `${RELEASE_MODEL} tfvars.addons.aws_ebs_csi_driver.enabled: release bare pins no aws-ebs-csi-driver for Kubernetes 1.35. Use another release, or add it to eks_addons`,
      `${RELEASE_MODEL} tfvars.addons.aws_load_balancer_controller.enabled: release bare pins no chart for aws_load_balancer_controller. Use another release, or add it to charts`,
      `${RELEASE_MODEL} tfvars.addons.cluster_autoscaler.enabled: release bare pins no chart for cluster_autoscaler. Use another release, or add it to charts`,
      `${RELEASE_MODEL} tfvars.addons.coredns.enabled: release bare pins no coredns for Kubernetes 1.35. Use another release, or add it to eks_addons`,
      `${RELEASE_MODEL} tfvars.addons.metrics_server.enabled: release bare pins no chart for metrics_server. Use another release, or add it to charts`,
      `${RELEASE_MODEL} tfvars.cluster.eks_pod_identity_agent.version: release bare pins no eks-pod-identity-agent for Kubernetes 1.35. Set a version, or add it to eks_addons`,
      `${RELEASE_MODEL} tfvars.cluster.kube_proxy.version: release bare pins no kube-proxy for Kubernetes 1.35. Set a version, or add it to eks_addons`,
      `${RELEASE_MODEL} tfvars.cluster.vpc_cni.version: release bare pins no vpc-cni for Kubernetes 1.35. Set a version, or add it to eks_addons`,
    ]);
  });

  test("reports a refused switch once", () => {
    expect(
      problemsOf({
        "tiers/t.yaml": "tfvars: { addons: { metrics_server_enabled: false } }\n",
        "clusters/a.example.com.yaml": `${SMALLEST.replace("meta:\n", "meta:\n  TIER: t\n")}  addons:
    vertical_pod_autoscaler_enabled: true
    metrics_server_enabled: maybe
`,
      }),
    ).toEqual([
      'clusters/a.example.com.yaml:11:29 tfvars.addons.metrics_server_enabled: must be true or false, got "maybe"',
    ]);
  });

  test("refuses a chart that does not support the cluster's Kubernetes version", () => {
    const release = readFileSync("definitions/releases/2026.12.yaml", "utf8");
    expect(
      problemsOf({
        "releases/new.yaml": release.replace('kube_version: ">= 1.22.0-0"', 'kube_version: ">=1.37.0-0"'),
        "clusters/a.example.com.yaml": `${SMALLEST.replace("meta:\n", "meta:\n  RELEASE_MODEL: new\n")}  cluster:
    k8s_base_domain: eks.example.com
  addons:
    cert_manager_enabled: true
    platform: none
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:12:27 tfvars.addons.cert_manager_enabled: chart cert-manager v1.21.1 of release new supports Kubernetes >=1.37.0-0, but the cluster runs 1.36. Use another release or kubernetes_version",
    ]);
  });

  test.each([
    ["1.9.1", true],
    ["1.9.2", false],
  ])("Karpenter %s with Kubernetes 1.35 is refused: %s", (version, refused) => {
    const release = readFileSync("definitions/releases/2026.12.yaml", "utf8");
    const found = problemsOf({
      "releases/new.yaml": release.replace(
        "chart: karpenter, version: 1.14.1",
        `chart: karpenter, version: ${version}`,
      ),
      "clusters/a.example.com.yaml": `${SMALLEST.replace("meta:\n", "meta:\n  RELEASE_MODEL: new\n")}  cluster:
    kubernetes_version: "1.35"
  addons:
    karpenter_enabled: true
    platform: none
`,
    });

    const message =
      "Kubernetes 1.35 requires karpenter 1.9.2 or later, but release new pins 1.9.1. Use another release or kubernetes_version";
    expect(found.some((problem) => problem.endsWith(`tfvars.addons.karpenter_enabled: ${message}`))).toBe(refused);
  });

  test("refuses an invalid range of Kubernetes versions", () => {
    const release = readFileSync("definitions/releases/2026.12.yaml", "utf8");
    const [problem, ...others] = problemsOf({
      "releases/new.yaml": release.replace('kube_version: ">= 1.22.0-0"', "kube_version: the newest"),
      "clusters/a.example.com.yaml": SMALLEST,
    });

    expect(others).toEqual([]);
    expect(problem).toMatch(
      /^releases\/new\.yaml:\d+:\d+ charts\.cert_manager\.kube_version: must be a range of versions, such as >=1\.25\.0-0, got "the newest"$/,
    );
  });
});
