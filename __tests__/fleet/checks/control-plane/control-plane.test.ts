import { type Case, told } from "../../../support/cluster-problems";
import { problemsOf, SMALLEST } from "../../../support/definitions";

/** What is wrong, by the key of `cluster` that it is about; what is told begins with line and column. */
const CASES: Readonly<Record<string, readonly Case[]>> = {
  "access entries": [
    [
      "two ways to write a policy",
      `access_entries:
  - name: a
    principal_arn: arn:aws:iam::111111111111:role/a
    access_policy: AmazonEKSViewPolicy
    access_policies: [{ policy: AmazonEKSEditPolicy }]`,
      [
        "13:26 tfvars.cluster.access_entries[a].access_policies: stands beside access_policy, which is short for it: keep one of them",
      ],
    ],
    [
      "namespaces of no policy",
      `access_entries:
  - name: a
    principal_arn: arn:aws:iam::111111111111:role/a
    namespaces: [x]
    kubernetes_groups: [a]`,
      [
        "12:21 tfvars.cluster.access_entries[a].namespaces: limits access_policy, and there is none: write them with the policies",
      ],
    ],
    [
      "nothing granted",
      `access_entries:
  - name: a
    principal_arn: arn:aws:iam::111111111111:role/a`,
      [
        "10:9 tfvars.cluster.access_entries[a]: lets somebody in who may do nothing: give it access_policy, access_policies, kubernetes_groups, or a user_name that RBAC knows",
      ],
    ],
    [
      "a policy twice",
      `access_entries:
  - name: a
    principal_arn: arn:aws:iam::111111111111:role/a
    access_policies: [{ policy: AmazonEKSEditPolicy, namespaces: [x] }, { policy: AmazonEKSEditPolicy, namespaces: [y] }]`,
      [
        "12:87 tfvars.cluster.access_entries[a].access_policies[1].policy: lists AmazonEKSEditPolicy twice: EKS takes it once a principal, with all its namespaces",
      ],
    ],
    [
      "a policy of no such name",
      `access_entries:
  - name: a
    principal_arn: arn:aws:iam::111111111111:role/a
    access_policies: [{ policy: AmazonEKSEditorPolicy }]`,
      [
        `12:37 tfvars.cluster.access_entries[a].access_policies[0].policy: must be one of AmazonEKSClusterAdminPolicy, AmazonEKSAdminPolicy, AmazonEKSAdminViewPolicy, AmazonEKSEditPolicy, AmazonEKSViewPolicy, AmazonEKSSecretAdminPolicy, AmazonEKSSecretReaderPolicy, AmazonEKSACKPolicy, AmazonEKSArgoCDPolicy, AmazonEKSArgoCDClusterPolicy, AmazonEKSKROPolicy, AmazonAIOpsAssistantPolicy, AmazonARCRegionSwitchScalingPolicy, AIDevOpsAgentAccessPolicy, AmazonEKSAutoNodePolicy, got "AmazonEKSEditorPolicy"`,
      ],
    ],
    [
      "nodes with rights of people",
      `access_entries:
  - name: a
    principal_arn: arn:aws:iam::111111111111:role/a
    type: EC2_LINUX
    access_policy: AmazonEKSViewPolicy
    kubernetes_groups: [a]
    user_name: a`,
      [
        "13:24 tfvars.cluster.access_entries[a].access_policy: is not for EC2_LINUX, which EKS gives what its nodes need: remove it",
        "14:28 tfvars.cluster.access_entries[a].kubernetes_groups: is for type STANDARD: EKS gives EC2_LINUX its own, remove it",
        "15:20 tfvars.cluster.access_entries[a].user_name: is for type STANDARD: EKS gives EC2_LINUX its own, remove it",
      ],
    ],
    [
      "nodes that are a user, and of another account",
      `access_entries:
  - { name: a, principal_arn: "arn:aws:iam::111111111111:user/a", type: EC2_LINUX }
  - { name: b, principal_arn: "arn:aws:iam::999999999999:role/b", type: HYBRID_LINUX }
  - { name: c, principal_arn: "arn:aws:iam::999999999999:user/c", access_policy: AmazonEKSViewPolicy }`,
      [
        "10:35 tfvars.cluster.access_entries[a].principal_arn: is a user, and the type EC2_LINUX is for nodes, which have a role: name that, or leave out the type",
        "11:35 tfvars.cluster.access_entries[b].principal_arn: is a role of account 999999999999, and for the type HYBRID_LINUX EKS takes those of the cluster's own account 111111111111: name the role that the nodes have here, or leave out the type",
      ],
    ],
    [
      "the policy of Auto Mode's nodes for others",
      `access_entries:
  - name: a
    principal_arn: arn:aws:iam::111111111111:role/a
    access_policy: AmazonEKSAutoNodePolicy
  - name: b
    principal_arn: arn:aws:iam::111111111111:role/b
    type: EC2
    access_policies: [{ policy: AmazonEKSAutoNodePolicy, namespaces: [x] }]`,
      [
        "12:24 tfvars.cluster.access_entries[a].access_policy: is for nodes of EKS Auto Mode: it needs type: EC2",
        "16:37 tfvars.cluster.access_entries[b].access_policies[0].policy: is for the whole cluster: remove its namespaces",
      ],
    ],
    [
      "a role of IAM Identity Center without its path",
      `access_entries:
  - name: a
    principal_arn: arn:aws:iam::111111111111:role/AWSReservedSSO_Admins_0123456789abcdef
    access_policy: AmazonEKSViewPolicy`,
      [
        "11:24 tfvars.cluster.access_entries[a].principal_arn: lacks the path of a role of IAM Identity Center: aws-auth wanted it without, EKS wants it as IAM shows it, arn:…:role/aws-reserved/sso.amazonaws.com/<region>/AWSReservedSSO_…",
      ],
    ],
    [
      "a role of IAM Identity Center with its path",
      `access_entries:
  - name: a
    principal_arn: arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admins_0123456789abcdef
    access_policy: AmazonEKSViewPolicy`,
      [],
    ],
    [
      "a session instead of its role",
      `access_entries:
  - name: a
    principal_arn: arn:aws:sts::111111111111:assumed-role/a/session
    access_policy: AmazonEKSViewPolicy`,
      [
        `11:24 tfvars.cluster.access_entries[a].principal_arn: must be the ARN of an IAM role or user, such as arn:aws:iam::111111111111:role/platform-admin, got "arn:aws:sts::111111111111:assumed-role/a/session"`,
      ],
    ],
    [
      "a service-linked role",
      `access_entries:
  - name: a
    principal_arn: arn:aws:iam::111111111111:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX
    access_policy: AmazonEKSViewPolicy`,
      [
        "11:24 tfvars.cluster.access_entries[a].principal_arn: is a service-linked role, which EKS lets in by itself or not at all: remove the entry",
      ],
    ],
    [
      "less for the role that deploys",
      `access_entries:
  - name: a
    principal_arn: arn:aws:iam::111111111111:role/cluster-deploy
    access_policy: AmazonEKSViewPolicy`,
      [
        "11:24 tfvars.cluster.access_entries[a].principal_arn: is the role that deploys, which has AmazonEKSClusterAdminPolicy anyway, and would not have less: remove the entry",
      ],
    ],
    [
      "names that EKS keeps, and a session without a colon",
      `access_entries:
  - name: a
    principal_arn: arn:aws:iam::111111111111:role/a
    access_policy: AmazonEKSViewPolicy
    user_name: "system:admin"
  - name: b
    principal_arn: arn:aws:iam::111111111111:role/b
    access_policy: AmazonEKSViewPolicy
    user_name: "b-{{SessionName}}"
  - name: c
    principal_arn: arn:aws:iam::111111111111:role/c
    access_policy: AmazonEKSViewPolicy
    user_name: "c:{{SessionName}}"`,
      [
        "13:20 tfvars.cluster.access_entries[a].user_name: system:admin is reserved: EKS refuses names that start with system:, eks:, aws:, amazon:, iam:",
        "17:20 tfvars.cluster.access_entries[b].user_name: must have a colon before {{SessionName}}, such as acme:{{SessionName}}",
      ],
    ],
    [
      "the role that plans as only administrator",
      `access_entries:
  - name: platform-admin
    principal_arn: arn:aws:iam::111111111111:role/cluster-plan`,
      [
        "10:7 tfvars.cluster.access_entries: must name at least one administrator (access_policy: AmazonEKSClusterAdminPolicy, no namespaces) besides the roles that deploy and plan: if the pipeline is lost, so is the cluster",
      ],
    ],
    [
      "an administrator by access_policies",
      `access_entries:
  - name: platform-admin
    access_policy: null
    access_policies: [{ policy: AmazonEKSClusterAdminPolicy }]`,
      [],
    ],
    [
      "entries to take over that are none",
      `existing_access_entries:
  - arn:aws:iam::111111111111:role/cluster-deploy
  - arn:aws:iam::111111111111:role/platform-admin
  - arn:aws:iam::111111111111:role/platform-admin
  - arn:aws:iam::111111111111:role/nobody`,
      [
        "12:9 tfvars.cluster.existing_access_entries[2]: is listed twice: list each principal once",
        "13:9 tfvars.cluster.existing_access_entries[3]: has no entry in access_entries, so there is nothing to take it over: add one",
      ],
    ],
    [
      "aws-auth alone",
      "authentication_mode: CONFIG_MAP",
      [
        "9:26 tfvars.cluster.authentication_mode: knows no access entries, so neither the role that deploys nor an administrator would get in: set API_AND_CONFIG_MAP, apply, move what aws-auth lists into access_entries, and then set API",
      ],
    ],
  ],
  "keys, roles and logs": [
    [
      "administrators of an existing key",
      `kms: { key_arn: "arn:aws:kms:us-east-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef", administrators: [arn:aws:iam::111111111111:role/a] }`,
      [
        "9:116 tfvars.cluster.kms.administrators: has no effect on an existing key: its own policy says who administers it",
      ],
    ],
    [
      "a key for no encryption",
      `kms: { enabled: false, key_arn: "arn:aws:kms:us-east-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef" }`,
      [
        "9:37 tfvars.cluster.kms.key_arn: has no effect while kms.enabled is false: remove it, or enable the encryption",
      ],
    ],
    [
      "administrators of no key",
      "kms: { enabled: false, administrators: [arn:aws:iam::111111111111:role/a] }",
      ["9:44 tfvars.cluster.kms.administrators: has no effect while kms.enabled is false: no key is made"],
    ],
    [
      "keys of another region",
      `kms: { key_arn: "arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef" }
cluster_log_kms_key_arn: arn:aws:kms:eu-west-2:111111111111:key/01234567-89ab-cdef-0123-456789abcdef`,
      [
        "9:21 tfvars.cluster.kms.key_arn: is a key of eu-west-1, and the cluster is in us-east-1: EKS and CloudWatch take keys of their own region",
        "10:30 tfvars.cluster.cluster_log_kms_key_arn: is a key of eu-west-2, and the cluster is in us-east-1: EKS and CloudWatch take keys of their own region",
      ],
    ],
    [
      "an alias for a key",
      `kms: { key_arn: "arn:aws:kms:us-east-1:111111111111:alias/eks" }`,
      [
        `9:21 tfvars.cluster.kms.key_arn: must be the ARN of a KMS key, such as arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef, got "arn:aws:kms:us-east-1:111111111111:alias/eks"`,
      ],
    ],
    [
      "a log type twice",
      "enabled_cluster_log_types: [audit, api, audit]",
      ["9:45 tfvars.cluster.enabled_cluster_log_types[2]: names audit twice: name each once"],
    ],
    [
      "a role of another account",
      "role_arn: arn:aws:iam::999999999999:role/eks",
      [
        "9:15 tfvars.cluster.role_arn: is a role of account 999999999999, and EKS takes those of the cluster's own account 111111111111: name one of those",
      ],
    ],
    [
      "a tier of no such name",
      "control_plane_scaling_tier: tier-3xl",
      [
        `9:33 tfvars.cluster.control_plane_scaling_tier: must be one of standard, tier-xl, tier-2xl, tier-4xl, tier-8xl, got "tier-3xl"`,
      ],
    ],
  ],
  "security groups": [
    [
      "rules",
      `security_groups:
  nodes:
    rules:
      - { name: none, direction: ingress, protocol: all }
      - { name: two, direction: ingress, protocol: all, cidr: 10.0.0.0/8, peer: nodes }
      - { name: two, direction: egress, protocol: all, cidr: 10.0.0.0/8 }
      - { name: ports-of-all, direction: ingress, protocol: all, from_port: 1, cidr: 10.0.0.0/8 }
      - { name: no-port, direction: ingress, protocol: tcp, cidr: 10.0.0.0/8 }
      - { name: backwards, direction: ingress, protocol: udp, from_port: 9, to_port: 8, cidr: 10.0.0.0/8 }`,
      [
        "12:13 tfvars.cluster.security_groups.nodes.rules[none]: names no other side: give it one of cidr, ipv6_cidr, security_group_id, prefix_list_id, peer",
        "13:13 tfvars.cluster.security_groups.nodes.rules[two]: names cidr and peer: give it one of cidr, ipv6_cidr, security_group_id, prefix_list_id, peer",
        `14:21 tfvars.cluster.security_groups.nodes.rules[two].name: two items of this list have the name "two". Rename one of them`,
        "15:81 tfvars.cluster.security_groups.nodes.rules[ports-of-all].from_port: has no effect with protocol all: EC2 looks at ports of tcp and udp only. Remove it",
        "16:13 tfvars.cluster.security_groups.nodes.rules[no-port]: must have a from_port, because tcp has ports; 0 and a to_port of 65535 are all of them",
        "17:90 tfvars.cluster.security_groups.nodes.rules[backwards].to_port: must be at least from_port (9), got 8",
      ],
    ],
    [
      "rules of IPv6, where there is none and where there is",
      `security_groups:
  nodes:
    rules:
      - { name: range, direction: ingress, protocol: all, ipv6_cidr: "2001:db8::/32" }
      - { name: pings, direction: ingress, protocol: icmpv6, peer: control_plane }`,
      [
        "12:74 tfvars.cluster.security_groups.nodes.rules[range].ipv6_cidr: has no effect while ip_family is ipv4: remove it, or set ip_family: dual_stack",
        "13:58 tfvars.cluster.security_groups.nodes.rules[pings].protocol: has no effect while ip_family is ipv4: take icmp, or set ip_family: dual_stack",
      ],
    ],
    [
      "rules of other protocols, and keys that are refused",
      `security_groups:
  nodes:
    rules:
      - { name: number, direction: ingress, protocol: 50, peer: nodes }
      - { name: named, direction: ingress, protocol: "6", from_port: 1, peer: nodes }
      - { name: too-large, direction: ingress, protocol: "256", peer: nodes }
      - { name: ports, direction: ingress, protocol: "47", to_port: 1, peer: nodes }
      - { name: family, direction: ingress, protocol: all, cidr: "2001:db8::/32" }
      - { name: family-again, direction: ingress, protocol: all, ipv6_cidr: 10.0.0.0/8 }
      - { name: port, direction: ingress, protocol: tcp, from_port: http, peer: control_plane }`,
      [
        `12:59 tfvars.cluster.security_groups.nodes.rules[number].protocol: must be text, got 50, which YAML reads as a number. Write "50" in quotes`,
        `13:58 tfvars.cluster.security_groups.nodes.rules[named].protocol: must be tcp, udp, icmp, icmpv6, all, or the number of another protocol in quotes, such as "50", got "6"`,
        `14:62 tfvars.cluster.security_groups.nodes.rules[too-large].protocol: must be tcp, udp, icmp, icmpv6, all, or the number of another protocol in quotes, such as "50", got "256"`,
        "15:73 tfvars.cluster.security_groups.nodes.rules[ports].to_port: has no effect with protocol 47: EC2 looks at ports of tcp and udp only. Remove it",
        `16:70 tfvars.cluster.security_groups.nodes.rules[family].cidr: must be an IPv4 CIDR block, such as 10.20.0.0/16, got "2001:db8::/32"`,
        `17:81 tfvars.cluster.security_groups.nodes.rules[family-again].ipv6_cidr: must be an IPv6 CIDR block, such as 2001:db8::/32, got "10.0.0.0/8"`,
        `18:73 tfvars.cluster.security_groups.nodes.rules[port].from_port: must be a number, got "http"`,
      ],
    ],
    [
      "groups",
      `security_groups:
  control_plane:
    additional_ids: [sg-01234567, sg-01234567, web]`,
      [
        "11:39 tfvars.cluster.security_groups.control_plane.additional_ids[1]: lists sg-01234567 twice: list each group once",
        `11:52 tfvars.cluster.security_groups.control_plane.additional_ids[2]: must be the id of a security group, such as sg-0123456789abcdef0, got "web"`,
      ],
    ],
  ],
  "OIDC identity providers": [
    [
      "of Kubernetes itself, without a claim, of EKS",
      `oidc_identity_providers:
  - name: a
    issuer_url: https://oidc.eks.us-east-1.amazonaws.com/id/0123
    client_id: a
    username_prefix: "system:"
    groups_prefix: "a:"`,
      [
        "11:21 tfvars.cluster.oidc_identity_providers[a].issuer_url: is an issuer of EKS itself, for service accounts: EKS refuses it",
        "13:26 tfvars.cluster.oidc_identity_providers[a].username_prefix: must not start with system:, which Kubernetes keeps to itself",
        "14:24 tfvars.cluster.oidc_identity_providers[a].groups_prefix: has no effect without groups_claim: name the claim, or remove it",
      ],
    ],
    [
      "two of them, one over http",
      `oidc_identity_providers:
  - { name: a, issuer_url: "https://a.example.com", client_id: a }
  - { name: b, issuer_url: "http://b.example.com", client_id: b }`,
      ["10:7 tfvars.cluster.oidc_identity_providers: must have at most 1 item, got 2 items"],
    ],
  ],
  "roles for service accounts": [
    [
      "that may do nothing, twice",
      `service_account_roles:
  - { name: a, namespace: x, service_account: s, by: pod_identity }
  - { name: a, namespace: x, service_account: s, by: irsa, managed_policy_arns: [arn:aws:iam::aws:policy/ReadOnlyAccess] }`,
      [
        "10:9 tfvars.cluster.service_account_roles[a]: makes a role that may do nothing: give it managed_policy_arns, statements or a target_role_arn",
        `11:17 tfvars.cluster.service_account_roles[a].name: two items of this list have the name "a". Rename one of them`,
        "11:51 tfvars.cluster.service_account_roles[a].service_account: is the service account of a too, and a pod has one role: put both into one",
      ],
    ],
    [
      "for several namespaces",
      `service_account_roles:
  - { name: a, namespace: "x-*", service_account: s, by: irsa, managed_policy_arns: [arn:aws:iam::aws:policy/ReadOnlyAccess] }`,
      [
        '10:31 tfvars.cluster.service_account_roles[a].namespace: must be lower-case letters, digits and dashes, at most 63 characters, got "x-*"',
      ],
    ],
    [
      "that IRSA does not have",
      `service_account_roles:
  - { name: a, namespace: x, service_account: s, by: irsa, role_arn: arn:aws:iam::111111111111:role/a, target_role_arn: arn:aws:iam::444444444444:role/b, disable_session_tags: true }`,
      [
        "10:74 tfvars.cluster.service_account_roles[a].role_arn: is for pod_identity: with irsa an existing role is named by the annotation of the service account alone",
        "10:125 tfvars.cluster.service_account_roles[a].target_role_arn: is for pod_identity: with irsa the workload assumes another role by itself",
        "10:181 tfvars.cluster.service_account_roles[a].disable_session_tags: is for pod_identity: with irsa a session has no tags anyway",
      ],
    ],
    [
      "that exist, in another account, with rights",
      `service_account_roles:
  - { name: a, namespace: x, service_account: s, by: pod_identity, role_arn: arn:aws:iam::444444444444:role/a, managed_policy_arns: [arn:aws:iam::aws:policy/ReadOnlyAccess] }`,
      [
        "10:82 tfvars.cluster.service_account_roles[a].role_arn: is a role of account 444444444444, and EKS takes those of the cluster's own account 111111111111: name one of those, and that one as target_role_arn",
        "10:137 tfvars.cluster.service_account_roles[a].managed_policy_arns: has no effect on an existing role, which is not changed: remove it, or role_arn",
      ],
    ],
    [
      "without the agent",
      `eks_pod_identity_agent: { enabled: false }
service_account_roles:
  - { name: a, namespace: x, service_account: s, by: pod_identity, managed_policy_arns: [arn:aws:iam::aws:policy/ReadOnlyAccess] }`,
      [
        "9:40 tfvars.cluster.eks_pod_identity_agent.enabled: must be true, because vpc_cni, aws_ebs_csi_driver, aws_load_balancer_controller, cluster_autoscaler get their roles from it. Enable it, or disable those",
        "11:58 tfvars.cluster.service_account_roles[a].by: needs eks_pod_identity_agent, which is not enabled: enable it, or set by: irsa",
      ],
    ],
    [
      "with policies of another account",
      `service_account_roles:
  - name: a
    namespace: x
    service_account: s
    by: irsa
    managed_policy_arns: [arn:aws:iam::aws:policy/ReadOnlyAccess, arn:aws:iam::999999999999:policy/theirs]
    permissions_boundary: arn:aws:iam::999999999999:policy/bound`,
      [
        "14:71 tfvars.cluster.service_account_roles[a].managed_policy_arns[1]: is a policy of account 999999999999, and IAM takes one of the cluster's own account 111111111111, or of AWS: name that",
        "15:31 tfvars.cluster.service_account_roles[a].permissions_boundary: is a policy of account 999999999999, and IAM takes one of the cluster's own account 111111111111, or of AWS: name that",
      ],
    ],
    [
      "of what has one by an addon",
      `service_account_roles:
  - { name: a, namespace: kube-system, service_account: aws-node, by: irsa, managed_policy_arns: [arn:aws:iam::aws:policy/ReadOnlyAccess] }
  - { name: b, namespace: kube-system, service_account: ebs-csi-controller-sa, by: irsa, managed_policy_arns: [arn:aws:iam::aws:policy/ReadOnlyAccess] }`,
      [
        "10:61 tfvars.cluster.service_account_roles[a].service_account: aws-node in kube-system has a role by the EKS add-on vpc-cni already, and a pod has one: name another",
        "11:61 tfvars.cluster.service_account_roles[b].service_account: ebs-csi-controller-sa in kube-system has a role by the addon aws_ebs_csi_driver already, and a pod has one: name another",
      ],
    ],
  ],
  "hybrid nodes": [
    [
      "networks",
      `remote_networks:
  node_cidrs: [10.10.128.0/20, 172.20.4.0/22, 198.51.100.0/24, 10.61.0.0/16]
  pod_cidrs: [10.61.4.0/22]`,
      [
        "10:20 tfvars.cluster.remote_networks.node_cidrs[0]: 10.10.128.0/20 overlaps vpc_cidr 10.10.0.0/16: neither side could tell whose an address is",
        "10:36 tfvars.cluster.remote_networks.node_cidrs[1]: 172.20.4.0/22 overlaps service_ipv4_cidr 172.20.0.0/16: neither side could tell whose an address is",
        "10:51 tfvars.cluster.remote_networks.node_cidrs[2]: must lie in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16: EKS takes no other, got 198.51.100.0/24",
        "11:19 tfvars.cluster.remote_networks.pod_cidrs[0]: 10.61.4.0/22 overlaps 10.61.0.0/16 of the same list or the other: keep nodes and pods apart",
      ],
    ],
    [
      "pods without nodes",
      `remote_networks:
  pod_cidrs: [10.61.4.0/22]`,
      ["10:18 tfvars.cluster.remote_networks.pod_cidrs: needs node_cidrs: EKS takes pods with their nodes only"],
    ],
    [
      "a role without a network",
      "hybrid_nodes: { credential_provider: SSM }",
      [
        "9:42 tfvars.cluster.hybrid_nodes.credential_provider: makes a role for nodes that have no network: say where they are in remote_networks.node_cidrs",
      ],
    ],
    [
      "rights without a role",
      "hybrid_nodes: { managed_policy_arns: [arn:aws:iam::aws:policy/ReadOnlyAccess] }",
      [
        "9:42 tfvars.cluster.hybrid_nodes.managed_policy_arns: has no effect without credential_provider, which makes the role: set it, or remove this",
      ],
    ],
    [
      "certificates of nobody",
      `remote_networks: { node_cidrs: [10.61.0.0/16] }
hybrid_nodes: { credential_provider: IAM_ROLES_ANYWHERE }`,
      [
        "10:42 tfvars.cluster.hybrid_nodes.credential_provider: needs trust_anchor_arn: without it the role would trust any certificate",
      ],
    ],
    [
      "certificates for SSM",
      `remote_networks: { node_cidrs: [10.61.0.0/16] }
hybrid_nodes: { credential_provider: SSM, trust_anchor_arn: "arn:aws:rolesanywhere:us-east-1:111111111111:trust-anchor/01234567-89ab-cdef-0123-456789abcdef" }`,
      [
        "10:65 tfvars.cluster.hybrid_nodes.trust_anchor_arn: has no effect unless credential_provider is IAM_ROLES_ANYWHERE: remove it",
      ],
    ],
    [
      "both endpoints",
      `remote_networks: { node_cidrs: [10.61.0.0/16] }
endpoint_public_access: true
public_access_cidrs: [198.51.100.0/24]`,
      [
        "10:29 tfvars.cluster.endpoint_public_access: must be false while hybrid nodes use the private endpoint: with both, the name of the API means the public one to them, and webhooks time out",
      ],
    ],
  ],
  capabilities: [
    [
      "twice, and without what they need",
      `capabilities:
  - { name: a, type: ARGOCD }
  - { name: b, type: KRO, argo_cd: { idc_instance_arn: "arn:aws:sso:::instance/ssoins-0123456789abcdef" } }
  - { name: c, type: KRO, role_arn: arn:aws:iam::999999999999:role/c, statements: [{ actions: ["s3:*"], resources: ["*"] }], access_policies: [{ policy: AmazonEKSViewPolicy }, { policy: AmazonEKSViewPolicy }] }`,
      [
        "10:9 tfvars.cluster.capabilities[a]: is of type ARGOCD and needs argo_cd: its people log in by IAM Identity Center",
        "11:40 tfvars.cluster.capabilities[b].argo_cd: is for type ARGOCD, and this is KRO: remove it",
        "12:26 tfvars.cluster.capabilities[c].type: is the type of b too: EKS takes one of each type",
        "12:41 tfvars.cluster.capabilities[c].role_arn: is a role of account 999999999999, and EKS takes those of the cluster's own account 111111111111: name one of those",
        "12:87 tfvars.cluster.capabilities[c].statements: has no effect on an existing role, which is not changed: remove it, or role_arn",
        "12:191 tfvars.cluster.capabilities[c].access_policies[1].policy: lists AmazonEKSViewPolicy twice: EKS takes it once a principal, with all its namespaces",
      ],
    ],
  ],
  "EKS add-ons": [
    [
      "versions",
      `kube_proxy: { version: v1.34.1-eksbuild.1 }
vpc_cni: { version: latest }
eks_pod_identity_agent: { enabled: false, version: v1.3.10-eksbuild.2 }`,
      [
        "9:28 tfvars.cluster.kube_proxy.version: must begin with v1.35., because it runs on Kubernetes 1.35, but is v1.34.1-eksbuild.1",
        `10:25 tfvars.cluster.vpc_cni.version: must be an exact version of an EKS add-on, such as v1.20.4-eksbuild.2, got "latest"`,
        "11:40 tfvars.cluster.eks_pod_identity_agent.enabled: must be true, because vpc_cni, aws_ebs_csi_driver, aws_load_balancer_controller, cluster_autoscaler get their roles from it. Enable it, or disable those",
        "11:56 tfvars.cluster.eks_pod_identity_agent.version: has no effect because eks_pod_identity_agent.enabled is false. Remove it",
      ],
    ],
    [
      "configuration",
      `kube_proxy: { values: { mode: ebpf, rescources: {} } }
vpc_cni: { values: { enableNetworkPolicy: true, enableNetworkPolicies: "true", env: { WARM_IP_TARGET: 5, ENABLE_PREFIX_DELEGATION: true, AWS_VPC_K8S_CNI_LOGLEVEL: INFO } } }`,
      [
        `9:35 tfvars.cluster.kube_proxy.values.mode: must be one of iptables, ipvs, nftables, but is "ebpf"`,
        `9:53 warning: tfvars.cluster.kube_proxy.values.rescources: is not a key of the configuration of kube-proxy. Did you mean "resources"?`,
        `10:47 tfvars.cluster.vpc_cni.values.enableNetworkPolicy: must be text for vpc-cni. Write "true" in quotes`,
        `10:76 tfvars.cluster.vpc_cni.values.enableNetworkPolicies: is not a key of the configuration of vpc-cni. Did you mean "enableNetworkPolicy"?`,
        `10:107 tfvars.cluster.vpc_cni.values.env.WARM_IP_TARGET: must be text for vpc-cni. Write "5" in quotes`,
        `10:136 tfvars.cluster.vpc_cni.values.env.ENABLE_PREFIX_DELEGATION: must be text for vpc-cni. Write "true" in quotes`,
      ],
    ],
    [
      "variables of the CNI",
      `vpc_cni: { warm_ip_target: 5, external_snat: true, values: { env: { WARM_IP_TARGET: "3", ENABLE_PREFIX_DELEGATION: "yes", AWS_VPC_K8S_CNI_EXTERNALSNAT: "True", ENABLE_POD_ENI: "1" } } }`,
      [
        "9:89 warning: tfvars.cluster.vpc_cni.values.env.WARM_IP_TARGET: overrides cluster.vpc_cni.warm_ip_target, which is 5. Remove it and set cluster.vpc_cni.warm_ip_target",
        `9:120 tfvars.cluster.vpc_cni.values.env.ENABLE_PREFIX_DELEGATION: must be "true" or "false", but is "yes". The add-on would use its default`,
      ],
    ],
    [
      "that have a section of their own, twice",
      `extra_eks_addons:
  - { name: vpc-cni, version: v1.0.0, before_nodes: true }
  - { name: coredns, version: v1.0.0, before_nodes: false }
  - { name: adot, version: v1.0.0, before_nodes: false, namespace: x }
  - { name: adot, version: v1.0.0, before_nodes: false, service_accounts: [{ service_account: a }, { service_account: a }] }`,
      [
        "10:17 tfvars.cluster.extra_eks_addons[vpc-cni].name: has its own section. Set it in tfvars.cluster.vpc_cni instead",
        "11:17 tfvars.cluster.extra_eks_addons[coredns].name: has its own section. Set it in tfvars.addons.coredns instead",
        "12:72 tfvars.cluster.extra_eks_addons[adot].namespace: has no effect because there are no service_accounts. Remove it",
        `13:17 tfvars.cluster.extra_eks_addons[adot].name: two items of this list have the name "adot". Rename one of them`,
        "13:80 tfvars.cluster.extra_eks_addons[adot].service_accounts[0]: has no permissions. Add managed_policy_arns, statements or role_arn, or remove it",
        "13:104 tfvars.cluster.extra_eks_addons[adot].service_accounts[1]: has no permissions. Add managed_policy_arns, statements or role_arn, or remove it",
        "13:123 tfvars.cluster.extra_eks_addons[adot].service_accounts[1].service_account: lists a twice. Remove one of them",
      ],
    ],
  ],
  "EKS Auto Mode": [
    [
      "custom NodeClasses without it",
      "auto_mode: { custom_node_classes: true }",
      [
        "9:39 tfvars.cluster.auto_mode.custom_node_classes: has no effect while auto_mode.enabled is null: remove it, or enable Auto Mode",
      ],
    ],
    [
      "classes without it",
      "auto_mode: { default_classes: true }",
      [
        "9:35 tfvars.cluster.auto_mode.default_classes: has no effect while auto_mode.enabled is null: remove it, or enable Auto Mode",
      ],
    ],
    [
      "classes beside groups of nodes",
      "auto_mode: { enabled: true, default_classes: true }",
      [
        "9:50 tfvars.cluster.auto_mode.default_classes: is for clusters whose nodes are all Auto Mode's: beside groups of nodes, addons create classes with these names. Remove it",
      ],
    ],
    [
      "no nodes",
      "auto_mode: { enabled: true, node_pools: [] }",
      [
        "9:45 tfvars.cluster.auto_mode.node_pools: leaves Auto Mode without a role for nodes: name a pool, or set custom_node_classes: true",
      ],
    ],
    [
      "a pool twice, and one of no such name",
      "auto_mode: { enabled: true, node_pools: [system, system, spot] }",
      [
        "9:54 tfvars.cluster.auto_mode.node_pools[1]: names system twice: name each pool once",
        `9:62 tfvars.cluster.auto_mode.node_pools[2]: must be one of general-purpose, system, got "spot"`,
      ],
    ],
    ["beside a group: nothing is brought", "auto_mode: { enabled: true }", []],
  ],
};

