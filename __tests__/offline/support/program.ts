import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A configuration in Terraform's JSON syntax. */
// biome-ignore lint/suspicious/noExplicitAny: tests change any part of a document, as a mistake would
export type Document = Record<string, any>;

export const VERSIONS = {
  aws: { source: "hashicorp/aws", version: "6.25.0" },
  kubernetes: { source: "hashicorp/kubernetes", version: "2.38.0" },
  helm: { source: "hashicorp/helm", version: "3.1.1" },
};

/** A network, and what it hands on; fresh on every call, so that a test may break it. */
export function network(): Document {
  return {
    terraform: {
      required_providers: { aws: VERSIONS.aws },
      backend: { s3: { bucket: "states", key: "network/terraform.tfstate", region: "eu-west-1" } },
    },
    provider: {
      aws: [{ region: "eu-west-1", allowed_account_ids: ["111122223333"], default_tags: [{ tags: { team: "core" } }] }],
    },
    data: { aws_availability_zones: { all: { state: "available" } } },
    resource: {
      aws_vpc: { main: { cidr_block: "10.0.0.0/16", tags: { Name: "main" } } },
      aws_subnet: {
        a: {
          vpc_id: "${aws_vpc.main.id}",
          cidr_block: "${cidrsubnet(aws_vpc.main.cidr_block, 4, 0)}",
          availability_zone: "${data.aws_availability_zones.all.names[0]}",
          map_public_ip_on_launch: false,
        },
        b: {
          vpc_id: "${aws_vpc.main.id}",
          cidr_block: "${cidrsubnet(aws_vpc.main.cidr_block, 4, 1)}",
          availability_zone: "${data.aws_availability_zones.all.names[1]}",
        },
      },
      aws_eip: { one: { domain: "vpc" }, two: { domain: "vpc" } },
      aws_security_group: {
        nodes: {
          name: "nodes",
          vpc_id: "${aws_vpc.main.id}",
          ingress: [
            {
              description: "dns",
              from_port: 53,
              to_port: 53,
              protocol: "udp",
              cidr_blocks: ["${aws_vpc.main.cidr_block}"],
              ipv6_cidr_blocks: [],
              prefix_list_ids: [],
              security_groups: [],
              self: false,
            },
          ],
        },
      },
    },
    output: {
      subnet_ids: { value: ["${aws_subnet.a.id}", "${aws_subnet.b.id}"] },
      vpc_id: { value: "${aws_vpc.main.id}" },
    },
  };
}

/** A cluster in that network, with what runs in it. */
export function cluster(): Document {
  return {
    terraform: {
      required_providers: VERSIONS,
      backend: { s3: { bucket: "states", key: "cluster/terraform.tfstate", region: "eu-west-1" } },
    },
    provider: {
      aws: [{ region: "eu-west-1", allowed_account_ids: ["111122223333"], default_tags: [{ tags: { team: "core" } }] }],
      kubernetes: [
        {
          host: "${aws_eks_cluster.main.endpoint}",
          cluster_ca_certificate: "${base64decode(aws_eks_cluster.main.certificate_authority[0].data)}",
        },
      ],
      helm: [{ kubernetes: { host: "${aws_eks_cluster.main.endpoint}" } }],
    },
    data: {
      terraform_remote_state: {
        network: { backend: "s3", config: { bucket: "states", key: "network/terraform.tfstate", region: "eu-west-1" } },
      },
      aws_iam_policy_document: {
        assume: {
          statement: [
            { actions: ["sts:AssumeRole"], principals: [{ type: "Service", identifiers: ["eks.amazonaws.com"] }] },
          ],
        },
      },
    },
    resource: {
      aws_iam_role: {
        cluster: { name: "demo", path: "/eks/", assume_role_policy: "${data.aws_iam_policy_document.assume.json}" },
      },
      aws_eks_cluster: {
        main: {
          name: "demo",
          role_arn: "${aws_iam_role.cluster.arn}",
          vpc_config: [{ subnet_ids: "${data.terraform_remote_state.network.outputs.subnet_ids}" }],
          timeouts: { create: "30m" },
        },
      },
      aws_launch_template: {
        workers: {
          name_prefix: "workers-",
          instance_type: "m7g.large",
          metadata_options: [{ http_tokens: "required" }],
        },
      },
      aws_eks_node_group: {
        workers: {
          cluster_name: "${aws_eks_cluster.main.name}",
          node_group_name_prefix: "workers-",
          node_role_arn: "${aws_iam_role.cluster.arn}",
          subnet_ids: "${data.terraform_remote_state.network.outputs.subnet_ids}",
          scaling_config: [{ min_size: 1, desired_size: 2, max_size: 4 }],
          launch_template: [
            { id: "${aws_launch_template.workers.id}", version: "${aws_launch_template.workers.latest_version}" },
          ],
        },
      },
      kubernetes_namespace_v1: { apps: { metadata: [{ name: "apps" }] } },
      helm_release: {
        app: {
          name: "app",
          namespace: "${kubernetes_namespace_v1.apps.metadata[0].name}",
          chart: "podinfo",
          repository: "https://stefanprodan.github.io/podinfo",
          version: "6.9.0",
          set: [{ name: "ui.color", value: "#34577c" }],
          values: ["${yamlencode({ cluster = aws_eks_cluster.main.name })}"],
        },
      },
    },
    output: {
      issuer: { value: "${aws_eks_cluster.main.identity[0].oidc[0].issuer}" },
      role_arn: { value: "${aws_iam_role.cluster.arn}" },
      endpoint: { value: "${aws_eks_cluster.main.endpoint}" },
    },
  };
}

/** A directory for one test file, with a short path since sockets may lie in it. */
export function scratchDirectory(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "tfo-test-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Writes a stack as cdktf does and returns its directory. */
export function writeStack(directory: string, document: Document): string {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(document, null, 2));
  return directory;
}
