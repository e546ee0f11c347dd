import { stringify, type TomlTable } from "smol-toml";
import { inKeyOrder } from "../../../language/plain-map";
import type { Definition } from "../../model/cluster";
import { mimeText } from "./mime";
import { nodeConfig } from "./nodeadm";
import { shellPart } from "./shell";

/** The keys of a pool that go into user data. */
interface Boot {
  readonly ami_family: Definition["tfvars"]["node_pools"][number]["ami_family"];
  readonly bottlerocket_settings: Readonly<Record<string, unknown>>;
  readonly node_config: Readonly<Record<string, unknown>>;
  readonly pre_bootstrap_script: string | null;
}

/** Returns the user data that a pool adds to Karpenter's own, which merges the two; undefined if it adds nothing. */
export function poolUserData(pool: Boot): string | undefined {
  const { ami_family, bottlerocket_settings, node_config, pre_bootstrap_script } = pool;
  switch (ami_family) {
    case "AL2023": {
      const parts = [
        ...(pre_bootstrap_script === null ? [] : [shellPart(pre_bootstrap_script)]),
        ...(Object.keys(node_config).length === 0 ? [] : [nodeConfig(inKeyOrder(node_config))]),
      ];
      return parts.length === 0 ? undefined : mimeText(parts);
    }
    case "Bottlerocket":
      return Object.keys(bottlerocket_settings).length === 0
        ? undefined
        : stringify({ settings: inKeyOrder(bottlerocket_settings) as TomlTable });
    default:
      return ami_family satisfies never;
  }
}
