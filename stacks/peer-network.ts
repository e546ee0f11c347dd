import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DataTerraformRemoteStateS3, TerraformLocal, TerraformVariable } from "cdktf";
import type { PeerNetwork } from "../constructs/networking/connections/vpc-peering";
import type { PeerCluster } from "../fleet/model/cluster";
import { vpcRanges } from "../fleet/network/vpc-ranges";
import { ROUTED_TIERS, type RoutedTier } from "../language/words/subnet-tiers";
import { type ClusterStack, stateLocation } from "./cluster-stack";

/**
 * The network of a cluster that this one is peered with, read from that cluster's own state: its stack `networking` is deployed
 * first. Nothing there depends on this one.
 */
export function peerNetwork(stack: ClusterStack, peer: PeerCluster): PeerNetwork {
  const id = `peer_${peer.slug.replaceAll("-", "_")}`;
  new DataTerraformRemoteStateS3(stack, id, stateLocation(peer, "networking"));
  const outputs = `data.terraform_remote_state.${id}.outputs`;
  const zonesOf = (tier: RoutedTier) =>
    peer.subnets.filter((subnet) => subnet[tier] !== undefined).map(({ zone }) => zone);
  const byTier = <Value>(value: (tier: RoutedTier) => Value) =>
    Object.fromEntries(ROUTED_TIERS.map((tier) => [tier, value(tier)])) as Record<RoutedTier, Value>;
  return {
    network: {
      vpc_id: `\${${outputs}.vpc_id}`,
      subnet_ids: byTier((tier) =>
        Object.fromEntries(zonesOf(tier).map((zone) => [zone, `\${${outputs}.subnet_ids.${tier}["${zone}"]}`])),
      ),
      // As Routing makes them: a table for each zone's private subnet, one for each other tier.
      route_table_ids: byTier((tier) =>
        zonesOf(tier)
          .slice(0, tier === "private" ? undefined : 1)
          .map((_, place) => `\${${outputs}.route_table_ids.${tier}[${place}]}`),
      ),
    },
    accountId: peer.account.id,
    region: peer.tfvars.common.aws_region,
    ranges: vpcRanges(peer.tfvars.networking),
    ipv6Block: peer.tfvars.networking.ip_family === "ipv4" ? undefined : `\${${outputs}.vpc_ipv6_cidr_block}`,
    provider: providerThere(stack, peer, id),
  };
}

/** Terraform in the other account or region. Plans of pull requests set the variable to that account's read-only role. */
function providerThere(stack: ClusterStack, { account, tfvars }: PeerCluster, alias: string): AwsProvider | undefined {
  const { cluster, kind, owner } = stack;
  const region = tfvars.common.aws_region;
  if (account.id === cluster.account.id && region === owner.region) return undefined;
  return new AwsProvider(stack, `aws_${alias}`, {
    alias,
    region,
    allowedAccountIds: [account.id],
    assumeRole: [{ roleArn: account.id === cluster.account.id ? "${var.role_arn}" : roleThere(stack, account, alias) }],
    defaultTags: [{ tags: { ...owner.tags, Stack: kind } }],
  });
}

/** One variable an account, however many clusters of it there are; and whom a plan reads the cluster's state as. */
function roleThere(stack: ClusterStack, account: PeerCluster["account"], alias: string): string {
  const name = `role_arn_${account.id}`;
  new TerraformLocal(stack, `plan_role_of_${alias}`, account.roles.plan); // read by operations/deploy/state-role.ts
  if (stack.node.tryFindChild(name) === undefined) {
    new TerraformVariable(stack, name, {
      type: "string",
      description: `Role that Terraform assumes in account ${account.name}, for the other side of a peering connection. Plans of pull requests set TF_VAR_${name} to the read-only ${account.roles.plan}.`,
      default: account.roles.deploy,
    });
  }
  return `\${var.${name}}`;
}
