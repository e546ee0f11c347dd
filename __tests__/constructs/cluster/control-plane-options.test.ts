import { EksControlPlane } from "../../../constructs/cluster/eks-control-plane";
import type { Cluster, Tfvars } from "../../../fleet/model/cluster";
import { clusterOf, type Part, workerOf } from "../../support/cluster";
import { controlPlaneProps } from "../../support/props";
import { type Synthesized, synth } from "../../support/synth";

const ARN = "arn:aws:eks:eu-west-1:111111111111:cluster/reference-eks-example-com";
const KEY = "arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef";

function synthWith(cluster: Part<Tfvars["cluster"]>, workers: Tfvars["workers"] = [], rest: Partial<Cluster> = {}) {
  const props = controlPlaneProps(clusterOf({ cluster, workers }, rest));
  return synth((scope) => new EksControlPlane(scope, "eks", props));
}

/** The statements of a role's trust, or of its inline policy. */
function statements(tf: Synthesized, type: "aws_iam_role" | "aws_iam_role_policy", part: string): unknown {
  const block = tf.only(type, part);
  return JSON.parse(String(block["assume_role_policy"] ?? block["policy"])).Statement;
}

const policyNames = (tf: Synthesized, part: string) =>
  Object.entries(tf.all("aws_iam_role_policy_attachment"))
    .filter(([address]) => address.includes(part))
    .map(([, { policy_arn }]) => String(policy_arn).split("/").at(-1));

describe("existing keys and roles", () => {
  test("the control plane's role may use an existing key, and no key is created", () => {
    const tf = synthWith({ kms: { key_arn: KEY } });

    expect(tf.addresses("aws_kms_key")).toEqual([]);
    expect(tf.only("aws_eks_cluster")["encryption_config"]).toEqual({
      provider: { key_arn: KEY },
      resources: ["secrets"],
    });
    expect(statements(tf, "aws_iam_role_policy", "role-may-use-key")).toEqual([
      {
        Effect: "Allow",
        Action: ["kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"],
        Resource: KEY,
      },
    ]);
    expect(tf.only("aws_eks_cluster")["depends_on"]).toEqual(
      expect.arrayContaining([...tf.addresses("aws_iam_role_policy")]),
    );
  });

  test("the control plane's role has further policies before the cluster is created", () => {
    const tf = synthWith({ additional_policy_arns: ["arn:aws:iam::111111111111:policy/teams/eks"] });
    const [address] = tf.addresses("aws_iam_role_policy_attachment").filter((each) => each.includes("teams-eks"));

    expect(policyNames(tf, "eks_role")).toEqual(["eks", "AmazonEKSClusterPolicy"]);
    expect(tf.only("aws_eks_cluster")["depends_on"]).toContain(address);
  });

  test("the control plane may create interfaces for pods with their own security groups", () => {
    const tf = synthWith({ vpc_cni: { values: { env: { ENABLE_POD_ENI: "true" } } } });

    expect(policyNames(tf, "eks_role")).toEqual(["AmazonEKSClusterPolicy", "AmazonEKSVPCResourceController"]);
    expect(policyNames(synthWith({ vpc_cni: { values: { env: null } } }), "eks_role")).toEqual([
      "AmazonEKSClusterPolicy",
    ]);
  });

  test("EKS uses its own key without encryption in the definition", () => {
    const tf = synthWith({ kms: { enabled: false } });

    expect(tf.addresses("aws_kms_key")).toEqual([]);
    expect(tf.only("aws_eks_cluster")).not.toHaveProperty("encryption_config");
  });

  test("an existing role is used without a change, and is in the policy of the cluster's key", () => {
    const role_arn = "arn:aws:iam::111111111111:role/eks/control-plane";
    const tf = synthWith({ role_arn });

    expect(tf.only("aws_eks_cluster")["role_arn"]).toBe(role_arn);
    expect(tf.addresses("aws_iam_role").filter((address) => address.includes("eks_role"))).toEqual([]);
    expect(String(tf.only("aws_kms_key")["policy"])).toContain(`"Principal":{"AWS":"${role_arn}"}`);
  });
});