test.each(Object.entries(CASES))("%s", (_, cases) => {
  const named = (problems: readonly (readonly string[])[]) =>
    problems.map((each, index) => [cases[index]?.[0], each] as const);

  expect(named(told(cases))).toEqual(named(cases.map(([, , problems]) => problems)));
});

test("addons that do what EKS does by a capability or an add-on are refused", () => {
  const cluster = `  cluster:
    capabilities: [{ name: a, type: ARGOCD, argo_cd: { idc_instance_arn: "arn:aws:sso:::instance/ssoins-0123456789abcdef" } }]
    extra_eks_addons:
      - { name: kube-state-metrics, version: v1.0.0, before_nodes: false }
      - { name: prometheus-node-exporter, version: v1.0.0, before_nodes: false }
      - { name: aws-secrets-store-csi-driver-provider, version: v1.0.0, before_nodes: false }
`;
  const addons = `  addons:
    argo_cd_enabled: true
    kube_prometheus_stack_enabled: true
    secrets_store_csi_driver_enabled: true
`;
  const file = "clusters/a.example.com.yaml";
  const installs = (name: string, addon: string) =>
    `tfvars.cluster.extra_eks_addons[${name}].name: installs the same as the chart of addons.${addon}. Remove it, or set ${addon}_enabled: false`;

  expect(problemsOf({ [file]: `${SMALLEST}${cluster}` })).toEqual([]);
  expect(problemsOf({ [file]: `${SMALLEST}${cluster}${addons}` })).toEqual([
    `${file}:9:37 tfvars.cluster.capabilities[a].type: brings the kinds that the addon argo_cd brings. Set argo_cd_enabled: false, or remove this capability`,
    `${file}:11:17 ${installs("kube-state-metrics", "kube_prometheus_stack")}`,
    `${file}:12:17 ${installs("prometheus-node-exporter", "kube_prometheus_stack")}`,
    `${file}:13:17 ${installs("aws-secrets-store-csi-driver-provider", "secrets_store_csi_driver")}`,
  ]);
});

