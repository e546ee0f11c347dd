import type { Account, Cluster } from "../../fleet/model/cluster";
import { makesConnections } from "../../fleet/network/existing-vpc";
import { vpcRanges } from "../../fleet/network/vpc-ranges";
import { SUBNET_TIERS } from "../../language/words/subnet-tiers";
import { freeIn, poolsOf, serviceRanges } from "./account-space";
import { type Block, blockOf, blockText, holds, inOrder, sizeOf, touches } from "./blocks";
import type { AddressSearch, Place } from "./report";

/** Lists of connections that name the ranges behind them. */
const ROUTED = ["vpc_peering_connections", "transit_gateway_attachments", "vpn_connections"] as const;

/** A route to this range covers any address, so it is not specific to one. */
const ANYWHERE = 0;

/** Returns everything that definitions contain about an address or a range of either family. */
export function findAddress(
  searched: Block,
  accounts: readonly Account[],
  clusters: readonly Cluster[],
): AddressSearch {
  const places = [...accounts.flatMap(placesOfAccount), ...clusters.flatMap(placesOfCluster)]
    .map((place) => ({ place, block: blockOf(place.range) }))
    .filter(({ block }) => block.prefix !== ANYWHERE && touches(block, searched))
    // Stable, so that a pool stays before the VPC that fills it.
    .sort((a, b) => a.block.prefix - b.block.prefix || inOrder(a.block, b.block))
    .map(({ place }) => place);
  const vpcs = places.filter(({ what }) => what === "vpc");
  return {
    version: 1,
    kind: "address",
    address: sizeOf(searched) === 1n ? (blockText(searched).split("/")[0] ?? "") : blockText(searched),
    clusters: [...new Set(vpcs.flatMap(({ cluster }) => cluster ?? []))],
    places,
    free: accounts.flatMap((account) =>
      poolsOf(account)
        .filter((pool) => touches(pool, searched))
        .flatMap((pool) =>
          freeIn(account, clusters)
            .filter((block) => holds(pool, block) && touches(block, searched))
            .map((block) => ({ account: account.name, pool: blockText(pool), range: blockText(block) })),
        ),
    ),
  };
}

const NOWHERE = { cluster: null, tier: null, zone: null, by: "" } as const;

function placesOfAccount(account: Account): Place[] {
  return [
    ...poolsOf(account).map(
      (pool): Place => ({ ...NOWHERE, what: "pool", range: blockText(pool), account: account.name }),
    ),
    ...account.reserved_cidrs.map(
      ({ cidr, reason }): Place => ({
        ...NOWHERE,
        what: "reserved",
        range: cidr,
        account: account.name,
        by: reason,
      }),
    ),
  ];
}

function placesOfCluster(cluster: Cluster): Place[] {
  const { account, name, subnets, tfvars } = cluster;
  const own = { ...NOWHERE, account: account.name, cluster: name };
  const { networking } = tfvars;
  const { node_cidrs, pod_cidrs } = tfvars.cluster.remote_networks;
  return [
    ...vpcRanges(networking).map((range): Place => ({ ...own, what: "vpc", range })),
    ...subnets.flatMap((zone) =>
      SUBNET_TIERS.flatMap((tier): Place[] => {
        const range = zone[tier];
        return range === undefined ? [] : [{ ...own, what: "subnet", range, tier, zone: zone.zone }];
      }),
    ),
    ...serviceRanges(cluster).map((range): Place => ({ ...own, what: "services", range })),
    ...(makesConnections(networking) ? ROUTED : []).flatMap((list) =>
      networking[list].flatMap((connection) => {
        const six = "destination_ipv6_cidrs" in connection ? (connection.destination_ipv6_cidrs ?? []) : [];
        return [...(connection.destination_cidrs ?? []), ...six].map(
          (range): Place => ({ ...own, what: "connection", range, by: `${list}[${connection.name}]` }),
        );
      }),
    ),
    ...[...node_cidrs, ...pod_cidrs].map((range): Place => ({ ...own, what: "remote", range, by: "remote_networks" })),
  ];
}
