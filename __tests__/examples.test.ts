import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Fleet } from "../fleet/load";
import { addClusterStacks } from "../stacks/cluster-stacks";
import { fleetOf } from "./support/definitions";
import { type Block, type Synthesized, synthStacks } from "./support/synth";

const SOURCES = ["eksctl", "terraform-aws-eks"] as const;
const files = SOURCES.flatMap((source) =>
  readdirSync(`docs/examples/${source}`, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => `${source}/${file}`),
);
const table = readFileSync("docs/coming-from.md", "utf8");

const loaded = new Map<string, Fleet>();

/** One example, loaded as if it were all there is. */
function load(file: string): Fleet {
  const before = loaded.get(file);
  if (before !== undefined) return before;
  const text = readFileSync(`docs/examples/${file}`, "utf8");
  const { meta } = parse(text) as { readonly meta: { readonly CLUSTER_NAME: string } };
  const fleet = fleetOf({ [`clusters/${meta.CLUSTER_NAME}.yaml`]: text });
  loaded.set(file, fleet);
  return fleet;
}

test("the tables list exactly the files of docs/examples/", () => {
  const listed = [...table.matchAll(/^\| \[[\w-]+\]\(examples\/([\w./-]+)\) \|/gm)].map(([, file]) => file);

  expect(listed.sort()).toEqual([...files].sort());
});

