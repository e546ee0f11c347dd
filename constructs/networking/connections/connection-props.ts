import type { Cluster } from "../../../fleet/model/cluster";
import type { NetworkRef } from "../network-ref";

/** What every connection is built from. */
export interface ConnectionProps {
  readonly cluster: Cluster;
  readonly network: NetworkRef;
}
