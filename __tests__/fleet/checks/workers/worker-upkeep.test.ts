import { problemsOf, SMALLEST } from "../../../support/definitions";
import { testGroup } from "../../../support/worker-problems";

describe("who looks after a group", () => {
  const HOOK = "transition: launching, heartbeat_timeout_seconds: 60, default_result: CONTINUE";
  testGroup({
    "load balancers that it is not behind": [
      "health_check_type: ELB",
      "health_check_type: asks load balancers, and the group is behind none: set target_group_arns or classic_load_balancers",
    ],
    "a share that is too far from the other": [
      "instance_maintenance_policy: { min_healthy_percentage: 50, max_healthy_percentage: 200 }",
      "instance_maintenance_policy.max_healthy_percentage: must be at most 100 above the least healthy (50), got 200",
    ],
    "hooks that tell nobody, or twice": [
      `lifecycle_hooks:\n  - { name: a, ${HOOK}, notification_metadata: x }\n  - { name: b, ${HOOK}, notification_target_arn: "arn:aws:sns:us-east-1:111111111111:t" }\n  - { name: c, ${HOOK}, role_arn: "arn:aws:iam::111111111111:role/r" }`,
      "lifecycle_hooks[a].notification_metadata: goes with what notification_target_arn is told, and there is none: add that, or remove it",
      "lifecycle_hooks[b].notification_target_arn: needs role_arn: Auto Scaling tells a topic or a queue by a role",
      "lifecycle_hooks[c].role_arn: needs notification_target_arn: Auto Scaling tells a topic or a queue by a role",
    ],
    "tags that other keys make": [
      'group_tags:\n  k8s.io/cluster-autoscaler/node-template/label/a: b\n  k8s.io/cluster-autoscaler/enabled: "false"\n  kubernetes.io/cluster/x: owned\n  Owner: us\n  k8s.io/cluster-autoscaler/node-template/autoscaling-options/scaledownunneededtime: 10m0s',
      "group_tags.k8s.io/cluster-autoscaler/node-template/label/a: is what labels and taints say: put it there",
      "group_tags.k8s.io/cluster-autoscaler/enabled: is what autoscaling says: remove it",
      "group_tags.kubernetes.io/cluster/x: tells controllers whose the group is: remove it",
      "group_tags.Owner: is a tag of ours, on everything the cluster has: name yours otherwise",
    ],
    "what is in another region": [
      `target_group_arns: ["arn:aws:elasticloadbalancing:us-west-2:111111111111:targetgroup/a/0123456789abcdef"]\nlifecycle_hooks: [{ name: a, ${HOOK}, role_arn: "arn:aws:iam::111111111111:role/r", notification_target_arn: "arn:aws:sns:eu-west-1:111111111111:t" }]`,
      "target_group_arns[0]: is of us-west-2, and the group runs in us-east-1: name one of that region",
      "lifecycle_hooks[a].notification_target_arn: is of eu-west-1, and the group runs in us-east-1: name one of that region",
    ],
    "the same, twice": [
      "key_name: ops\nremote_access: { cidrs: [10.0.0.0/8, 10.0.0.0/8] }\nkind: self_managed\nenabled_metrics: [GroupMinSize, GroupMinSize]",
      "remote_access.cidrs[1]: lists 10.0.0.0/8 twice. Remove one of them",
      "enabled_metrics[1]: lists GroupMinSize twice. Remove one of them",
    ],
    "one role in each zone": [
      "kind: self_managed\nper_zone: true\niam_role_arn: arn:aws:iam::111111111111:role/nodes",
      "iam_role_arn: is the role of a self-managed group in each zone, and the cluster lets a role in once, for one of them: make a group by name for each zone, each with a role, or let roles be made",
    ],
    "a key that Windows does not take": [
      "ami_type: WINDOWS_CORE_2022_x86_64\nroot_volume: { size_gib: 100 }\ntaints: [{ key: os, value: windows, effect: NoSchedule }]\npublic_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExample",
      "public_key: is of a kind that EC2 does not take for Windows, whose password it encrypts: take one of ssh-rsa",
    ],
    "the kubelet, twice": [
      "kubelet: { max_pods: 20 }\nnode_config: { kubelet: { config: { maxPods: 30 } } }",
      "kubelet.max_pods: has no effect beside node_config.kubelet.config.maxPods, which is said last: keep one",
    ],
    "processors that encrypt no memory": [
      "cpu_options: { amd_sev_snp: enabled }\ninstance_types: [m6a.large, m6i.large]",
      "instance_types[1]: m6i.large knows no SEV-SNP, for which cpu_options.amd_sev_snp is: take an AMD type, such as m6a.large, or remove it",
    ],
  });

  test("the hook that drains, by its name", () => {
    const group = `      spot_price: 0.1\n      lifecycle_hooks: [{ name: drain, ${HOOK} }]\n`;
    const addons = "  addons: { aws_node_termination_handler_enabled: true }\n";

    expect(problemsOf({ "clusters/a.example.com.yaml": `${SMALLEST}${group}${addons}` })).toEqual([
      "clusters/a.example.com.yaml:9:33 tfvars.workers[general].lifecycle_hooks[drain].name: is the hook by which aws_node_termination_handler drains: take another name",
    ]);
  });

  test("nothing that the file's worker_defaults say for its other groups", () => {
    const yaml = `${SMALLEST.replace("  workers:\n    - name: general\n", "")}  worker_defaults:
    instance_types: [m6i.large]
    spot_allocation_strategy: capacity-optimized
    max_unavailable_percentage: 20
  workers:
    - name: fixed
      max_unavailable: 1
    - name: own
      kind: self_managed
      capacity_type: SPOT
    - name: any
      instance_requirements: { vcpu_count: { min: 2 }, memory_mib: { min: 4096 } }
  addons: { aws_node_termination_handler_enabled: true }
`;

    expect(problemsOf({ "clusters/a.example.com.yaml": yaml })).toEqual([]);
  });
});
