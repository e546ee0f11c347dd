import { inDefaults, problemsOf, SMALLEST } from "../../../support/definitions";

describe("sizes of groups", () => {
  test("out of order", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}    - name: spotworkers
      min_size: 3
      max_size: 2
    - name: fixed
      autoscaling: false
      desired_size: 9
    - name: scaled
      desired_size: 2
    - name: based
      on_demand_base_capacity: 4
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:10:17 tfvars.workers[spotworkers].max_size: must be at least min_size (3), got 2",
      "clusters/a.example.com.yaml:13:21 tfvars.workers[fixed].desired_size: must be between min_size (1) and max_size (3), got 9",
      "clusters/a.example.com.yaml:15:21 tfvars.workers[scaled].desired_size: belongs to cluster-autoscaler while autoscaling is true, got 2: remove it, or set autoscaling: false",
      "clusters/a.example.com.yaml:17:32 tfvars.workers[based].on_demand_base_capacity: must be at most max_size (3), got 4",
    ]);
  });
  test("no follow-ups of what was refused", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}      min_size: 5
      max_size: many
      on_demand_base_capacity: 10
      autoscaling: maybe
      desired_size: 99
`,
      }),
    ).toEqual([
      `clusters/a.example.com.yaml:9:17 tfvars.workers[general].max_size: must be a number, got "many"`,
      `clusters/a.example.com.yaml:11:20 tfvars.workers[general].autoscaling: must be true or false, got "maybe"`,
    ]);
  });
});

describe("worker groups", () => {
  test("kinds", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}      kind: managed
      spot_price: 0.1
      on_demand_base_capacity: 1
      on_demand_percentage_above_base_capacity: 50
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:9:19 tfvars.workers[general].spot_price: needs an Auto Scaling group of our own: remove it, or set kind: self_managed (or auto) instead of managed",
      "clusters/a.example.com.yaml:10:32 tfvars.workers[general].on_demand_base_capacity: needs an Auto Scaling group of our own: remove it, or set kind: self_managed (or auto) instead of managed",
      "clusters/a.example.com.yaml:11:49 tfvars.workers[general].on_demand_percentage_above_base_capacity: needs an Auto Scaling group of our own: remove it, or set kind: self_managed (or auto) instead of managed",
    ]);
  });
  test("architectures", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}      instance_types: [m6i.large, m7g.large, m6i.large, large]
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:8:35 tfvars.workers[general].instance_types[1]: m7g.large is arm64 and ami_type AL2023_x86_64_STANDARD is x86_64: take an ami_type such as AL2023_ARM_64_STANDARD, or another type",
      "clusters/a.example.com.yaml:8:46 tfvars.workers[general].instance_types[2]: names m6i.large twice: name each type once",
      `clusters/a.example.com.yaml:8:57 tfvars.workers[general].instance_types[3]: must be an EC2 instance type, such as m6i.large, got "large"`,
    ]);
  });
  test("shorthand of a type", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}      instance_type: m7g.large
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:8:22 tfvars.workers[general].instance_type: m7g.large is arm64 and ami_type AL2023_x86_64_STANDARD is x86_64: take an ami_type such as AL2023_ARM_64_STANDARD, or another type",
    ]);
  });
  test("shorthand that is no text", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}      instance_type: 5
`,
      }),
    ).toEqual([
      `clusters/a.example.com.yaml:8:22 tfvars.workers[general].instance_type: must be text, got 5, which YAML reads as a number. Write "5" in quotes`,
    ]);
  });
  test("shorthand and list", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}      instance_type: m6i.large
      instance_types: [m6i.large]
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:8:7 tfvars.workers[general].instance_type: sets the same value as instance_types in this file. Keep one of them",
    ]);
  });
  test("shorthand in the defaults", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  worker_defaults: { instance_type: m7g.large }
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:8:37 tfvars.workers[general].instance_type: m7g.large is arm64 and ami_type AL2023_x86_64_STANDARD is x86_64: take an ami_type such as AL2023_ARM_64_STANDARD, or another type",
    ]);
  });
  test("taints everywhere", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}      taints: [{ key: a, value: b, effect: NoSchedule }, { key: a, value: c, effect: NoSchedule }]
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:7:5 tfvars.workers: has no group without a NoSchedule or NoExecute taint, so CoreDNS and the controllers cannot run: leave one group untainted",
      "clusters/a.example.com.yaml:8:58 tfvars.workers[general].taints[1]: is the second taint a:NoSchedule: keep one",
    ]);
  });
  test("none", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
tfvars:
  common:
    aws_region: us-east-1
`,
      }),
    ).toEqual([
      `${inDefaults("tfvars.workers")} tfvars.workers: has no group, so nothing can run: add one, at least \`- name: general\` (for cluster a.example.com)`,
    ]);
  });
  test("none, on purpose", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
tfvars:
  common:
    aws_region: us-east-1
  workers: []
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:6:12 tfvars.workers: has no group, so nothing can run: add one, at least `- name: general`",
    ]);
  });
});
