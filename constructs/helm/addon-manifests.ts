import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Addon, Manifest } from "../../addons/contract/addon";
import { valuesText } from "../values/values-text";
import { releaseName, releaseSettings } from "./release-settings";

export interface AddonManifestsProps {
  readonly addon: Pick<Addon, "name" | "namespace">;
  readonly manifests: readonly Manifest[];
  /** Path of the chart that prints them. */
  readonly chart: string;
  readonly after: readonly ITerraformDependable[];
}

/**
 * An addon's own objects, as a release beside the addon's. Not by `kubernetes_manifest`, which reads each kind from the cluster
 * during the plan: the first plan of a custom resource would fail, because its addon is not there yet.
 */
export class AddonManifests extends Construct {
  constructor(scope: Construct, id: string, { addon, manifests, chart, after }: AddonManifestsProps) {
    super(scope, id);
    new Release(this, "Resource", {
      name: `${releaseName(addon.name)}-manifests`,
      namespace: addon.namespace,
      chart,
      values: [valuesText({ manifests }, {})],
      ...releaseSettings(true),
      dependsOn: [...after],
    });
  }
}
