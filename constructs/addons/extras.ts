import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AddonContext } from "../../addons/contract/addon-context";
import { comesBefore, type Extra, type ExtraManifests } from "../../fleet/addons/extras";
import type { Cluster } from "../../fleet/model/cluster";
import { inOrder } from "../../language/in-order";
import { releaseSettings } from "../helm/release-settings";
import { valuesText } from "../values/values-text";
import { ExtraRelease } from "./extra-release";

export interface ExtrasProps {
  readonly cluster: Cluster;
  readonly context: AddonContext;
  /** Path of the chart that prints manifests. */
  readonly chart: string;
  /** Every addon: whatever an extra leans on is there, and goes only after it. */
  readonly after: readonly ITerraformDependable[];
}

/** What a definition installs besides addons. Construct ids are names of the definition. */
export class Extras extends Construct {
  constructor(scope: Construct, id: string, { after, chart, cluster, context }: ExtrasProps) {
    super(scope, id);
    const { extra_charts, extra_manifests } = cluster.tfvars;
    const ready = new Map<string, readonly ITerraformDependable[]>();
    const { ordered } = inOrder<Extra>([...extra_charts, ...extra_manifests], {
      name: ({ name }) => name,
      after: (extra) => comesBefore(extra, cluster.tfvars),
    });
    for (const extra of ordered) {
      const before = [...after, ...comesBefore(extra, cluster.tfvars).flatMap((name) => ready.get(name) ?? [])];
      const built =
        "manifests" in extra
          ? manifestsRelease(this, extra, chart, before)
          : new ExtraRelease(this, extra.name, { cluster, context, extra, after: before }).ready;
      ready.set(extra.name, [built]);
    }
  }
}

function manifestsRelease(
  scope: Construct,
  { manifests, name, namespace }: ExtraManifests,
  chart: string,
  after: readonly ITerraformDependable[],
): Release {
  return new Release(scope, name, {
    name,
    namespace,
    chart,
    values: [valuesText({}, { manifests })],
    ...releaseSettings(true),
    dependsOn: [...after],
  });
}