test("sends EKS only the keys that the definition sets", () => {
  const tf = synthWith({
    zonal_shift: false,
    control_plane_scaling_tier: "tier-xl",
    force_update_version: true,
    timeouts: { create_minutes: 45, delete_minutes: 20 },
    cluster_log_group_class: "INFREQUENT_ACCESS",
    cluster_log_kms_key_arn: KEY,
  });

  expect(tf.only("aws_eks_cluster")).toMatchObject({
    zonal_shift_config: { enabled: false },
    control_plane_scaling_config: { tier: "tier-xl" },
    force_update_version: true,
    timeouts: { create: "45m", delete: "20m" },
  });
  expect(tf.only("aws_cloudwatch_log_group")).toMatchObject({ log_group_class: "INFREQUENT_ACCESS", kms_key_id: KEY });
});

test("an OIDC provider has the definition's claims", () => {
  const tf = synthWith({
    oidc_identity_providers: [
      { name: "staff", issuer_url: "https://login.example.com", client_id: "k8s", groups_claim: "groups" },
    ],
  });

  expect(tf.only("aws_eks_identity_provider_config")).toEqual({
    cluster_name: `\${${tf.addresses("aws_eks_cluster")[0]}.name}`,
    oidc: {
      identity_provider_config_name: "staff",
      issuer_url: "https://login.example.com",
      client_id: "k8s",
      groups_claim: "groups",
    },
    tags: { Name: "reference-eks-example-com-staff" },
  });
});

