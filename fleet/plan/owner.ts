import { serviceDomain } from "../../aws/partitions";
import type { Cluster, Tfvars } from "../model/cluster";

/** The cluster that resources belong to: its names, its place in AWS, and what all of its resources share. */
export interface Owner {
  /** CLUSTER_NAME. */
  readonly name: string;
  /** Name of the EKS cluster, and the start of every name derived from it. */
  readonly slug: string;
  /** ARN of the EKS cluster. */
  readonly arn: string;
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  /** Domain of AWS's services and service principals in the partition, such as `amazonaws.com`. */
  readonly serviceDomain: string;
  /** Tags of every resource of the cluster. */
  readonly tags: Readonly<Record<string, string>>;
  /** Path and permissions boundary of every IAM role of the cluster. */
  readonly iam: Tfvars["common"]["iam"];
  /** Bucket that receives the access logs of the cluster's buckets; null for none. */
  readonly accessLogsBucket: string | null;
}

/** Returns the owner of a cluster's resources. */
export function ownerOf({ account, meta, name, partition, slug, tfvars }: Cluster): Owner {
  const { access_logs_bucket: accessLogsBucket, aws_region: region, iam, tags } = tfvars.common;
  return {
    name,
    slug,
    arn: `arn:${partition}:eks:${region}:${account.id}:cluster/${slug}`,
    partition,
    accountId: account.id,
    region,
    serviceDomain: serviceDomain(partition),
    // Ours come last, because a search after a teardown relies on `Cluster`.
    tags: { ...tags, Cluster: name, Tier: meta.TIER, Owner: meta.OWNER, ManagedBy: "terraform" },
    iam,
    accessLogsBucket,
  };
}
