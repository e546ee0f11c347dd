import { type AddonName, catalogue } from "../../../addons/catalogue";
import { chartsOf } from "../../../addons/contract/addon";
import type { Cluster, Tfvars } from "../../../fleet/model/cluster";
import { clusterOf, type Part } from "../../support/cluster";

/** A cluster with these addons and no other, its charts at versions of the tests' own. */
export function clusterWith(
  names: readonly AddonName[],
  addons: Part<Tfvars["addons"]> = {},
  rest: Partial<Cluster> = {},
): Cluster {
  const keys = Object.keys(catalogue) as AddonName[];
  const switches = Object.fromEntries(
    keys.map((name) => [name, { ...addons[name], enabled: names.includes(name) }]),
  ) as Part<Tfvars["addons"]>;
  const cluster = clusterOf(
    { cluster: { k8s_base_domain: "reference.eks.example.com" }, addons: { ...addons, ...switches } },
    { hosted_zone_id: "Z1", ...rest },
  );
  const charts = Object.fromEntries(
    keys
      .flatMap((key) => [key, ...chartsOf(catalogue[key]).slice(1)])
      .map((name) => [
        name,
        { repository: "https://charts.example.com", chart: `the-${name}-chart`, version: "1.2.3" },
      ]),
  );
  const eks_addons = {
    ...cluster.release.kubernetes.eks_addons,
    coredns: "v1.0.0-eksbuild.1",
    "aws-ebs-csi-driver": "v2.0.0-eksbuild.2",
  };
  return {
    ...cluster,
    release: { ...cluster.release, charts, kubernetes: { ...cluster.release.kubernetes, eks_addons } },
  };
}

/** Every addon there is. */
export const ALL = Object.keys(catalogue) as AddonName[];
