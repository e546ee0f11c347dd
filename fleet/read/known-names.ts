import type { KnownNames } from "../schema/names-schema";
import type { Layers } from "./layers";

/** Returns the names that a directory of definitions offers to its files. */
export function knownNames({ files, regions }: Layers): KnownNames {
  return {
    accounts: files.names("accounts"),
    tiers: files.names("tiers"),
    releases: files.names("releases"),
    channels: [...(files.data("channels.yaml").root?.entries.keys() ?? [])],
    regions: Object.keys(regions),
  };
}
