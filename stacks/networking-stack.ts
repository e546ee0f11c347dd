import type { Construct } from "constructs";
import { Connections } from "../constructs/networking/connections/connections";
import { DhcpOptions } from "../constructs/networking/dhcp-options";
import { ExistingNetwork } from "../constructs/networking/existing-network";
import { InterfaceEndpoints } from "../constructs/networking/interface-endpoints";
import { Network } from "../constructs/networking/network";
import type { NetworkRef } from "../constructs/networking/network-ref";
import { PublicAccessExclusions } from "../constructs/networking/public-access-exclusions";
import type { Cluster } from "../fleet/model/cluster";
import { makesConnections, makesEndpoints, usesExistingVpc } from "../fleet/network/existing-vpc";
import { vpcRanges } from "../fleet/network/vpc-ranges";
import { ClusterStack } from "./cluster-stack";
import { Handover } from "./handover";
import { peerNetwork } from "./peer-network";

/** The VPC, made or found, and what it is connected to. It changes rarely, and everything else lives in it. */
export class NetworkingStack extends ClusterStack {
  readonly outputs: Handover<NetworkRef>;

  constructor(scope: Construct, cluster: Cluster) {
    super(scope, "networking", cluster);
    const { networking } = cluster.tfvars;
    const { podRanges, ref: network } = this.network(cluster);
    this.outputs = new Handover(this, network);

    const ranges = vpcRanges(networking);
    if (!usesExistingVpc(networking)) {
      new DhcpOptions(this, "dhcp-options", { cluster, vpcId: network.vpc_id });
      new PublicAccessExclusions(this, "public-access-exclusions", { cluster, network });
    }
    if (makesEndpoints(networking)) new InterfaceEndpoints(this, "endpoints", { cluster, network, ranges, podRanges });
    if (makesConnections(networking)) {
      const peers = Object.fromEntries(cluster.peers.map((peer) => [peer.name, peerNetwork(this, peer)]));
      new Connections(this, "connections", { cluster, network, ranges, peers });
    }
  }

  private network(cluster: Cluster): Pick<ExistingNetwork, "ref" | "podRanges"> {
    if (usesExistingVpc(cluster.tfvars.networking)) return new ExistingNetwork(this, "network", cluster);
    return { ref: new Network(this, "network", cluster).ref, podRanges: {} };
  }
}
