import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AddonContext } from "../../addons/contract/addon-context";
import { comesBefore, type Extra, type ExtraManifests, type Extras as ExtraSettings } from "../../fleet/addons/extras";
import type { Owner } from "../../fleet/plan/owner";
import { inOrder } from "../../language/in-order";
import { releaseSettings } from "../helm/release-settings";
import { valuesText } from "../values/values-text";
import { ExtraRelease } from "./extra-release";

export interface ExtrasProps {
  readonly owner: Owner;
  readonly extras: ExtraSettings;
  readonly context: AddonContext;
  /** Path of the chart that prints manifests. */
  readonly chart: string;
  /** Every addon: extras can rely on all of them, and are removed first. */
  readonly after: readonly ITerraformDependable[];
}

/** Charts and manifests that a definition installs besides addons. Construct ids are the names in the definition. */
export class Extras extends Construct {
  constructor(scope: Construct, id: string, { after, chart, context, extras, owner }: ExtrasProps) {
    super(scope, id);
    const { extra_charts, extra_manifests } = extras;
    const ready = new Map<string, readonly ITerraformDependable[]>();
    const { ordered } = inOrder<Extra>([...extra_charts, ...extra_manifests], {
      name: ({ name }) => name,
      after: (extra) => comesBefore(extra, extras),
    });
    for (const extra of ordered) {
      const before = [...after, ...comesBefore(extra, extras).flatMap((name) => ready.get(name) ?? [])];
      const built =
        "manifests" in extra
          ? manifestsRelease(this, extra, chart, before)
          : new ExtraRelease(this, extra.name, { owner, context, extra, after: before }).ready;
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