test("on Auto Mode's nodes volumes come by its classes, and some addons not at all", () => {
  const told = (autoMode: string, addons: string) =>
    problemsOf({
      "clusters/a.example.com.yaml": `${SMALLEST.replace("  workers:\n    - name: general\n", "")}  cluster:
    auto_mode: { enabled: true${autoMode} }
  addons:
    coredns_enabled: false
    aws_ebs_csi_driver_enabled: false
    cluster_autoscaler_enabled: false
    aws_load_balancer_controller_enabled: false
${addons}`,
    }).map((problem) => problem.replace(/^\S+ /, ""));
  const concourse =
    "    concourse: { enabled: true, options: { main_team: { local_user: a }, database: { host: d.a.b, port: 1, name: a, sslmode: disable } } }\n";

  expect(told("", concourse)).toEqual([
    "tfvars.addons.concourse.enabled: requires a volume for each worker, but nothing provides volumes. To fix this, set tfvars.cluster.auto_mode.default_classes: true",
  ]);
  expect(told(", default_classes: true", concourse)).toEqual([]);
  expect(told("", "    eks_node_monitoring_agent_enabled: true\n    kured_enabled: true\n")).toEqual([
    "tfvars.addons.eks_node_monitoring_agent_enabled: is not needed where all nodes are Auto Mode's, which watches its nodes itself: set eks_node_monitoring_agent_enabled: false",
    "tfvars.addons.kured_enabled: is not needed where all nodes are Auto Mode's, which replaces its nodes by newer ones, and their disks cannot be written: set kured_enabled: false",
  ]);
});

