import type { Cluster } from "../../fleet/model/cluster";

type Owner = Pick<Cluster, "account" | "partition" | "tfvars">;

/** Where IAM puts what names no path. */
const ROOT = "/";

/** What every role of a cluster has in common; nothing where the definition says nothing. */
export function roleSettings({ tfvars }: Owner): { readonly path?: string; readonly permissionsBoundary?: string } {
  const { path, permissions_boundary } = tfvars.common.iam;
  return {
    ...(path === ROOT ? {} : { path }),
    ...(permissions_boundary === null ? {} : { permissionsBoundary: permissions_boundary }),
  };
}

/** The ARN that a role of the cluster has: its path is part of it. */
export function roleArn({ account, partition, tfvars }: Owner, name: string): string {
  return `arn:${partition}:iam::${account.id}:role${tfvars.common.iam.path}${name}`;
}
