import { testReports } from "../../support/definition";
import { problemsOf, SMALLEST } from "../../support/definitions";

testReports({
  "reports errors of an item at its own place, after an item that was refused": {
    worker: "warm_pool: {}",
    workers: `- name: second
  desired_size: 4
- name: third
  warm_pool: { pool_state: Stopped }
- name: fourth
  desired_size: 5`,
    reports: [
      "8:18 tfvars.workers[general].warm_pool: requires pool_state (must be one of Stopped, Running), min_size (must be a whole number from 0 to 450), reuse_on_scale_in (must be true or false)",
      "10:21 tfvars.workers[second].desired_size: must be between min_size (1) and max_size (3), but is 4",
      "12:18 tfvars.workers[third].warm_pool: requires min_size (must be a whole number from 0 to 450), reuse_on_scale_in (must be true or false)",
      "14:21 tfvars.workers[fourth].desired_size: must be between min_size (1) and max_size (3), but is 5",
    ],
  },
});

test("does not report a refused item as missing", () => {
  const lines = `  networking:
    existing_vpc: { vpc_id: vpc-0a1b2c3d4e5f60718, subnet_ids: { private: { us-east-1a: subnet-x } } }
    vpc_cidr: 10.1.0.0/16
`;

  expect(problemsOf({ "clusters/a.example.com.yaml": `${SMALLEST}${lines}` })).toEqual([
    'clusters/a.example.com.yaml:9:89 tfvars.networking.existing_vpc.subnet_ids.private.us-east-1a: must be the id of a subnet, such as subnet-0123456789abcdef0, got "subnet-x"',
  ]);
});

test("refuses settings of a feature that is disabled", () => {
  const lines = `  networking:
    flow_logs: { enabled: false, retention_days: 30 }
  cluster:
    vpc_cni: { enabled: false, warm_ip_target: 5 }
    extra_eks_addons: [{ name: other, version: v1.0.0-eksbuild.1, before_nodes: true }]
`;

  expect(problemsOf({ "clusters/a.example.com.yaml": `${SMALLEST}${lines}` })).toEqual([
    "clusters/a.example.com.yaml:9:50 tfvars.networking.flow_logs.retention_days: has no effect because flow_logs.enabled is false. Remove it",
    "clusters/a.example.com.yaml:11:48 tfvars.cluster.vpc_cni.warm_ip_target: has no effect because vpc_cni.enabled is false. Remove it",
  ]);
});

test("reports errors of items in a list that is too long", () => {
  const groups = Array.from({ length: 31 }, (_, index) => `    - { name: g${index}, kind: managed }\n`);
  groups[1] = "    - { name: g1, labelz: {} }\n";
  groups[2] = "    - { name: g2, min_size: 3, max_size: 2 }\n";

  expect(problemsOf({ "clusters/a.example.com.yaml": `${SMALLEST}${groups.join("")}` })).toEqual([
    "clusters/a.example.com.yaml:7:5 tfvars.workers: must have at most 30 items, got 32 items",
    'clusters/a.example.com.yaml:9:19 tfvars.workers[g1].labelz: unknown key "labelz". Did you mean "labels"?',
    "clusters/a.example.com.yaml:10:42 tfvars.workers[g2].max_size: must be at least min_size (3), but is 2",
  ]);
});

test("reports errors at the positions of the file, after an item with nothing but unknown keys", () => {
  const lines = `      taints:
        - { wrong: 1 }
        - { key: a, effect: NoSchedule }
        - { key: a, effect: NoSchedule }
`;

  expect(problemsOf({ "clusters/a.example.com.yaml": `${SMALLEST}${lines}` })).toEqual([
    'clusters/a.example.com.yaml:9:13 tfvars.workers[general].taints[0].wrong: unknown key "wrong". Known keys: key, value, effect. Required here: key, effect',
    "clusters/a.example.com.yaml:11:11 tfvars.workers[general].taints[2]: repeats the taint a:NoSchedule. Remove one of them",
  ]);
});
