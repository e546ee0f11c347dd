import { messagesIn, withoutPlaces } from "../../../support/definition";
import { BOTTLEROCKET, testGroup, WINDOWS } from "../../../support/worker-problems";

const role = (name: string): string => `iam_role_arn: arn:aws:iam::111111111111:role/${name}`;
const groups = (count: number): string =>
  `additional_security_group_ids: [${Array.from({ length: count }, (_, index) => `sg-0123456789abcdef${index}`)}]`;

describe("access to nodes", () => {
  testGroup({
    "refuses a key without a way in": [
      "key_name: mine\nsession_manager: false",
      "key_name: has no effect because no security group allows SSH. Remove it, or set remote_access or session_manager: true",
    ],
    "refuses a key on Bottlerocket without the admin container": [
      `${BOTTLEROCKET}\nkey_name: mine`,
      "key_name: has no effect because Bottlerocket runs SSH only in the admin container. Remove it, or set bottlerocket_settings.host-containers.admin.enabled: true. Session Manager requires neither of them",
    ],
    "accepts a key on Bottlerocket with the admin container": [
      `${BOTTLEROCKET}\nkey_name: mine\nbottlerocket_settings: { host-containers: { admin: { enabled: true } } }`,
    ],
    "accepts a key with Session Manager": ["key_name: mine"],
    "accepts a key with remote_access": [
      "key_name: mine\nsession_manager: false\nremote_access: { cidrs: [10.0.0.0/8] }",
    ],
    "refuses a key pair of its own beside one that exists": [
      "key_name: mine\npublic_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExample me@host",
      "public_key: conflicts with key_name, which names an existing key. Remove one of them",
    ],
    "refuses remote_access without a key": [
      "remote_access: { cidrs: [10.0.0.0/8] }",
      "remote_access: requires key_name or public_key. Set one of them, or remove remote_access",
    ],
    "refuses an ed25519 key on Windows": [
      `${WINDOWS}\npublic_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExample`,
      "public_key: must be an ssh-rsa key on Windows, because EC2 encrypts the administrator password with it",
    ],
    "warns of a hop limit that gives pods the node's role": [
      "metadata_options: { http_put_response_hop_limit: 2 }",
      "warning: metadata_options.http_put_response_hop_limit: lets every pod of the group use the nodes' role, because it is 2. Set it to 1 and give pods their own roles with EKS Pod Identity",
    ],
    "accepts 3 security groups beside remote_access": [
      `key_name: mine\nremote_access: { cidrs: [10.0.0.0/8] }\n${groups(3)}`,
    ],
    "refuses 4 security groups beside remote_access": [
      `key_name: mine\nremote_access: { cidrs: [10.0.0.0/8] }\n${groups(4)}`,
      "additional_security_group_ids: must list at most 3 groups, because EC2 allows 5 on a network interface and 2 are added (for nodes, remote_access and EFA), but lists 4",
    ],
    "refuses the same item of a list twice": [
      "key_name: ops\nremote_access: { cidrs: [10.0.0.0/8, 10.0.0.0/8] }\nkind: self_managed\nenabled_metrics: [GroupMinSize, GroupMinSize]",
      "remote_access.cidrs[1]: lists 10.0.0.0/8 twice. Remove one of them",
      "enabled_metrics[1]: lists GroupMinSize twice. Remove one of them",
    ],
  });
});

