import type { Fleet } from "../../fleet/load";
import type { Layers } from "../../fleet/read/layers";
import { contains } from "../../language/words/cidr";
import { clusterName } from "../../language/words/names";
import { plainValue } from "../../language/yaml/plain-tree";
import { descend, type MapTree } from "../../language/yaml/tree";
import { type NewClusterRequest, problemsOf, type RequestProblem, withDefaults } from "../new-cluster/request";

/** Name, owner and layers of the definition for an existing cluster. */
export interface Destination {
  /** CLUSTER_NAME. */
  readonly name: string;
  readonly owner: string;
  readonly account: { readonly name: string; readonly id: string };
  readonly partition: string;
  readonly tier: string;
  /** A channel or a release; undefined for the default of the layers. */
  readonly releaseModel: string | undefined;
  /** Names of access entries that the account's file or the tier's has, by their principals. */
  readonly entryNames: ReadonlyMap<string, string>;
}

type Request = Pick<NewClusterRequest, "account" | "name" | "owner" | "releaseModel" | "tier"> & {
  readonly region: string;
};

/** Returns the destination, with the defaults of the layers, or every problem of the request. */
export function destinationOf(
  request: Request,
  { fleet, layers }: { readonly fleet: Fleet; readonly layers: Layers },
): Destination | { readonly problems: readonly RequestProblem[] } {
  const surroundings = { fleet, layers, ranges: undefined };
  const problems = problemsOf(request, surroundings, clusterName);
  if (problems.length > 0) return { problems };
  const { account, owner, tier } = withDefaults(request, surroundings);
  const own = layers.account(account).own;
  return {
    name: request.name,
    owner,
    account: { name: account, id: own?.id ?? "" },
    partition: layers.regions[request.region]?.partition ?? "aws",
    tier,
    releaseModel: request.releaseModel,
    entryNames: entryNames([layers.account(account).root, layers.tier(tier).root]),
  };
}

function entryNames(roots: readonly (MapTree | undefined)[]): ReadonlyMap<string, string> {
  const entries = roots.flatMap((root) => {
    const list = root && descend(root, ["tfvars", "cluster", "access_entries"]);
    return list?.complete
      ? (plainValue(list.tree) as readonly { readonly name: string; readonly principal_arn: string }[])
      : [];
  });
  return new Map(entries.map(({ name, principal_arn }) => [principal_arn, name]));
}

/** Returns the settings that an account's file lacks for a cluster, in sentences. */
export function accountNeeds({ account }: Destination, layers: Layers, range: string | undefined): string[] {
  const own = layers.account(account.name).own;
  if (own === undefined) return ["it cannot be read: see its errors"];
  const pools = own.cidr_pools;
  const isOutside = range !== undefined && pools.length > 0 && !pools.some((pool) => contains(pool, range));
  return isOutside ? [`cidr_pools must contain ${range}, the range of the VPC; it has ${pools.join(", ")}`] : [];
}