test("what Auto Mode brings along is not installed again where all nodes are its own", () => {
  const text = `${SMALLEST.replace("  workers:\n    - name: general\n", "")}  cluster:
    auto_mode: { enabled: true }
    vpc_cni: { version: v1.20.4-eksbuild.2 }
    kube_proxy: { values: { mode: nftables } }
`;
  const problems = problemsOf({ "clusters/a.example.com.yaml": text });

  expect(problems.map((problem) => problem.replace(/^\S+ /, ""))).toEqual([
    "tfvars.cluster.vpc_cni.version: has no effect because all nodes are Auto Mode's, which has its own vpc-cni. Remove it",
    "tfvars.cluster.kube_proxy.values: has no effect because all nodes are Auto Mode's, which has its own kube-proxy. Remove it",
    ...[
      ["coredns", "runs DNS on every node"],
      ["aws_ebs_csi_driver", "has a driver of volumes of its own, ebs.csi.eks.amazonaws.com"],
      ["cluster_autoscaler", "adds and removes nodes itself"],
      ["aws_load_balancer_controller", "makes load balancers itself, for the class eks.amazonaws.com/alb"],
    ].map(
      ([addon, why]) =>
        `tfvars.addons.${addon}.enabled: is not needed where all nodes are Auto Mode's, which ${why}: set ${addon}_enabled: false (for cluster a.example.com)`,
    ),
  ]);
});