test("the table has a row for each example of eksctl", () => {
  const numbers = [...table.matchAll(/^\| \[?(\d\d)-/gm)].map(([, number]) => number);
  // There is no 21, and two have the number 35.
  const all = Array.from({ length: 49 }, (_, index) => String(index + 1).padStart(2, "0")).filter((n) => n !== "21");

  expect(numbers).toEqual([...all, "35"].sort());
});

/**
 * Settings of published examples that are warned about, besides a public API: administrators' rights, SSH from anywhere, and instance
 * types that the example's region does not offer any more.
 */
const OPENED: Readonly<Record<string, readonly string[]>> = {
  "eksctl/addons/47-auto-mode-with-ack-kro-capabilities.yaml": [
    "cluster.capabilities[ack-capability].managed_policy_arns[0]",
  ],
  "eksctl/addons/48-auto-mode-with-argocd-capabilities.yaml": [
    "cluster.capabilities[argocd-gitops].managed_policy_arns[0]",
  ],
  "eksctl/nodes/05-advanced-nodegroups.yaml": ["workers[ng3-private-b].instance_type"],
  "eksctl/nodes/07-ssh-keys.yaml": [1, 2, 3, 4].map((group) => `workers[ng-${group}].remote_access.cidrs[0]`),
  "eksctl/nodes/20-bottlerocket.yaml": ["workers[ng2-public-ssh].remote_access.cidrs[0]"],
  "eksctl/nodes/23-kubeflow-spot-instance.yaml": [
    "workers[gpu-1-spot-p3-2xlarge].instance_type",
    "workers[gpu-4-spot-p3-8xlarge].instance_type",
  ],
  "terraform-aws-eks/eks-capabilities.yaml": ["cluster.capabilities[ack].managed_policy_arns[0]"],
};

test.each(files)("%s is a valid definition", (file) => {
  const { clusters, warnings } = load(file);

  expect(clusters).toHaveLength(1);
  const open = clusters.some(({ tfvars }) => tfvars.cluster.public_access_cidrs.includes("0.0.0.0/0"));
  expect(warnings.map(({ path }) => path)).toEqual([
    ...(open ? ["tfvars.cluster.public_access_cidrs[0]"] : []),
    ...(file.endsWith("tests-eks-managed-node-group.yaml") ? [expect.stringContaining("hop_limit")] : []),
    ...(OPENED[file] ?? []).map((path) => `tfvars.${path}`),
  ]);
});

type Stacks = Readonly<Record<"networking" | "eks_cluster" | "eks_workers" | "addons", Synthesized>>;

const built = new Map<string, Stacks>();

function stacksOf(file: string): Stacks {
  const before = built.get(file);
  if (before !== undefined) return before;
  const [cluster] = load(`${file}.yaml`).clusters;
  if (cluster === undefined) throw new Error(`${file} has no cluster`);
  const stacks = synthStacks((scope) => ({ ...addClusterStacks(scope, cluster) }));
  built.set(file, stacks);
  return stacks;
}

const control = (file: string): Block => stacksOf(file).eks_cluster.only("aws_eks_cluster");
const all = (tf: Synthesized, type: string): Block[] => Object.values(tf.all(type));
const group = (file: string, name: string): Block =>
  stacksOf(file).eks_workers.only("aws_autoscaling_group", `workers_${name}_`);
const managed = (file: string, name: string): Block =>
  stacksOf(file).eks_workers.only("aws_eks_node_group", `workers_${name}_`);
const template = (file: string, name: string): Block =>
  stacksOf(file).eks_workers.only("aws_launch_template", `workers_${name}_`);
const subnetIds = (tier: string, ...zones: readonly string[]): string[] =>
  zones.map((zone) => `\${data.terraform_remote_state.networking.outputs.subnet_ids.${tier}["${zone}"]}`);
const pick = (block: Block, ...keys: readonly string[]): Block =>
  Object.fromEntries(keys.map((key) => [key, block[key]]));
const volumes = (block: Block): unknown =>
  (block["block_device_mappings"] as readonly { readonly ebs: unknown }[]).map(({ ebs }) => ebs);

type Case = readonly [file: string, found: (file: string) => unknown, expected: unknown];

const EKSCTL: readonly Case[] = [
  [
    "eksctl/control-plane/01-simple-cluster",
    (file) => [
      control(file)["enabled_cluster_log_types"],
      pick(group(file, "ng-1"), "min_size", "desired_capacity", "max_size"),
    ],
    [["audit", "authenticator", "controllerManager"], { min_size: 1, desired_capacity: 1, max_size: 1 }],
  ],
  [
    "eksctl/network/02-custom-vpc-cidr-no-nodes",
    (file) => {
      const { addons, eks_workers, networking } = stacksOf(file);
      const subnets = all(networking, "aws_subnet");
      return {
        vpc: pick(networking.only("aws_vpc"), "cidr_block", "assign_generated_ipv6_cidr_block"),
        hostnames: [...new Set(subnets.map((subnet) => subnet["private_dns_hostname_type_on_launch"]))],
        nodes: eks_workers.addresses().length,
        addons: addons.addresses().length,
      };
    },
    {
      vpc: { cidr_block: "10.10.0.0/16", assign_generated_ipv6_cidr_block: true },
      hostnames: ["resource-name"],
      nodes: 0,
      addons: 0,
    },
  ],
  [
    "eksctl/nodes/03-two-nodegroups",
    (file) => [
      group(file, "ng1-public")["vpc_zone_identifier"],
      (template(file, "ng1-public")["network_interfaces"] as readonly Block[])[0]?.["associate_public_ip_address"],
      group(file, "ng2-private")["vpc_zone_identifier"],
      group(file, "ng2-private")["desired_capacity"],
    ],
    [
      subnetIds("public", "eu-north-1a", "eu-north-1b", "eu-north-1c"),
      "true",
      subnetIds("private", "eu-north-1a", "eu-north-1b", "eu-north-1c"),
      10,
    ],
  ],
  [
    "eksctl/network/04-existing-vpc",
    (file) => stacksOf(file).networking.addresses(),
    [], // nothing is made
  ],
  [
    "eksctl/nodes/05-advanced-nodegroups",
    (file) => ({
      image: template(file, "ng1-public")["image_id"],
      volumes: volumes(template(file, "ng1-public")),
      targets: group(file, "ng2-private-a")["target_group_arns"],
      ...pick(group(file, "ng3-private-b"), "load_balancers", "vpc_zone_identifier"),
      metrics: (group(file, "ng3-private-b")["enabled_metrics"] as readonly string[]).length,
    }),
    {
      image: "ami-05ecac759c81e0b0c",
      volumes: [{ delete_on_termination: "true", encrypted: "true", volume_size: 100, volume_type: "gp2" }],
      targets: ["arn:aws:elasticloadbalancing:eu-west-2:111111111111:targetgroup/target-group-1/abcdef0123456789"],
      load_balancers: ["ng3-classic-load-balancer"],
      vpc_zone_identifier: subnetIds("private", "eu-west-2a"),
      metrics: 8,
    },
  ],
  [
    "eksctl/addons/06-csi-drivers",
    (file) =>
      all(stacksOf(file).addons, "aws_eks_addon")
        .filter((addon) => addon["pod_identity_association"] !== undefined)
        .map((addon) => addon["addon_name"]),
    ["aws-ebs-csi-driver", "aws-efs-csi-driver", "aws-fsx-csi-driver"],
  ],
  [
    "eksctl/nodes/07-ssh-keys",
    (file) => {
      const { eks_workers } = stacksOf(file);
      const ports = all(eks_workers, "aws_vpc_security_group_ingress_rule").map((rule) =>
        pick(rule, "cidr_ipv4", "to_port"),
      );
      const shells = eks_workers
        .addresses("aws_iam_role_policy_attachment")
        .flatMap((address) => address.match(/workers_(ng-\d)_.*AmazonSSMManagedInstanceCore/)?.[1] ?? []);
      return {
        made: all(eks_workers, "aws_key_pair").map((key) => key["key_name"]),
        named: ["ng-3", "ng-5", "ng-6", "ng-7"].map((name) => template(file, name)["key_name"]),
        ports,
        shells,
      };
    },
    {
      made: ["ng-1", "ng-2", "ng-4"].map((name) =>
        expect.stringMatching(new RegExp(`^cluster-7-examples-example-com-${name}-[0-9a-f]{8}$`)),
      ),
      named: ["ec2_dev_key", "ec2_dev_key", undefined, undefined],
      ports: Array.from({ length: 4 }, () => ({ cidr_ipv4: "0.0.0.0/0", to_port: 22 })),
      shells: ["ng-5", "ng-6"],
    },
  ],
  [
    "eksctl/nodes/08-spot-instances",
    (file) => {
      const { instances_distribution, launch_template } = group(file, "ng-1")["mixed_instances_policy"] as Record<
        string,
        Block
      >;
      return [instances_distribution, launch_template?.["override"]];
    },
    [
      {
        on_demand_allocation_strategy: "prioritized",
        on_demand_base_capacity: 0,
        on_demand_percentage_above_base_capacity: 50,
        spot_allocation_strategy: "lowest-price",
        spot_instance_pools: 2,
        spot_max_price: "0.017",
      },
      [{ instance_type: "t3.small" }, { instance_type: "t3.medium" }],
    ],
  ],
  ["eksctl/network/09-nat-gateways", (file) => stacksOf(file).networking.addresses("aws_nat_gateway").length, 3],
  [
    "eksctl/nodes/10-encrypted-volumes",
    (file) => ["ng1-default-key", "ng2-customer-key"].map((name) => volumes(template(file, name)) as readonly Block[]),
    [
      [{ delete_on_termination: "true", encrypted: "true", volume_size: 100, volume_type: "gp2" }],
      [
        {
          delete_on_termination: "true",
          encrypted: "true",
          kms_key_id: "arn:aws:kms:eu-west-1:111111111111:key/36c0b54e-64ed-4f2d-a1c7-96558764311e",
          volume_size: 100,
          volume_type: "gp2",
        },
      ],
    ],
  ],
  [
    "eksctl/control-plane/11-cloudwatch-cluster-logging",
    (file) => stacksOf(file).eks_cluster.only("aws_cloudwatch_log_group")["retention_in_days"],
    60,
  ],
  [
    "eksctl/nodes/15-managed-nodes",
    (file) => ({
      ...pick(managed(file, "managed-ng-public"), "scaling_config", "update_config", "labels", "taint", "subnet_ids"),
      ssh: all(stacksOf(file).eks_workers, "aws_vpc_security_group_ingress_rule").map((rule) =>
        pick(rule, "referenced_security_group_id", "to_port"),
      ),
      image: template(file, "custom-ami")["image_id"],
    }),
    {
      scaling_config: { min_size: 2, desired_size: 3, max_size: 4 },
      update_config: { max_unavailable: 3 },
      labels: { role: "worker" },
      taint: [
        { key: "key1", value: "value1", effect: "NO_SCHEDULE" },
        { key: "key2", value: "", effect: "NO_EXECUTE" },
      ],
      subnet_ids: subnetIds("public", "us-west-2a", "us-west-2b"),
      ssh: [{ referenced_security_group_id: "sg-00241fbb12c607007", to_port: 22 }],
      image: "ami-0123456789abcdef0",
    },
  ],
  [
    "eksctl/nodes/16-fargate-profile",
    (file) => all(stacksOf(file).eks_workers, "aws_eks_fargate_profile").map((each) => pick(each, "selector", "tags")),
    [
      { selector: [{ namespace: "default" }, { namespace: "kube-system" }], tags: undefined },
      {
        selector: [{ namespace: "dev", labels: { env: "dev", checks: "passed" } }],
        tags: { env: "dev", name: "fp-dev" },
      },
    ],
  ],
  [
    "eksctl/control-plane/17-permissions-boundary",
    (file) => [
      ...new Set(
        Object.values(stacksOf(file))
          .flatMap((tf) => all(tf, "aws_iam_role"))
          .map((role) => role["permissions_boundary"]),
      ),
    ],
    ["arn:aws:iam::111111111111:policy/entity/boundary"],
  ],
  [
    "eksctl/control-plane/19-kms-cluster",
    (file) => [control(file)["encryption_config"], stacksOf(file).eks_cluster.addresses("aws_kms_key")],
    [
      {
        resources: ["secrets"],
        provider: { key_arn: "arn:aws:kms:us-west-2:111111111111:key/00000000-0000-0000-0000-000000000000" },
      },
      [],
    ],
  ],
  [
    "eksctl/nodes/22-managed-nodes-launch-template",
    (file) => [managed(file, "launch-template-ng")["launch_template"], template(file, "custom-ng")["image_id"]],
    [{ id: "lt-0123456789abcdef0", version: "2" }, "ami-0e124de4755b2734d"],
  ],
  [
    "eksctl/nodes/26-managed-nodegroup-spot-instances",
    (file) =>
      ["spot", "spot-2", "on-demand"].map((name) => pick(managed(file, name), "capacity_type", "instance_types")),
    [
      {
        capacity_type: "SPOT",
        instance_types: ["c3.large", "c4.large", "c5.large", "c5d.large", "c5n.large", "c5a.large"],
      },
      { capacity_type: "SPOT", instance_types: ["m5.large"] },
      { capacity_type: "ON_DEMAND", instance_types: ["c3.large", "c4.large", "c5.large"] },
    ],
  ],
  [
    "eksctl/network/33-local-zones",
    (file) => group(file, "local-ng")["vpc_zone_identifier"],
    subnetIds("private", "us-west-2-lax-1a", "us-west-2-lax-1b"),
  ],
  [
    "eksctl/network/38-cluster-subnets-sgs",
    (file) => control(file)["vpc_config"],
    {
      endpoint_private_access: true,
      endpoint_public_access: true,
      public_access_cidrs: ["1.1.1.1/32"],
      security_group_ids: [
        expect.stringMatching(/^\$\{aws_security_group\..*control-plane/),
        "sg-0a1b2c3d4e5f61234",
        "sg-0a1b2c3d4e5f65678",
      ],
      subnet_ids: subnetIds("intra", "us-west-2a", "us-west-2b"),
    },
  ],
  [
    "eksctl/control-plane/39-pod-identity-association",
    (file) => {
      const found = stacksOf(file).eks_cluster.only("aws_eks_pod_identity_association", "s3-reader-a-");
      return pick(found, "namespace", "service_account", "role_arn", "target_role_arn", "disable_session_tags");
    },
    {
      namespace: "default",
      service_account: "cross-account-s3-reader",
      role_arn: "arn:aws:iam::111111111111:role/role-a",
      target_role_arn: "arn:aws:iam::444444444444:role/role-b",
      disable_session_tags: true,
    },
  ],
  [
    "eksctl/control-plane/40-access-entries",
    (file) => [
      all(stacksOf(file).eks_cluster, "aws_eks_access_entry")
        .map((entry) => pick(entry, "principal_arn", "type", "kubernetes_groups"))
        .filter(({ principal_arn }) => /my-user-name|role-name-2/.test(String(principal_arn))),
      stacksOf(file).eks_cluster.only("aws_eks_access_policy_association", "listed-role-1")["access_scope"],
    ],
    [
      [
        {
          principal_arn: "arn:aws:iam::111111111111:user/my-user-name",
          type: "STANDARD",
          kubernetes_groups: ["group1", "group2"],
        },
        {
          principal_arn: "arn:aws:iam::111111111111:role/role-name-2",
          type: "EC2_LINUX",
          kubernetes_groups: undefined,
        },
      ],
      { type: "namespace", namespaces: ["default", "my-namespace", "dev-*"] },
    ],
  ],
  ["eksctl/control-plane/41-zonal-shift", (file) => control(file)["zonal_shift_config"], { enabled: true }],
  [
    "eksctl/addons/42-auto-mode",
    (file) => pick(control(file)["compute_config"] as Block, "enabled", "node_pools"),
    { enabled: true, node_pools: ["general-purpose", "system"] },
  ],
  [
    "eksctl/addons/43-hybrid-nodes",
    (file) => control(file)["remote_network_config"],
    { remote_node_networks: { cidrs: ["10.80.146.0/24"] } },
  ],
  [
    "eksctl/nodes/44-node-repair",
    (file) =>
      [managed(file, "basic-repair-ng"), managed(file, "count-repair-ng")].map((each) => each["node_repair_config"]),
    [
      { enabled: true, node_repair_config_overrides: [] },
      {
        enabled: true,
        max_unhealthy_node_threshold_count: 3,
        max_parallel_nodes_repaired_count: 2,
        node_repair_config_overrides: [],
      },
    ],
  ],
  [
    "eksctl/control-plane/46-control-plane-scaling-config",
    (file) => control(file)["control_plane_scaling_config"],
    { tier: "tier-xl" },
  ],
  [
    "eksctl/network/49-control-plane-on-private-subnets",
    (file) => [
      stacksOf(file)
        .networking.addresses("aws_subnet")
        .filter((address) => address.includes("intra")),
      stacksOf(file).networking.addresses("aws_nat_gateway").length,
      pick(control(file)["vpc_config"] as Block, "endpoint_public_access", "public_access_cidrs"),
    ],
    [[], 2, { endpoint_public_access: true, public_access_cidrs: ["0.0.0.0/0"] }],
  ],
];

const TERRAFORM_AWS_EKS: readonly Case[] = [
  [
    "terraform-aws-eks/eks-hybrid-nodes",
    (file) => {
      const { addons, eks_cluster, networking } = stacksOf(file);
      return {
        networks: control(file)["remote_network_config"],
        addons: [eks_cluster, addons].flatMap((tf) => all(tf, "aws_eks_addon").map((addon) => addon["addon_name"])),
        peer: pick(networking.only("aws_vpc_peering_connection"), "peer_vpc_id", "peer_region"),
        rule: pick(eks_cluster.only("aws_vpc_security_group_ingress_rule", "hybrid-all"), "cidr_ipv4", "ip_protocol"),
        chart: pick(addons.only("helm_release", "cilium"), "chart", "version", "namespace"),
      };
    },
    {
      networks: {
        remote_node_networks: { cidrs: ["172.16.0.0/18"] },
        remote_pod_networks: { cidrs: ["172.16.64.0/18"] },
      },
      addons: ["eks-pod-identity-agent", "kube-proxy", "coredns"],
      peer: { peer_vpc_id: "vpc-0a1b2c3d4e5f60718", peer_region: "us-east-1" },
      rule: { cidr_ipv4: "172.16.0.0/16", ip_protocol: "-1" },
      chart: { chart: "cilium", version: "1.16.4", namespace: "kube-system" },
    },
  ],
  [
    "terraform-aws-eks/karpenter",
    (file) => [
      stacksOf(file).eks_workers.only("aws_sqs_queue")["name"],
      pick(managed(file, "karpenter"), "ami_type", "scaling_config"),
    ],
    [
      "ex-karpenter-examples-example-com-karpenter",
      { ami_type: "BOTTLEROCKET_x86_64", scaling_config: { min_size: 2, desired_size: 2, max_size: 3 } },
    ],
  ],
  [
    "terraform-aws-eks/tests-eks-fargate-profile",
    (file) => {
      const { addons, eks_workers } = stacksOf(file);
      const profile = eks_workers.only("aws_eks_fargate_profile", "fargate_example_");
      const dns = addons.only("aws_eks_addon", "coredns")["configuration_values"];
      return [
        pick(profile, "subnet_ids", "tags"),
        eks_workers.only("aws_iam_role_policy_attachment", "ex-additional")["policy_arn"],
        (JSON.parse(String(dns)) as Block)["computeType"],
      ];
    },
    [
      { subnet_ids: subnetIds("private", "eu-west-1b"), tags: { Owner: "secondary" } },
      "arn:aws:iam::111111111111:policy/ex-additional",
      "Fargate",
    ],
  ],
  [
    "terraform-aws-eks/tests-self-managed-node-group",
    (file) => {
      const mixed = group(file, "mixed")["mixed_instances_policy"] as Record<string, Block>;
      return [
        mixed["launch_template"]?.["override"],
        group(file, "complete-self-mng")["vpc_zone_identifier"],
        (template(file, "efa")["network_interfaces"] as readonly Block[]).map((each) =>
          pick(each, "interface_type", "network_card_index"),
        ),
      ];
    },
    [
      [
        { instance_type: "m5.large", weighted_capacity: "1" },
        { instance_type: "m6i.large", weighted_capacity: "2" },
      ],
      subnetIds("public", "eu-west-1a", "eu-west-1b", "eu-west-1c"),
      [{ interface_type: "efa", network_card_index: 0 }],
    ],
  ],
  [
    "terraform-aws-eks/tests-eks-managed-node-group",
    (file) => ({
      ...pick(managed(file, "complete-eks-mng"), "capacity_type", "force_update_version", "node_repair_config"),
      granted: stacksOf(file).eks_workers.only("aws_iam_role_policy", "complete-eks-mng")["policy"],
      family: pick(control(file)["kubernetes_network_config"] as Block, "ip_family"),
    }),
    {
      capacity_type: "SPOT",
      force_update_version: true,
      node_repair_config: { enabled: true, node_repair_config_overrides: [] },
      granted:
        '{"Version":"2012-10-17","Statement":[{"Sid":"ECRPullThroughCache","Effect":"Allow","Action":["ecr:CreateRepository","ecr:BatchImportUpstreamImage"],"Resource":["*"]}]}',
      family: { ip_family: "ipv6" },
    },
  ],
];

test.each([...EKSCTL, ...TERRAFORM_AWS_EKS])("%s creates the subject of the example", (file, found, expected) => {
  expect(found(file)).toEqual(expected);
});
