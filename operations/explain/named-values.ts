import { architectureOf, instanceTypes } from "../../aws/instance-types";
import { NO_PLATFORM } from "../../fleet/schema/platform";
import type { Path } from "../../language/yaml/tree";
import type { OpenCluster } from "./open-cluster";

/** Returns the values that the meaning of a key suggests: names of other files, regions, zones, versions and instance types. */
export function namedValues(
  { cluster, file, layers, subject }: OpenCluster,
  path: Path,
  value: unknown,
): readonly unknown[] {
  const key = path.filter((step) => typeof step === "string").join(".");
  switch (key) {
    case "meta.ACCOUNT":
      return layers.files.names("accounts");
    case "meta.TIER":
      return layers.files.names("tiers");
    case "meta.RELEASE_MODEL":
      return layers.models() ?? [];
    case "tfvars.addons.platform":
      return [...layers.platforms(file.chosen.release).keys(), NO_PLATFORM];
    case "tfvars.cluster.kubernetes_version":
      return Object.keys(subject.release?.kubernetes ?? {});
    case "tfvars.common.aws_region":
      return regionsLike(String(value), subject.regions);
    case "tfvars.workers.instance_types":
    case "tfvars.worker_defaults.instance_types":
    case "tfvars.node_pools.instance_types":
      return Array.isArray(value) ? value.flatMap((type) => like(type).map((other) => [other])) : like(value);
    case "tfvars.workers.availability_zones":
    case "tfvars.worker_defaults.availability_zones":
      return cluster.zones.map((zone) => [zone]);
    default:
      return [];
  }
}

function regionsLike(region: string, regions: OpenCluster["subject"]["regions"]): readonly string[] {
  const partition = regions[region]?.partition;
  return Object.keys(regions).filter((name) => regions[name]?.partition === partition);
}

/** Returns instance types of the same architecture, first those of the same family. */
function like(type: unknown): readonly string[] {
  const name = String(type);
  const [family = ""] = name.split(".");
  const every = instanceTypes();
  if (!every.includes(name)) return [];
  const same = every.filter((other) => architectureOf(other) === architectureOf(name));
  return [...same.filter((other) => other.startsWith(`${family}.`)), ...same].slice(0, 6);
}