describe("roles", () => {
  testGroup({
    "refuses an instance profile without its role": [
      "instance_profile_arn: arn:aws:iam::111111111111:instance-profile/x",
      "instance_profile_arn: requires iam_role_arn. Set it to the role of the instance profile",
    ],
    "refuses a role of another account": [
      "iam_role_arn: arn:aws:iam::222222222222:role/x",
      "iam_role_arn: must be a role of the cluster's own account 111111111111, but is of account 222222222222",
    ],
    "refuses settings that would change an existing role": [
      `${role("c")}\nsession_manager: false\nadditional_policy_arns: [arn:aws:iam::aws:policy/ReadOnlyAccess]\nadditional_policy_statements: [{ actions: [s3:GetObject], resources: ["*"] }]`,
      "session_manager: has no effect because iam_role_arn names an existing role. Remove it, and change that role instead",
      "additional_policy_arns: has no effect because iam_role_arn names an existing role. Remove it, and change that role instead",
      "additional_policy_statements: has no effect because iam_role_arn names an existing role. Remove it, and change that role instead",
    ],
    "refuses an instance profile in a managed group": [
      `kind: managed\n${role("h")}\ninstance_profile_arn: arn:aws:iam::111111111111:instance-profile/x`,
      "instance_profile_arn: requires a self-managed group. Remove it, or set kind: self_managed (or auto)",
    ],
    "refuses the role of a self-managed group in each zone": [
      `kind: self_managed\nper_zone: true\n${role("nodes")}`,
      "iam_role_arn: belongs to a self-managed group in each zone, but the cluster accepts a role once. Define a group with its own role for each zone, or remove iam_role_arn",
    ],
  });

  test.each([
    ["accepts a role that two managed groups share", "managed", []],
    [
      "refuses a role that a self-managed group shares",
      "self_managed",
      [
        "tfvars.workers[e].iam_role_arn: is also the role of general, but the cluster accepts the role of a self-managed group once. Use a different role for each group",
      ],
    ],
  ])("%s", (_, kind, reports) => {
    const workers = `- { name: e, kind: ${kind}, ${role("shared")} }`;

    expect(withoutPlaces(messagesIn({ worker: role("shared"), workers }))).toEqual(reports);
  });
});

describe("options of instances", () => {
  testGroup({
    "refuses a core count without threads": [
      "cpu_options: { core_count: 2 }",
      "cpu_options: requires both core_count and threads_per_core. Set both, or remove both",
    ],
    "refuses a core count of two types": [
      "cpu_options: { core_count: 2, threads_per_core: 1 }\ninstance_types: [m6i.xlarge, m5.xlarge]",
      "cpu_options: requires a group of one instance type. List one type in instance_types",
    ],
    "refuses two threads on Graviton": [
      "cpu_options: { core_count: 2, threads_per_core: 2 }\ninstance_types: [m7g.large, m6g.large]\nami_type: AL2023_ARM_64_STANDARD",
      "cpu_options: requires a group of one instance type. List one type in instance_types",
    ],
    "refuses 2 threads on each core of Graviton": [
      "cpu_options: { core_count: 2, threads_per_core: 2 }\ninstance_type: m7g.large\nami_type: AL2023_ARM_64_STANDARD",
      "cpu_options.threads_per_core: must be 1 for m7g.large, because Graviton runs one thread on each core, but is 2",
    ],
    "refuses SEV-SNP on types without it": [
      "cpu_options: { amd_sev_snp: enabled }\ninstance_types: [m6a.large, m6i.large]",
      "instance_types[1]: m6i.large does not support SEV-SNP. Remove cpu_options.amd_sev_snp, or use an AMD type, such as m6a.large",
    ],
    "refuses DNS records without resource names": [
      "private_dns_name_options: { enable_resource_name_dns_a_record: true }",
      "private_dns_name_options.enable_resource_name_dns_a_record: has no effect because hostname_type is not resource-name. Remove it, or set hostname_type: resource-name",
    ],
    "refuses enclaves on small and burstable types": [
      "enclave_enabled: true\ninstance_types: [m6i.large, t3.xlarge, m6i.xlarge]",
      "instance_types[0]: m6i.large does not support Nitro Enclaves. Use a type with at least 4 vCPUs that is not burstable, such as m6i.xlarge",
      "instance_types[1]: t3.xlarge does not support Nitro Enclaves. Use a type with at least 4 vCPUs that is not burstable, such as m6i.xlarge",
    ],
  });
});

describe("tags of instances", () => {
  const tags = (count: number): string =>
    `instance_tags: { ${Array.from({ length: count }, (_, index) => `t${index}: x`).join(", ")} }`;
  testGroup({
    "refuses tags that the cluster or its controllers set": [
      "instance_tags: { Owner: me, kubernetes.io/cluster/x: owned, Fine: yes-it-is }",
      "instance_tags.Owner: is a tag that every resource of the cluster already has. Rename it (reserved: Cluster, ManagedBy, Name, Owner, Stack, Tier)",
      "instance_tags.kubernetes.io/cluster/x: is a tag by which controllers identify the owner of an instance. Remove it",
    ],
    "accepts 42 tags": [tags(42)],
    "refuses 43 tags": [
      tags(43),
      "instance_tags: must have at most 42 tags besides common.tags, because AWS accepts 50 on a resource, but has 43",
    ],
  });
});
