import { readFileSync } from "node:fs";
import { knownKeys, schemaAt } from "../../../fleet/parse/introspect";
import { OTHER_TOOLS_KEYS } from "../../../fleet/parse/other-tools";
import { SHORTHAND_KEYS } from "../../../fleet/parse/shorthand";
import { definition } from "../../../fleet/schema/definition";
import { type Sections, testReports } from "../../support/definition";

test.each([...new Set(OTHER_TOOLS_KEYS.flatMap(({ use }) => use ?? []))])("%s is a key of a definition", (use) => {
  const [target = ""] = use.split(": ");
  const steps = target.startsWith("meta.") ? target.split(".") : ["tfvars", ...target.split(".")];
  const map = steps.slice(0, -1).map((step) => (step === "*" ? 0 : step));
  const known = [
    ...(knownKeys(schemaAt(definition, map)) ?? []),
    ...(SHORTHAND_KEYS[steps.slice(0, -1).join(".")] ?? []),
  ];
  expect(known).toContain(steps.at(-1));
});

test("the page about other tools has every key that is answered", () => {
  const page = readFileSync("docs/coming-from.md", "utf8");
  expect(OTHER_TOOLS_KEYS.filter(({ key }) => !page.includes(`\`${key}\``))).toEqual([]);
});

/** A case for each key: what the file has, and the end of the message. */
function answers(section: keyof Sections, place: string, cases: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(cases).map(([written, advice]) => {
      const key = written.split(":")[0] ?? "";
      const reports = [`${place}.${key}: unknown key "${key}", which is ${advice}`];
      return [`${section} ${written}`, { [section]: written, reports }] as const;
    }),
  );
}

describe("a key of another tool is answered with the key to use", () => {
  testReports({
    ...answers("worker", "8:7 tfvars.workers[general]", {
      "desiredCapacity: 3": "eksctl's name. Use desired_size",
      "volumeSize: 100": "eksctl's name. Use root_volume.size_gib",
      "disk_size: 100": "terraform-aws-eks's name. Use root_volume.size_gib",
      "spot: true": "eksctl's name. Use capacity_type: SPOT",
      "maxPodsPerNode: 20": "eksctl's name. Use kubelet.max_pods",
      "machineType: m6i.large": "kops's name. Use instance_type",
      "volumeEncrypted: true": "eksctl's name. Remove it: all volumes are encrypted",
      "nodeSelector: { a: b }": "Kubernetes's name. Use labels",
      "replicas: 3": "Kubernetes's name. Use desired_size",
      "create_launch_template: true":
        "terraform-aws-eks's name. Remove it: every resource that is required is created, with names and descriptions of its own",
      "updateConfig: { maxUnavailable: 1 }": "eksctl's name. Use max_unavailable for updateConfig.maxUnavailable",
    }),
    ...answers("cluster", "9:5 tfvars.cluster", {
      'cluster_version: "1.35"': "terraform-aws-eks's name. Use kubernetes_version",
      "cluster_addons: {}": "terraform-aws-eks's name. Use tfvars.addons",
      "addonVersion: v1.0.0": "AWS's name. Here: from the release; extra_eks_addons for add-ons that are not in it",
      "prometheus: {}": "Kubernetes's name. Here: kube_prometheus_stack_enabled: true under addons",
      "enable_irsa: true": "terraform-aws-eks's name. Remove it: this is always on",
      "vpc: { cidr: 10.0.0.0/16, nat: { gateway: Single } }":
        "eksctl's name. Use tfvars.networking.vpc_cidr for vpc.cidr, tfvars.networking.nat_gateways for vpc.nat.gateway",
    }),
    ...answers("networking", "9:5 tfvars.networking", {
      "azs: [us-east-1a]": "terraform-aws-vpc's name. Use availability_zones",
      "single_nat_gateway: true": "terraform-aws-vpc's name. Use nat_gateways: single",
      "private_subnets: [10.0.0.0/20]": "terraform-aws-vpc's name. Use subnet_tiers",
    }),
    ...answers("addons", "9:5 tfvars.addons", {
      "calico: {}":
        "Helm's name. Here: extra_charts with before_nodes: true, and vpc_cni: { enabled: false } in cluster",
      "kube-proxy: {}": "AWS's name. Use tfvars.cluster.kube_proxy",
      "enable_argocd: true": "eks-blueprints-addons's name. Use argo_cd_enabled: true",
    }),
  });
});

describe("a key of another tool is no typo of a key that looks alike", () => {
  testReports({
    ...answers("cluster", "9:5 tfvars.cluster", {
      "service_ipv6_cidr: fd00::/108": "eksctl's name. Here: service_ipv4_cidr; EKS chooses the IPv6 range",
      "security_group_id: sg-0123456789abcdef0":
        "terraform-aws-eks's name. Use security_groups.control_plane.additional_ids",
    }),
  });
});