describe("roles of service accounts", () => {
  const role = { name: "a", namespace: "x", service_account: "s" };

  test("by Pod Identity trust one service account of this cluster, and may assume the target role", () => {
    const target = "arn:aws:iam::444444444444:role/next";
    const tf = synthWith({
      service_account_roles: [{ ...role, by: "pod_identity", target_role_arn: target }],
    });

    expect(statements(tf, "aws_iam_role", "service-accounts_a")).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "aws:RequestTag/eks-cluster-arn": ARN,
            "aws:RequestTag/kubernetes-namespace": "x",
            "aws:RequestTag/kubernetes-service-account": "s",
          },
        },
      },
    ]);
    expect(statements(tf, "aws_iam_role_policy", "service-accounts_a")).toEqual([
      { Sid: "TargetRole", Effect: "Allow", Action: ["sts:AssumeRole", "sts:TagSession"], Resource: [target] },
    ]);
    expect(tf.only("aws_eks_pod_identity_association")).toMatchObject({
      namespace: "x",
      service_account: "s",
      role_arn: `\${${tf.addresses("aws_iam_role").find((address) => address.includes("service-accounts_a"))}.arn}`,
      target_role_arn: target,
    });
  });

  test("without session tags do not require tags", () => {
    const tf = synthWith({
      service_account_roles: [
        { ...role, by: "pod_identity", disable_session_tags: true, managed_policy_arns: ["arn:aws:iam::aws:policy/A"] },
      ],
    });

    expect(statements(tf, "aws_iam_role", "service-accounts_a")).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
      },
    ]);
    expect(tf.only("aws_eks_pod_identity_association")).toMatchObject({ disable_session_tags: true });
  });

  test("by IRSA trust the token of one service account with the audience STS", () => {
    const tf = synthWith({
      service_account_roles: [
        {
          ...role,
          by: "irsa",
          managed_policy_arns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
          statements: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::b/${aws:userid}"] }],
          permissions_boundary: "arn:aws:iam::111111111111:policy/tight",
        },
      ],
    });
    const [local = ""] = Object.keys(tf.at("locals") as object);
    const host = `\${local.${local}}`;

    expect(statements(tf, "aws_iam_role", "service-accounts_a")).toEqual([
      {
        Effect: "Allow",
        Principal: { Federated: `\${${tf.addresses("aws_iam_openid_connect_provider")[0]}.arn}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { [`${host}:sub`]: "system:serviceaccount:x:s", [`${host}:aud`]: "sts.amazonaws.com" },
        },
      },
    ]);
    expect(tf.at("locals", local)).toBe(
      `\${trimprefix(${tf.addresses("aws_eks_cluster")[0]}.identity[0].oidc[0].issuer, "https://")}`,
    );
    expect(tf.only("aws_iam_role_policy", "service-accounts_a")["policy"]).toContain("arn:aws:s3:::b/$${aws:userid}");
    expect(tf.only("aws_iam_role", "service-accounts_a")["permissions_boundary"]).toBe(
      "arn:aws:iam::111111111111:policy/tight",
    );
    expect(policyNames(tf, "service-accounts_a")).toEqual(["ReadOnlyAccess"]);
    expect(tf.addresses("aws_eks_pod_identity_association")).toEqual([]);
  });

  test("that exist already are bound, and none is created", () => {
    const role_arn = "arn:aws:iam::111111111111:role/there";
    const tf = synthWith({ service_account_roles: [{ ...role, by: "pod_identity", role_arn }] });

    expect(tf.addresses("aws_iam_role").filter((address) => address.includes("service-accounts"))).toEqual([]);
    expect(tf.only("aws_eks_pod_identity_association")["role_arn"]).toBe(role_arn);
  });
});

describe("hybrid nodes", () => {
  const remote_networks = { node_cidrs: ["10.61.0.0/20"], pod_cidrs: ["10.61.128.0/17"] };

  test("have networks that are in EKS's configuration and that the private endpoint admits", () => {
    const tf = synthWith({ remote_networks });
    const rules = Object.values(tf.all("aws_vpc_security_group_ingress_rule"));

    expect(tf.only("aws_eks_cluster")["remote_network_config"]).toEqual({
      remote_node_networks: { cidrs: ["10.61.0.0/20"] },
      remote_pod_networks: { cidrs: ["10.61.128.0/17"] },
    });
    expect(rules.flatMap((rule) => rule["cidr_ipv4"] ?? []).sort()).toEqual([
      "10.0.0.0/16",
      "10.61.0.0/20",
      "10.61.128.0/17",
    ]);
    expect(tf.addresses().filter((address) => address.includes("hybrid-nodes"))).toEqual([]);
  });

  test("use a role of Systems Manager, and may deregister only with their cluster's tag", () => {
    const tf = synthWith({ remote_networks, hybrid_nodes: { credential_provider: "SSM" } });

    expect(statements(tf, "aws_iam_role", "hybrid-nodes")).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "ssm.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "111111111111" },
          ArnEquals: { "aws:SourceArn": "arn:aws:ssm:eu-west-1:111111111111:*" },
        },
      },
    ]);
    expect(policyNames(tf, "hybrid-nodes")).toEqual([
      "AmazonEC2ContainerRegistryPullOnly",
      "AmazonSSMManagedInstanceCore",
    ]);
    expect(statements(tf, "aws_iam_role_policy", "hybrid-nodes")).toEqual([
      { Sid: "Join", Effect: "Allow", Action: ["eks:DescribeCluster"], Resource: [ARN] },
      { Sid: "RolesForPods", Effect: "Allow", Action: ["eks-auth:AssumeRoleForPodIdentity"], Resource: [ARN] },
      { Sid: "FindItself", Effect: "Allow", Action: ["ssm:DescribeInstanceInformation"], Resource: ["*"] },
      {
        Sid: "Leave",
        Effect: "Allow",
        Action: ["ssm:DeregisterManagedInstance"],
        Resource: ["arn:aws:ssm:*:111111111111:managed-instance/*"],
        Condition: { StringEquals: { "ssm:resourceTag/EKSClusterARN": ARN } },
      },
    ]);
    expect(tf.only("aws_eks_access_entry", "hybrid-nodes")["type"]).toBe("HYBRID_LINUX");
  });

  test("have the definition's further permissions", () => {
    const tf = synthWith({
      remote_networks,
      hybrid_nodes: {
        credential_provider: "SSM",
        managed_policy_arns: ["arn:aws:iam::111111111111:policy/extra"],
        statements: [{ actions: ["s3:GetObject"], resources: ["*"] }],
      },
    });

    expect(policyNames(tf, "hybrid-nodes")).toContain("extra");
    expect(statements(tf, "aws_iam_role_policy", "hybrid-nodes")).toContainEqual({
      Effect: "Allow",
      Action: ["s3:GetObject"],
      Resource: ["*"],
    });
  });

  test("use certificates of one trust anchor, each with its own session name", () => {
    const trust_anchor_arn =
      "arn:aws:rolesanywhere:eu-west-1:111111111111:trust-anchor/01234567-89ab-cdef-0123-456789abcdef";
    const tf = synthWith({
      remote_networks,
      hybrid_nodes: { credential_provider: "IAM_ROLES_ANYWHERE", trust_anchor_arn },
    });

    expect(statements(tf, "aws_iam_role", "hybrid-nodes")).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "rolesanywhere.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
        Condition: {
          StringEquals: { "sts:RoleSessionName": "$${aws:PrincipalTag/x509Subject/CN}" },
          ArnEquals: { "aws:SourceArn": trust_anchor_arn },
        },
      },
    ]);
    expect(tf.only("aws_rolesanywhere_profile")).toMatchObject({ enabled: true, accept_role_session_name: true });
    expect(policyNames(tf, "hybrid-nodes")).toEqual(["AmazonEC2ContainerRegistryPullOnly"]);
  });
});

describe("EKS Auto Mode", () => {
  const switches = (tf: Synthesized) => {
    const { compute_config, kubernetes_network_config, storage_config } = tf.only("aws_eks_cluster");
    const balancing = (kubernetes_network_config as Record<string, unknown>)["elastic_load_balancing"];
    return [compute_config, storage_config, balancing];
  };
  const autoPolicies = [
    "AmazonEKSBlockStoragePolicy",
    "AmazonEKSClusterPolicy",
    "AmazonEKSComputePolicy",
    "AmazonEKSLoadBalancingPolicy",
    "AmazonEKSNetworkingPolicy",
  ];

  test("sets its three switches together, and starts nodes in subnets that reach a registry", () => {
    const tf = synthWith({ auto_mode: { enabled: true } });
    const role = tf.addresses("aws_iam_role").find((address) => address.includes("auto-node-role"));

    expect(switches(tf)).toEqual([
      { enabled: true, node_pools: ["general-purpose", "system"], node_role_arn: `\${${role}.arn}` },
      { block_storage: { enabled: true } },
      { enabled: true },
    ]);
    expect(tf.only("aws_eks_cluster")["vpc_config"]).toMatchObject({
      subnet_ids: ["subnet-private-a", "subnet-private-b", "subnet-private-c"],
    });
    expect(policyNames(tf, "eks_role_")).toEqual(autoPolicies);
    expect(policyNames(tf, "auto-node-role")).toEqual([
      "AmazonEC2ContainerRegistryPullOnly",
      "AmazonEKSWorkerNodeMinimalPolicy",
    ]);
    expect(tf.addresses("aws_eks_addon")).toEqual([]); // it brings them
  });

  test("may add the cluster's tags to resources that are marked as the cluster's", () => {
    const tf = synthWith({ auto_mode: { enabled: true } });
    const marked = { "aws:RequestTag/eks:eks-cluster-name": "$${aws:PrincipalTag/eks:eks-cluster-name}" };

    expect(statements(tf, "aws_iam_role_policy", "role-may-tag")).toEqual([
      {
        Sid: "Compute",
        Effect: "Allow",
        Action: ["ec2:CreateFleet", "ec2:RunInstances", "ec2:CreateLaunchTemplate"],
        Resource: "*",
        Condition: {
          StringEquals: marked,
          StringLike: {
            "aws:RequestTag/eks:kubernetes-node-class-name": "*",
            "aws:RequestTag/eks:kubernetes-node-pool-name": "*",
          },
        },
      },
      {
        Sid: "Storage",
        Effect: "Allow",
        Action: ["ec2:CreateVolume", "ec2:CreateSnapshot"],
        Resource: ["arn:aws:ec2:*:*:volume/*", "arn:aws:ec2:*:*:snapshot/*"],
        Condition: { StringEquals: marked },
      },
      {
        Sid: "Networking",
        Effect: "Allow",
        Action: "ec2:CreateNetworkInterface",
        Resource: "*",
        Condition: { StringEquals: marked, StringLike: { "aws:RequestTag/eks:kubernetes-cni-node-name": "*" } },
      },
      {
        Sid: "LoadBalancing",
        Effect: "Allow",
        Action: [
          "elasticloadbalancing:CreateLoadBalancer",
          "elasticloadbalancing:CreateTargetGroup",
          "elasticloadbalancing:CreateListener",
          "elasticloadbalancing:CreateRule",
          "ec2:CreateSecurityGroup",
        ],
        Resource: "*",
        Condition: { StringEquals: marked },
      },
    ]);
    expect(tf.only("aws_eks_cluster")["depends_on"]).toEqual(
      expect.arrayContaining(tf.addresses("aws_iam_role_policy")),
    );
  });

  test("installs the core add-ons beside a worker group, and lets pods of both communicate", () => {
    const tf = synthWith({ auto_mode: { enabled: true } }, [workerOf({ name: "general" })]);

    expect(tf.addresses("aws_eks_addon")).toHaveLength(3);
    const nodes = "${aws_security_group.eks_security-groups_node_D81BCBB0.id}";
    const auto = `\${${tf.addresses("aws_eks_cluster")[0]}.vpc_config[0].cluster_security_group_id}`;
    const rules = Object.entries(tf.all("aws_vpc_security_group_ingress_rule"))
      .filter(([address]) => address.includes("auto-mode"))
      .map(([, rule]) => [
        rule["security_group_id"],
        rule["referenced_security_group_id"],
        `${rule["ip_protocol"]} ${rule["from_port"]}-${rule["to_port"]}`,
      ]);

    // None for all protocols, which Fargate has between the two.
    expect(rules.sort()).toEqual([
      [auto, nodes, "tcp 0-65535"],
      [auto, nodes, "udp 0-65535"],
      [nodes, auto, "tcp 0-65535"],
      [nodes, auto, "udp 0-65535"],
    ]);
  });

  test("admits nodes of custom NodeClasses by an access entry", () => {
    const tf = synthWith({ auto_mode: { enabled: true, node_pools: [], custom_node_classes: true } });
    const entry = tf.addresses("aws_eks_access_entry").find((address) => address.includes("auto-mode"));

    expect(switches(tf)[0]).toEqual({ enabled: true });
    expect(tf.only("aws_iam_role", "auto-custom-node")["name"]).toBe("reference-eks-example-com-auto-custom-node");
    expect(tf.only("aws_eks_access_entry", "auto-mode")["type"]).toBe("EC2");
    expect(tf.only("aws_eks_access_policy_association", "auto-mode")).toMatchObject({
      principal_arn: `\${${entry}.principal_arn}`,
      policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy",
      access_scope: { type: "cluster" },
    });
  });

  test("sends false to EKS when it is turned off, and keeps the permissions to remove its nodes", () => {
    const tf = synthWith({ auto_mode: { enabled: false, custom_node_classes: true } });
    const ofNodes = tf.addresses("aws_iam_role").filter((address) => address.includes("auto-"));

    expect(switches(tf)).toEqual([{ enabled: false }, { block_storage: { enabled: false } }, { enabled: false }]);
    expect(policyNames(tf, "eks_role_")).toEqual(autoPolicies);
    expect(ofNodes).toHaveLength(2);
    expect(tf.only("aws_eks_access_entry", "auto-mode")["type"]).toBe("EC2");
    expect(tf.addresses("aws_eks_addon")).toHaveLength(3);
  });

  test("leaves no resource if the definition does not mention it", () => {
    const tf = synthWith({ auto_mode: { enabled: null } });

    expect(tf.addresses().filter((address) => /auto-|may-tag/.test(address))).toEqual([]);
    expect(policyNames(tf, "eks_role_")).toEqual(["AmazonEKSClusterPolicy"]);
  });
});

test("a capability has a role that the AWS service assumes, and permissions beside those from EKS", () => {
  const tf = synthWith({
    capabilities: [
      {
        name: "cd",
        type: "ARGOCD",
        access_policies: [{ policy: "AmazonEKSEditPolicy", namespaces: ["apps"] }],
        argo_cd: {
          idc_instance_arn: "arn:aws:sso:::instance/ssoins-0123456789abcdef",
          rbac_role_mappings: [{ role: "ADMIN", identities: [{ id: "1", type: "SSO_GROUP" }] }],
        },
      },
    ],
  });

  expect(statements(tf, "aws_iam_role", "capabilities_cd-role")).toEqual([
    {
      Effect: "Allow",
      Principal: { Service: "capabilities.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
    },
  ]);
  expect(tf.only("aws_eks_capability")).toMatchObject({
    capability_name: "cd",
    type: "ARGOCD",
    delete_propagation_policy: "RETAIN",
    configuration: [
      {
        argo_cd: [
          {
            aws_idc: [{ idc_instance_arn: "arn:aws:sso:::instance/ssoins-0123456789abcdef" }],
            rbac_role_mapping: [{ role: "ADMIN", identity: [{ id: "1", type: "SSO_GROUP" }] }],
          },
        ],
      },
    ],
  });
  expect(tf.only("aws_eks_access_policy_association", "capabilities_cd")).toMatchObject({
    access_scope: { type: "namespace", namespaces: ["apps"] },
    depends_on: expect.arrayContaining([...tf.addresses("aws_eks_capability")]),
  });
});

test("further EKS add-ons that nodes wait for come after the pod network, with a role for each service account", () => {
  const tf = synthWith({
    extra_eks_addons: [
      { name: "late", version: "v1.0.0", before_nodes: false },
      {
        name: "early",
        version: "v1.2.3-eksbuild.1",
        before_nodes: true,
        namespace: "early-system",
        values: { replicas: 2 },
        resolve_conflicts_on_update: "PRESERVE",
        service_accounts: [
          { service_account: "agent", managed_policy_arns: ["arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"] },
          { service_account: "reader", role_arn: "arn:aws:iam::111111111111:role/reader" },
        ],
      },
    ],
  });
  const [role] = tf.addresses("aws_iam_role").filter((address) => address.includes("extra-addons"));

  expect(tf.only("aws_eks_addon", "extra-addons")).toMatchObject({
    addon_name: "early",
    addon_version: "v1.2.3-eksbuild.1",
    configuration_values: '{"replicas":2}',
    resolve_conflicts_on_update: "PRESERVE",
    pod_identity_association: [
      { role_arn: `\${${role}.arn}`, service_account: "agent" },
      { role_arn: "arn:aws:iam::111111111111:role/reader", service_account: "reader" },
    ],
    depends_on: expect.arrayContaining(tf.addresses("aws_eks_addon").filter((address) => address.includes("vpc-cni"))),
  });
  expect(tf.only("aws_iam_role", "extra-addons")["name"]).toBe("reference-eks-example-com-eks-addon-early-agent");
  expect(JSON.stringify(statements(tf, "aws_iam_role", "extra-addons"))).toContain(
    '"aws:RequestTag/kubernetes-namespace":"early-system"',
  );
});

test("encrypts its log group with its own key, which CloudWatch can use for this log group only", () => {
  const tf = synthWith({ cluster_log_kms_key_arn: "own" });
  const [address] = tf.addresses("aws_kms_key").filter((each) => each.includes("log-key"));

  expect(tf.only("aws_cloudwatch_log_group")["kms_key_id"]).toBe(`\${${address}.arn}`);
  const { Statement } = JSON.parse(String(tf.only("aws_kms_key", "log-key")["policy"]));
  expect(Statement[1]).toMatchObject({
    Principal: { Service: "logs.eu-west-1.amazonaws.com" },
    Condition: {
      ArnEquals: {
        "kms:EncryptionContext:aws:logs:arn":
          "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/eks/reference-eks-example-com/cluster",
      },
    },
  });
});

test("keeps the key of its log group when another key replaces it, because earlier events require it", () => {
  const [address] = synthWith({ cluster_log_kms_key_arn: "own" })
    .addresses("aws_kms_key")
    .filter((each) => each.includes("log-key"));

  expect(synthWith({ cluster_log_kms_key_arn: KEY }).at("removed")).toContainEqual({
    from: address,
    lifecycle: { destroy: false },
  });
});
