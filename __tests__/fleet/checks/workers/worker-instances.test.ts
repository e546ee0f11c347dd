import { BOTTLEROCKET, problemsOfWorkers } from "../../../support/worker-problems";

describe("instances", () => {
  const role = (name: string) => `iam_role_arn: arn:aws:iam::111111111111:role/${name}`;
  const sg = "sg-0123456789abcdef0";

  test("that nobody, or everybody, reaches", () => {
    expect(
      problemsOfWorkers(
        "{ name: a, key_name: mine, session_manager: false }",
        `{ name: b, ${BOTTLEROCKET}, key_name: mine, additional_security_group_ids: [${sg}, ${sg}] }`,
        "{ name: c, metadata_options: { http_put_response_hop_limit: 2 } }",
        `{ name: d, ${BOTTLEROCKET}, key_name: mine, additional_security_group_ids: [${sg}], bottlerocket_settings: { host-containers: { admin: { enabled: true } } } }`,
        "{ name: e, key_name: mine }",
        "{ name: f, key_name: mine, session_manager: false, remote_access: { cidrs: [10.0.0.0/8] } }",
        "{ name: g, remote_access: { cidrs: [10.0.0.0/8] } }",
        `{ name: h, key_name: mine, remote_access: { cidrs: [10.0.0.0/8] }, additional_security_group_ids: [${[1, 2, 3, 4].map((n) => `sg-0123456789abcdef${n}`)}] }`,
      ),
    ).toEqual([
      "[a].key_name: lets nobody in: the nodes' own security group has no SSH. Say who may in remote_access, or set session_manager: true",
      "[b].key_name: has no effect on Bottlerocket without bottlerocket_settings.host-containers.admin.enabled: true; Session Manager needs neither",
      "[b].additional_security_group_ids[1]: names sg-0123456789abcdef0 twice: name each once",
      "warning: [c].metadata_options.http_put_response_hop_limit: lets every pod of the group have its nodes' role, got 2: give pods a role of their own by Pod Identity, and leave it at 1",
      "[g].remote_access: opens a port that nobody has a key for: set key_name or public_key, or remove it",
      "[h].additional_security_group_ids: names 4 beside the 2 that are made here (of all nodes, of remote_access, of adapters), and EC2 takes 5 on an interface: name at most 3",
    ]);
  });

  test("of a launch template that exists", () => {
    const template = "launch_template: { id: lt-0123456789abcdef0, version: 3 }";
    const beside =
      "has no effect beside launch_template lt-0123456789abcdef0, which is left as it is: say it there, or let a template be made";
    expect(
      problemsOfWorkers(
        `{ name: a, ${template}, ami_type: CUSTOM, ami_family: AL2023, subnet_tier: public }`,
        `{ name: b, ${template}, root_volume: { size_gib: 50 }, detailed_monitoring: true }`,
        "{ name: c, launch_template: { id: lt-0123456789abcdef0, version: 3, has_instance_type: true }, instance_types: [m6i.large, m6a.large] }",
        `{ name: d, ${template}, kind: self_managed }`,
      ),
    ).toEqual([
      `[b].root_volume: ${beside}`,
      `[b].detailed_monitoring: ${beside}`,
      "[c].instance_types: lists 2 types, and a launch template names one: list that one, or take it out of the template",
      "[d].launch_template: needs an EKS managed group: remove it, or set kind: managed (or auto) instead of self_managed",
    ]);
  });

  test("with roles that do not fit", () => {
    expect(
      problemsOfWorkers(
        "{ name: a, instance_profile_arn: arn:aws:iam::111111111111:instance-profile/x }",
        "{ name: b, iam_role_arn: arn:aws:iam::222222222222:role/x }",
        `{ name: c, ${role("c")}, session_manager: false, additional_policy_arns: [arn:aws:iam::aws:policy/x], additional_policy_statements: [{ actions: [s3:GetObject], resources: ["*"] }] }`,
        `{ name: d, ${role("d")} }`,
        `{ name: e, ${role("d")}, kind: self_managed }`,
        `{ name: f, ${role("f")} }`,
        `{ name: g, ${role("f")} }`,
        `{ name: h, kind: managed, ${role("h")}, instance_profile_arn: arn:aws:iam::111111111111:instance-profile/x }`,
      ),
    ).toEqual([
      "[a].instance_profile_arn: needs iam_role_arn, the role that it holds: the cluster lets nodes in by their role",
      "[b].iam_role_arn: is a role of account 222222222222, and the nodes run in 111111111111: EC2 takes one of its own",
      "[c].session_manager: has no effect on a role that exists: change it where the role is made",
      "[c].additional_policy_arns: has no effect on a role that exists: change it where the role is made",
      "[c].additional_policy_statements: has no effect on a role that exists: change it where the role is made",
      "[e].iam_role_arn: is the role of d too: the cluster lets a role in once, and for a self-managed group that is its own. Give each group a role",
      "[h].instance_profile_arn: needs an Auto Scaling group of our own: remove it, or set kind: self_managed (or auto) instead of managed",
    ]);
  });

  test("with options that have no effect", () => {
    expect(
      problemsOfWorkers(
        "{ name: a, cpu_options: { core_count: 2 } }",
        "{ name: b, cpu_options: { core_count: 2, threads_per_core: 1 }, instance_types: [m6i.xlarge, m5.xlarge] }",
        "{ name: c, cpu_options: { core_count: 2, threads_per_core: 2 }, instance_type: m7g.large, ami_type: AL2023_ARM_64_STANDARD }",
        "{ name: d, private_dns_name_options: { enable_resource_name_dns_a_record: true } }",
        "{ name: e, enclave_enabled: true, instance_types: [m6i.large, t3.xlarge, m6i.xlarge] }",
        "{ name: f, instance_tags: { Owner: me, kubernetes.io/cluster/x: owned, Fine: yes-it-is } }",
      ),
    ).toEqual([
      "[a].cpu_options: needs both core_count and threads_per_core: EC2 takes one with the other",
      "[b].cpu_options: needs a group of one instance type: another has other cores",
      "[c].cpu_options.threads_per_core: must be 1 for m7g.large: Graviton runs one thread a core",
      "[d].private_dns_name_options.enable_resource_name_dns_a_record: has no effect without hostname_type: resource-name",
      "[e].instance_types[0]: m6i.large runs no Nitro Enclaves: take a type of four vCPUs or more that is not burstable, such as m6i.xlarge",
      "[e].instance_types[1]: t3.xlarge runs no Nitro Enclaves: take a type of four vCPUs or more that is not burstable, such as m6i.xlarge",
      "[f].instance_tags.Owner: is a tag of ours, on everything the cluster has: name yours otherwise (ours: Cluster, ManagedBy, Name, Owner, Stack, Tier)",
      "[f].instance_tags.kubernetes.io/cluster/x: tells controllers whose the instance is: remove it",
    ]);
  });

  test("with more tags than AWS takes", () => {
    const tags = Array.from({ length: 43 }, (_, index) => `t${index}: x`).join(", ");

    expect(problemsOfWorkers(`{ name: a, instance_tags: { ${tags} } }`)).toEqual([
      "[a].instance_tags: must have at most 42 tags beside those of everything, because AWS takes 50 a resource, got 43",
    ]);
  });
});
