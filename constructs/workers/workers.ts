import { Construct } from "constructs";
import type { Cluster } from "../../fleet/cluster";
import type { ClusterRef } from "../cluster/cluster-ref";
import type { NetworkRef } from "../networking/network-ref";
import type { WorkersRef } from "./workers-ref";

export interface WorkersProps {
  readonly cluster: Cluster;
  readonly network: NetworkRef;
  readonly eks: ClusterRef;
}

export class Workers extends Construct {
  readonly ref: WorkersRef = { auto_scaling_group_names: {}, node_role_arns: {} };
  constructor(scope: Construct, id: string, _props: WorkersProps) {
    super(scope, id);
  }
}
