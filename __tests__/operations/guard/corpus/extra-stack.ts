/** A small stack with what the samples do not have: it is tagged like a stack of a cluster in tier `staging`. */

export type Json = Record<string, unknown>;
export type Resources = Record<string, Record<string, Json>>;
export interface Stack extends Json {
  resource: Resources;
}

export const EXTRA_CLUSTER = "staging.dev.example.com";

const ACCOUNT = "222222222222";
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

export const policy = (...statements: Json[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
export const allow = (action: unknown, resource: unknown, more: Json = {}): Json => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
  ...more,
});
export const trust = (more: Json = {}): Json => ({
  Effect: "Allow",
  Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.example.com/id/A` },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: { StringEquals: { "oidc.example.com/id/A:sub": "system:serviceaccount:shop:web" } },
  ...more,
});

const READ = [
  allow(["s3:GetObject", "s3:PutObject"], ["arn:aws:s3:::example-store/a/*", "arn:aws:s3:::example-store/b/*"]),
  allow(["s3:ListBucket"], "arn:aws:s3:::example-store"),
  { Effect: "Deny", Action: "s3:DeleteObject", Resource: "arn:aws:s3:::example-store/*" },
];
export const READ_STATEMENTS: readonly Json[] = READ;

export const BUCKET_STATEMENTS: readonly Json[] = [
  {
    Sid: "Transport",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: "arn:aws:s3:::example-store/*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  },
  {
    Sid: "Team",
    Effect: "Allow",
    Principal: { AWS: role("team") },
    Action: "s3:GetObject",
    Resource: "arn:aws:s3:::example-store/*",
  },
];

const rule = (more: Json): Json => ({
  security_group_id: "sg-0aaaaaaaaaaaaaaaa",
  ip_protocol: "tcp",
  from_port: 443,
  to_port: 443,
  ...more,
});

const group = (name: string, size: number): Json => ({
  cluster_name: "staging-dev-example-com",
  node_group_name: name,
  node_role_arn: role("nodes"),
  subnet_ids: ["subnet-0aaaaaaaaaaaaaaaa"],
  release_version: "1.34.1-20260101",
  version: "1.34",
  scaling_config: [{ desired_size: size, min_size: 1, max_size: 10 }],
});

const access = (principal: string, name: string, scope: Json): Json => ({
  cluster_name: "staging-dev-example-com",
  principal_arn: role(principal),
  policy_arn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
  access_scope: [scope],
});
export const EVERYWHERE: Json = { type: "cluster" };

export function extraStack(): Stack {
  const tags = {
    Cluster: EXTRA_CLUSTER,
    Stack: "addons",
    Tier: "staging",
    Owner: "platform",
    ManagedBy: "terraform",
  };
  return {
    terraform: {
      backend: { local: { path: "terraform.tfstate" } },
      required_providers: {
        aws: { source: "aws", version: "6.25.0" },
        helm: { source: "helm", version: "3.1.1" },
      },
    },
    provider: {
      aws: [{ region: "eu-west-1", default_tags: [{ tags }] }],
      helm: [{ kubernetes: { host: "https://store.example.com" } }],
    },
    resource: {
      aws_ebs_volume: { data: { availability_zone: "eu-west-1a", size: 100, type: "gp3" } },
      aws_ebs_snapshot: { data: { volume_id: "vol-0aaaaaaaaaaaaaaaa" } },
      aws_efs_file_system: { shared: { creation_token: "shared" } },
      aws_fsx_lustre_file_system: { scratch: { subnet_ids: ["subnet-0aaaaaaaaaaaaaaaa"], storage_capacity: 1200 } },
      aws_backup_vault: { daily: { name: "daily" } },
      aws_dynamodb_table: {
        locks: {
          name: "locks",
          hash_key: "id",
          billing_mode: "PAY_PER_REQUEST",
          attribute: [{ name: "id", type: "S" }],
          deletion_protection_enabled: true,
        },
      },
      aws_s3_bucket: { store: { bucket: "example-store" } },
      aws_s3_bucket_versioning: {
        store: { bucket: "example-store", versioning_configuration: [{ status: "Enabled" }] },
      },
      aws_s3_bucket_public_access_block: {
        store: {
          bucket: "example-store",
          block_public_acls: true,
          block_public_policy: true,
          ignore_public_acls: true,
          restrict_public_buckets: true,
        },
      },
      aws_s3_bucket_policy: { store: { bucket: "example-store", policy: policy(...BUCKET_STATEMENTS) } },
      aws_kms_key: { data: { description: "data", is_enabled: true } },
      aws_iam_openid_connect_provider: { ci: { url: "https://ci.example.com", client_id_list: ["sts.amazonaws.com"] } },
      aws_iam_role: {
        web: {
          name: "web",
          assume_role_policy: policy(trust()),
          permissions_boundary: `arn:aws:iam::${ACCOUNT}:policy/boundary`,
        },
      },
      aws_iam_role_policy: { web: { name: "web", role: "web", policy: policy(...READ) } },
      aws_iam_role_policy_attachment: {
        web: { role: "web", policy_arn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" },
      },
      aws_cloudwatch_log_group: {
        audit: { name: "/aws/eks/staging-dev-example-com/cluster", retention_in_days: 90 },
        application: { name: "/application/web", retention_in_days: 7 },
      },
      aws_security_group: {
        inline: { name: "inline", vpc_id: "vpc-0aaaaaaaaaaaaaaaa", ingress: [inline("10.0.0.0/16")], egress: [] },
      },
      aws_vpc_security_group_ingress_rule: { office: rule({ cidr_ipv4: "198.51.100.0/24" }) },
      aws_vpc_security_group_egress_rule: { proxy: rule({ cidr_ipv4: "10.9.0.0/16" }) },
      aws_eks_cluster: {
        main: {
          name: "staging-dev-example-com",
          role_arn: role("control-plane"),
          version: "1.33",
          deletion_protection: true,
          enabled_cluster_log_types: ["api", "audit"],
          vpc_config: [
            {
              subnet_ids: ["subnet-0aaaaaaaaaaaaaaaa"],
              endpoint_public_access: true,
              endpoint_private_access: true,
              public_access_cidrs: ["198.51.100.0/24", "203.0.113.0/24"],
            },
          ],
        },
      },
      aws_eks_access_policy_association: {
        admin: access("admin", "AmazonEKSClusterAdminPolicy", EVERYWHERE),
        team: access("team", "AmazonEKSAdminPolicy", { type: "namespace", namespaces: ["shop"] }),
      },
      aws_eks_node_group: {
        a: { ...group("a", 5), launch_template: [{ id: "lt-0aaaaaaaaaaaaaaaa", version: "1" }] },
        b: group("b", 3),
        c: group("c", 2),
      },
      aws_launch_template: { a: { name: "group-a", image_id: "ami-0aaaaaaaaaaaaaaaa" } },
      aws_autoscaling_group: {
        self: {
          name: "self",
          min_size: 1,
          max_size: 6,
          desired_capacity: 4,
          vpc_zone_identifier: ["subnet-0aaaaaaaaaaaaaaaa"],
          launch_template: [{ id: "lt-0aaaaaaaaaaaaaaaa", version: "1" }],
          instance_refresh: [{ strategy: "Rolling" }],
        },
      },
      aws_eks_addon: {
        coredns: {
          cluster_name: "staging-dev-example-com",
          addon_name: "coredns",
          addon_version: "v1.12.0-eksbuild.1",
        },
      },
      helm_release: Object.fromEntries(
        ["one", "two", "three", "four", "five"].map((name) => [
          name,
          { name, chart: name, repository: "https://charts.example.com", version: "1.0.0", values: [`name: ${name}`] },
        ]),
      ),
      aws_db_instance: {
        main: {
          identifier: "main",
          instance_class: "db.t4g.micro",
          engine: "postgres",
          allocated_storage: 20,
          username: "root",
          password: "NEVER-PRINT-THIS",
          deletion_protection: true,
        },
      },
    },
  };
}

/** A rule inside of a security group: Terraform requires every key. */
export function inline(...ranges: string[]): Json {
  const none = { prefix_list_ids: [], security_groups: [], ipv6_cidr_blocks: [], description: "", self: false };
  return { ...none, protocol: "tcp", from_port: 22, to_port: 22, cidr_blocks: ranges };
}
