import { regionOf } from "../../language/words/arns";
import type { Path } from "../../language/yaml/tree";
import { type AddonFinding, reportKey } from "../contract/rule";

/** Reports the key of a volume that is in another region than the cluster, and so cannot encrypt it. */
export function keyOfRegion(path: Path, arn: string | null | undefined, region: string): AddonFinding[] {
  const other = regionOf(arn);
  const message = `is in ${other}, but the cluster is in ${region}. Use a key in ${region}`;
  return reportKey(other !== undefined && other !== region, path, message);
}
