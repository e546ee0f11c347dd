import { type Document, VERSIONS } from "./program";

const ASSUME = JSON.stringify({ Version: "2012-10-17", Statement: [] });
const TAGGED = { tags: { Name: "it" } };

/** One of everything that a cluster is made of, as small as the schemas allow, and wired as a real one is. */
export function everything(): Document {
  return {
    terraform: { required_providers: VERSIONS },
    provider: {
      aws: [{ region: "eu-central-1", default_tags: [{ tags: { team: "core" } }] }],
      kubernetes: [{ host: "${aws_eks_cluster.c.endpoint}" }],
      helm: [{ kubernetes: { host: "${aws_eks_cluster.c.endpoint}" } }],
    },
    resource: {
      aws_vpc: { v: { cidr_block: "10.0.0.0/16", assign_generated_ipv6_cidr_block: true, ...TAGGED } },
      aws_vpc_ipv4_cidr_block_association: { x: { vpc_id: "${aws_vpc.v.id}", cidr_block: "100.64.0.0/16" } },
      aws_subnet: {
        s: { vpc_id: "${aws_vpc_ipv4_cidr_block_association.x.vpc_id}", cidr_block: "10.0.0.0/20", ...TAGGED },
      },
      aws_internet_gateway: { i: { vpc_id: "${aws_vpc.v.id}" } },
      aws_egress_only_internet_gateway: { e: { vpc_id: "${aws_vpc.v.id}" } },
      aws_eip: { e: { domain: "vpc" } },
      aws_nat_gateway: { n: { allocation_id: "${aws_eip.e.allocation_id}", subnet_id: "${aws_subnet.s.id}" } },
      aws_route_table: { r: { vpc_id: "${aws_vpc.v.id}" } },
      aws_route: {
        nat: {
          route_table_id: "${aws_route_table.r.id}",
          destination_cidr_block: "0.0.0.0/0",
          nat_gateway_id: "${aws_nat_gateway.n.id}",
        },
      },
      aws_route_table_association: {
        a: { subnet_id: "${aws_subnet.s.id}", route_table_id: "${aws_route_table.r.id}" },
      },
      aws_vpc_endpoint: {
        s3: {
          vpc_id: "${aws_vpc.v.id}",
          service_name: "com.amazonaws.eu-central-1.s3",
          route_table_ids: ["${aws_route_table.r.id}"],
        },
        api: {
          vpc_id: "${aws_vpc.v.id}",
          service_name: "com.amazonaws.eu-central-1.eks",
          vpc_endpoint_type: "Interface",
          subnet_ids: ["${aws_subnet.s.id}"],
        },
      },
      aws_flow_log: {
        f: { vpc_id: "${aws_vpc.v.id}", traffic_type: "ALL", log_destination: "${aws_cloudwatch_log_group.l.arn}" },
      },
      aws_default_security_group: { d: { vpc_id: "${aws_vpc.v.id}" } },
      aws_security_group: {
        g: { name_prefix: "g-", vpc_id: "${aws_vpc.v.id}", lifecycle: { create_before_destroy: true } },
      },
      aws_vpc_security_group_ingress_rule: {
        i: { security_group_id: "${aws_security_group.g.id}", ip_protocol: "-1", cidr_ipv4: "10.0.0.0/16" },
      },
      aws_vpc_security_group_egress_rule: {
        e: { security_group_id: "${aws_security_group.g.id}", ip_protocol: "-1", cidr_ipv4: "0.0.0.0/0" },
      },
      aws_security_group_rule: {
        r: {
          type: "ingress",
          from_port: 1,
          to_port: 2,
          protocol: "tcp",
          self: true,
          security_group_id: "${aws_security_group.g.id}",
        },
      },
      aws_cloudwatch_log_group: {
        l: { name: "/aws/eks/c/cluster", retention_in_days: 30, kms_key_id: "${aws_kms_key.k.arn}" },
      },
      aws_kms_key: { k: { description: "secrets", enable_key_rotation: true } },
      aws_kms_alias: { a: { name: "alias/c", target_key_id: "${aws_kms_key.k.key_id}" } },
      aws_iam_role: { r: { name: "c", assume_role_policy: ASSUME } },
      aws_iam_policy: { p: { name: "p", policy: ASSUME } },
      aws_iam_role_policy: { i: { name: "inline", role: "${aws_iam_role.r.name}", policy: ASSUME } },
      aws_iam_role_policy_attachment: { a: { role: "${aws_iam_role.r.name}", policy_arn: "${aws_iam_policy.p.arn}" } },
      aws_iam_instance_profile: { p: { role: "${aws_iam_role.r.name}" } },
      aws_iam_openid_connect_provider: {
        o: { url: "${aws_eks_cluster.c.identity[0].oidc[0].issuer}", client_id_list: ["sts.amazonaws.com"] },
      },
      aws_eks_cluster: {
        c: {
          name: "c",
          role_arn: "${aws_iam_role.r.arn}",
          version: "1.33",
          bootstrap_self_managed_addons: false,
          access_config: [{ authentication_mode: "API" }],
          encryption_config: [{ provider: [{ key_arn: "${aws_kms_key.k.arn}" }], resources: ["secrets"] }],
          kubernetes_network_config: [{ ip_family: "ipv4" }],
          vpc_config: [{ subnet_ids: ["${aws_subnet.s.id}"], security_group_ids: ["${aws_security_group.g.id}"] }],
        },
      },
      aws_eks_addon: {
        a: { cluster_name: "${aws_eks_cluster.c.name}", addon_name: "vpc-cni", configuration_values: "{}" },
      },
      aws_eks_access_entry: {
        e: { cluster_name: "${aws_eks_cluster.c.name}", principal_arn: "${aws_iam_role.r.arn}" },
      },
      aws_eks_access_policy_association: {
        a: {
          cluster_name: "${aws_eks_cluster.c.name}",
          principal_arn: "${aws_eks_access_entry.e.principal_arn}",
          policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
          access_scope: [{ type: "cluster" }],
        },
      },
      aws_eks_pod_identity_association: {
        p: {
          cluster_name: "${aws_eks_cluster.c.name}",
          namespace: "x",
          service_account: "y",
          role_arn: "${aws_iam_role.r.arn}",
        },
      },
      aws_eks_node_group: {
        n: {
          cluster_name: "${aws_eks_cluster.c.name}",
          node_group_name_prefix: "n-",
          node_role_arn: "${aws_iam_role.r.arn}",
          subnet_ids: ["${aws_subnet.s.id}"],
          scaling_config: [{ min_size: 0, desired_size: 1, max_size: 2 }],
          taint: [{ key: "a", effect: "NO_SCHEDULE" }],
          launch_template: [{ id: "${aws_launch_template.t.id}", version: "${aws_launch_template.t.latest_version}" }],
          lifecycle: { create_before_destroy: true, ignore_changes: ["scaling_config[0].desired_size"] },
        },
      },
      aws_eks_fargate_profile: {
        f: {
          cluster_name: "${aws_eks_cluster.c.name}",
          fargate_profile_name: "f",
          pod_execution_role_arn: "${aws_iam_role.r.arn}",
          selector: [{ namespace: "f" }],
        },
      },
      aws_launch_template: {
        t: {
          name_prefix: "t-",
          block_device_mappings: [{ device_name: "/dev/xvda", ebs: [{ volume_size: 50, encrypted: true }] }],
          metadata_options: [{ http_tokens: "required" }],
          tag_specifications: [{ resource_type: "instance", tags: { Name: "n" } }],
        },
      },
      aws_autoscaling_group: {
        g: {
          min_size: 0,
          max_size: 1,
          vpc_zone_identifier: ["${aws_subnet.s.id}"],
          launch_template: [{ id: "${aws_launch_template.t.id}" }],
          tag: [{ key: "a", value: "b", propagate_at_launch: true }],
        },
      },
      aws_autoscaling_group_tag: {
        t: {
          autoscaling_group_name: "${aws_eks_node_group.n.resources[0].autoscaling_groups[0].name}",
          tag: [{ key: "k", value: "v", propagate_at_launch: true }],
        },
      },
      aws_autoscaling_schedule: {
        s: { autoscaling_group_name: "${aws_autoscaling_group.g.name}", scheduled_action_name: "night", min_size: 0 },
      },
      aws_autoscaling_lifecycle_hook: {
        h: {
          autoscaling_group_name: "${aws_autoscaling_group.g.name}",
          name: "drain",
          lifecycle_transition: "autoscaling:EC2_INSTANCE_TERMINATING",
        },
      },
      aws_sqs_queue: { q: { name: "q", sqs_managed_sse_enabled: true } },
      aws_sqs_queue_policy: { p: { queue_url: "${aws_sqs_queue.q.url}", policy: ASSUME } },
      aws_cloudwatch_event_rule: { r: { name: "r", event_pattern: "{}" } },
      aws_cloudwatch_event_target: {
        t: { rule: "${aws_cloudwatch_event_rule.r.name}", arn: "${aws_sqs_queue.q.arn}" },
      },
      aws_s3_bucket: { b: { bucket_prefix: "b-" } },
      aws_s3_bucket_public_access_block: { b: { bucket: "${aws_s3_bucket.b.id}", block_public_acls: true } },
      aws_s3_bucket_versioning: {
        b: { bucket: "${aws_s3_bucket.b.id}", versioning_configuration: [{ status: "Enabled" }] },
      },
      aws_s3_bucket_lifecycle_configuration: {
        b: {
          bucket: "${aws_s3_bucket.b.id}",
          rule: [{ id: "old", status: "Enabled", filter: [{ prefix: "" }], expiration: [{ days: 30 }] }],
        },
      },
      aws_route53_zone: { z: { name: "example.org", vpc: [{ vpc_id: "${aws_vpc.v.id}" }] } },
      helm_release: {
        h: {
          name: "h",
          namespace: "${kubernetes_namespace_v1.n.metadata[0].name}",
          chart: "h",
          set_sensitive: [{ name: "a", value: "b" }],
        },
      },
      kubernetes_namespace_v1: { n: { metadata: [{ name: "n", labels: { a: "b" } }] } },
      kubernetes_storage_class_v1: {
        s: { metadata: [{ name: "s" }], storage_provisioner: "ebs.csi.aws.com", parameters: { type: "gp3" } },
      },
      kubernetes_secret_v1: { s: { metadata: [{ name: "s", namespace: "n" }], data: { a: "b" } } },
      kubernetes_manifest: {
        a: { manifest: { kind: "A" } },
        b: { manifest: { kind: "B", spec: { list: [1, { x: null }] } } },
      },
    },
    output: { unchanged: { value: "${aws_eks_cluster.c.endpoint}" } },
  };
}
