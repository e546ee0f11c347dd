import type { KubernetesSupport, Tfvars } from "../model/cluster";

/** Returns the time at which AWS ends support of the Kubernetes version of a cluster; undefined if it is not known. */
export function supportEnds({ tfvars }: { readonly tfvars: Tfvars }, support: KubernetesSupport): number | undefined {
  const { kubernetes_version, upgrade_policy } = tfvars.cluster;
  const known = Object.hasOwn(support, kubernetes_version) ? support[kubernetes_version] : undefined;
  const day = upgrade_policy === "EXTENDED" ? known?.extended_until : known?.standard_until;
  return day === undefined ? undefined : Date.parse(`${day}T00:00:00Z`);
}