test("addons of EC2's instances in a cluster whose nodes are all elsewhere", () => {
  const smallest = SMALLEST.replace(/ {2}workers:\n {4}- name: general\n/, "  workers: []\n");
  const problems = problemsOf({
    "clusters/a.example.com.yaml": `${smallest}  cluster: { remote_networks: { node_cidrs: [10.61.0.0/16] } }
  addons:
    aws_ebs_csi_driver_enabled: true
    aws_mountpoint_s3_csi_driver_enabled: true
    cluster_autoscaler_enabled: true
    coredns_enabled: true
`,
  });
  const at = "clusters/a.example.com.yaml";
  const all = "and all nodes of this cluster are outside of AWS";

  expect(problems).toEqual([
    `${at}:9:33 tfvars.addons.aws_ebs_csi_driver_enabled: attaches volumes to instances of EC2, ${all}: set aws_ebs_csi_driver_enabled: false, or add a group of nodes`,
    `${at}:10:43 tfvars.addons.aws_mountpoint_s3_csi_driver_enabled: mounts buckets on instances of EC2, ${all}: set aws_mountpoint_s3_csi_driver_enabled: false, or add a group of nodes`,
    `${at}:11:33 tfvars.addons.cluster_autoscaler_enabled: scales groups of instances, ${all}: set cluster_autoscaler_enabled: false, or add a group of nodes`,
  ]);
});

test("hybrid nodes have IPv4, in no range of the VPC", () => {
  const networks = (networking: string, cidr: string): string[] =>
    problemsOf({
      "clusters/a.example.com.yaml": `${SMALLEST}  cluster: { remote_networks: { node_cidrs: [${cidr}] } }
  networking: { ${networking} }
`,
    }).filter((problem) => problem.includes("remote_networks"));
  const at = "clusters/a.example.com.yaml:8";

  expect(networks("ip_family: ipv6", "10.61.0.0/16")).toEqual([
    `${at}:45 tfvars.cluster.remote_networks.node_cidrs: is IPv4, and pods of this cluster have IPv6: EKS takes hybrid nodes with IPv4 only`,
  ]);
  expect(networks("secondary_cidr_blocks: [10.61.0.0/16]", "10.61.4.0/22")).toEqual([
    `${at}:46 tfvars.cluster.remote_networks.node_cidrs[0]: 10.61.4.0/22 overlaps secondary_cidr_blocks 10.61.0.0/16: neither side could tell whose an address is`,
  ]);
});
