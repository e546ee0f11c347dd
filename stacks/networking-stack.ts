import type { Construct } from "constructs";
import { Connections } from "../constructs/networking/connections/connections";
import { DhcpOptions } from "../constructs/networking/dhcp-options";
import { ExistingNetwork } from "../constructs/networking/existing-network";
import { InterfaceEndpoints } from "../constructs/networking/interface-endpoints";
import { Network } from "../constructs/networking/network";
import type { NetworkRef } from "../constructs/networking/network-ref";
import { PublicAccessExclusions } from "../constructs/networking/public-access-exclusions";
import type { Cluster } from "../fleet/cluster";
import { usesExistingVpc } from "../fleet/existing-vpc";
import { vpcRanges } from "../fleet/vpc-options";
import { ClusterStack } from "./cluster-stack";
import { Handover } from "./handover";
import { peerNetwork } from "./peer-network";

/** The VPC, made or found, and what it is connected to. It changes rarely, and everything else lives in it. */
export class NetworkingStack extends ClusterStack {
  readonly outputs: Handover<NetworkRef>;

  constructor(scope: Construct, cluster: Cluster) {
    super(scope, "networking", cluster);
    if (usesExistingVpc(cluster.tfvars.networking)) {
      this.outputs = new Handover(this, new ExistingNetwork(this, "network", cluster).ref);
      return; // what else there is of the VPC belongs to whoever made it
    }
    const network = new Network(this, "network", cluster).ref;
    this.outputs = new Handover(this, network);

    const ranges = vpcRanges(cluster.tfvars.networking);
    new DhcpOptions(this, "dhcp-options", { cluster, vpcId: network.vpc_id });
    new PublicAccessExclusions(this, "public-access-exclusions", { cluster, network });
    new InterfaceEndpoints(this, "endpoints", { cluster, network, ranges });
    const peers = Object.fromEntries(cluster.peers.map((peer) => [peer.name, peerNetwork(this, peer)]));
    new Connections(this, "connections", { cluster, network, ranges, peers });
  }
}
