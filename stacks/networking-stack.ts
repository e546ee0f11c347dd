import type { Construct } from "constructs";
import { Network } from "../constructs/networking/network";
import type { NetworkRef } from "../constructs/networking/network-ref";
import type { Cluster } from "../fleet/cluster";
import { ClusterStack } from "./cluster-stack";
import { Handover } from "./handover";

/** The VPC. It changes rarely, and everything else lives in it. */
export class NetworkingStack extends ClusterStack {
  readonly outputs: Handover<NetworkRef>;

  constructor(scope: Construct, cluster: Cluster) {
    super(scope, "networking", cluster);
    this.outputs = new Handover(this, new Network(this, "network", cluster).ref);
  }
}
