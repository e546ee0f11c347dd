import type { ClusterRef } from "../../constructs/cluster/cluster-ref";
import type { NetworkRef } from "../../constructs/networking/network-ref";
import type { Account, Cluster, Release, Tfvars, Worker } from "../../fleet/model/cluster";
import { layOutSubnets } from "../../fleet/network/subnets";
import { definition } from "../../fleet/schema/definition";
import { slugOf } from "../../language/words/names";
import { shipped } from "./shipped";

/** Any part of a value. A list is given whole. */
export type Part<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: Part<T[K]> }
    : T;

type Plain = Record<string, unknown>;

export const account: Account = {
  name: "reference",
  id: "111111111111",
  state: {
    bucket: "example-terraform-state",
    region: "eu-central-1",
    role_arn: "arn:aws:iam::111111111111:role/terraform-state",
  },
  roles: {
    deploy: "arn:aws:iam::111111111111:role/cluster-deploy",
    plan: "arn:aws:iam::111111111111:role/cluster-plan",
  },
  cidr_pools: [],
  reserved_cidrs: [],
  hosted_zones: {},
};

export const CLUSTER_NAME = "reference.eks.example.com";
const ZONES = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];

/**
 * A cluster of the definitions' own defaults with the given tfvars over them: what a construct gets when every layer is merged.
 * Versions that expectations name are the tests' own, so that a new release changes none; the rest is a release's.
 */
export function clusterOf(tfvars: Part<Tfvars> = {}, rest: Partial<Cluster> = {}): Cluster {
  const name = rest.name ?? CLUSTER_NAME;
  const defaults = shipped("defaults.yaml") as { readonly meta: Plain; readonly tfvars: Plain };
  const release = shipped("releases/2026.10.yaml") as Release;
  const merged = definition.parse({
    meta: { ...defaults.meta, CLUSTER_NAME: name, ACCOUNT: account.name, OWNER: "team-reference", ...rest.meta },
    tfvars: over(
      over(defaults.tfvars, {
        common: { aws_region: "eu-west-1" },
        cluster: { kubernetes_version: "1.35" },
      }),
      tfvars as Plain,
    ),
  });
  const named = merged.tfvars.networking.availability_zones;
  const zones = typeof named === "number" ? ZONES.slice(0, named) : named;
  return {
    name,
    slug: slugOf(name),
    meta: merged.meta,
    tfvars: merged.tfvars,
    account,
    release: {
      name: "2026.10",
      kubernetes: {
        ami_release_version: "1.35.6-20260714",
        bottlerocket_version: "1.62.1-ea1afdd6",
        windows_ami_release_version: "1.35-2026.04.18",
        eks_addons: {
          ...release.kubernetes["1.35"]?.eks_addons,
          coredns: "v1.14.3-eksbuild.11",
          "eks-pod-identity-agent": "v1.3.10-eksbuild.2",
          "kube-proxy": "v1.35.6-eksbuild.1",
          "vpc-cni": "v1.23.0-eksbuild.1",
        },
      },
      charts: release.charts,
    },
    partition: "aws",
    zones,
    subnets: layOutSubnets(merged.tfvars.networking, zones),
    service_level: {
      replicas: 1,
      metrics_retention_days: 7,
      metrics_volume_gib: 20,
      logs_retention_days: 7,
      traces_retention_days: 3,
      backup_schedule: null,
      backup_retention_days: 7,
      alert_severity: "info",
    },
    hosted_zone_id: null,
    peers: [],
    ...rest,
  };
}

/** A worker group of the defaults with the given settings over them. */
export function workerOf(settings: Part<Worker> & { readonly name: string }): Worker {
  const { tfvars } = shipped("defaults.yaml") as { tfvars: { worker_defaults: Worker } };
  return over({ ...tfvars.worker_defaults }, settings as unknown as Plain) as unknown as Worker;
}

function over(under: Plain, top: Plain): Plain {
  const merged = { ...under };
  for (const [key, value] of Object.entries(top)) {
    const below = merged[key];
    merged[key] = isMap(below) && isMap(value) ? over(below, value) : value;
  }
  return merged;
}

function isMap(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A network as one that exists already would be named. */
export const network: NetworkRef = {
  vpc_id: "vpc-1",
  vpc_cidr_block: "10.0.0.0/16",
  zones: ZONES,
  subnet_ids: {
    public: { "eu-west-1a": "subnet-public-a", "eu-west-1b": "subnet-public-b", "eu-west-1c": "subnet-public-c" },
    private: { "eu-west-1a": "subnet-private-a", "eu-west-1b": "subnet-private-b", "eu-west-1c": "subnet-private-c" },
    intra: { "eu-west-1a": "subnet-intra-a", "eu-west-1b": "subnet-intra-b", "eu-west-1c": "subnet-intra-c" },
  },
  route_table_ids: { public: ["rtb-public"], private: ["rtb-a", "rtb-b", "rtb-c"], intra: ["rtb-intra"] },
};

/** A control plane as another stack reads it back. */
export const eks: ClusterRef = {
  name: slugOf(CLUSTER_NAME),
  arn: "arn:aws:eks:eu-west-1:111111111111:cluster/reference-eks-example-com",
  endpoint: "${data.terraform_remote_state.eks_cluster.outputs.endpoint}",
  certificate_authority_data: "${data.terraform_remote_state.eks_cluster.outputs.certificate_authority_data}",
  kubernetes_version: "1.35",
  oidc_issuer: "https://oidc.example.com/id/1",
  oidc_provider_arn: "arn:aws:iam::111111111111:oidc-provider/oidc.example.com/id/1",
  cluster_security_group_id: "sg-of-eks",
  node_security_group_id: "sg-node",
  service_ipv4_cidr: "172.20.0.0/16",
};
