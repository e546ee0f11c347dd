import type { Construct } from "constructs";
import { Connections } from "../constructs/networking/connections/connections";
import { DhcpOptions } from "../constructs/networking/dhcp-options";
import { ExistingNetwork } from "../constructs/networking/existing-network";
import { InterfaceEndpoints } from "../constructs/networking/interface-endpoints";
import { Network } from "../constructs/networking/network";
import type { NetworkRef } from "../constructs/networking/network-ref";
import { PublicAccessExclusions } from "../constructs/networking/public-access-exclusions";
import type { Cluster } from "../fleet/model/cluster";
import type { ClusterPlan } from "../fleet/plan/cluster-plan";
import { ClusterStack } from "./cluster-stack";
import { Handover } from "./handover";
import { peerNetwork } from "./peer-network";

/** The VPC, new or existing, and its connections. It changes rarely, and everything else is in it. */
export class NetworkingStack extends ClusterStack {
  readonly outputs: Handover<NetworkRef>;

  constructor(scope: Construct, cluster: Cluster, plan: Pick<ClusterPlan, "owner" | "network">) {
    super(scope, "networking", cluster, plan.owner);
    const { networking: settings, cluster: controlPlane } = cluster.tfvars;
    const deletionProtection = controlPlane.deletion_protection;
    const { owner } = plan;
    const { podRanges, ref: network } = plan.network.vpcExists
      ? new ExistingNetwork(this, "network", { owner, plan: plan.network, settings })
      : {
          podRanges: {},
          ref: new Network(this, "network", {
            owner,
            plan: plan.network,
            settings,
            deletionProtection,
            reservesPrefixes: controlPlane.vpc_cni.reserve_prefixes,
            keyDeletionDays: controlPlane.kms.deletion_window_days,
          }).ref,
        };
    this.outputs = new Handover(this, network);

    if (!plan.network.vpcExists) {
      if (plan.network.setsDhcpOptions) {
        new DhcpOptions(this, "dhcp-options", { owner, vpcId: network.vpc_id, options: settings.dhcp_options });
      }
      new PublicAccessExclusions(this, "public-access-exclusions", {
        slug: owner.slug,
        network,
        exclusions: settings.public_access_block_exclusions,
      });
    }
    new InterfaceEndpoints(this, "endpoints", { owner, plan: plan.network, network, podRanges });
    if (plan.network.addsConnections) {
      const peers = Object.fromEntries(cluster.peers.map((peer) => [peer.name, peerNetwork(this, peer)]));
      const { ranges } = plan.network;
      new Connections(this, "connections", { owner, settings, deletionProtection, network, ranges, peers });
    }
  }
}
