import { join } from "node:path";
import type { Fleet } from "../../fleet/load";
import { usesExistingVpc } from "../../fleet/network/existing-vpc";
import { rangesOf } from "../../fleet/network/zones";
import { nameOfFile } from "../../fleet/read/files";
import type { Layers } from "../../fleet/read/layers";
import { didYouMean, listed } from "../../language/suggest";
import { firstFree } from "../../language/words/cidr";
import { domainName, itemName } from "../../language/words/names";
import { plainValue } from "../../language/yaml/plain-tree";
import { clusterFile, type NewCluster } from "./cluster-file";
import { PRESET_NAMES, type PresetName } from "./presets";
import { type Reservation, reserveRanges } from "./reserve-range";

/** What somebody asks for. What is left out comes from the defaults, or is a problem. */
export interface NewClusterRequest {
  readonly name: string;
  readonly owner?: string | undefined;
  readonly account?: string | undefined;
  readonly tier?: string | undefined;
  readonly releaseModel?: string | undefined;
  readonly region?: string | undefined;
  /** A number of zones, or their names. */
  readonly zones?: number | readonly string[] | undefined;
  /** Length of the range's prefix: 16 is 65,536 addresses. */
  readonly prefix?: number | undefined;
  readonly preset?: string | undefined;
}

/** What is wrong with a request, by the flag that says it. */
export interface RequestProblem {
  readonly flag: keyof NewClusterRequest;
  readonly message: string;
}

/** Files to write, with their whole text, and what they define. */
export interface NewClusterFiles {
  readonly cluster: NewCluster;
  readonly files: ReadonlyMap<string, string>;
}

/** The definitions that a new cluster joins. */
export interface Surroundings {
  readonly layers: Layers;
  readonly fleet: Fleet;
  /** Text of ranges.yaml; undefined if it does not exist. */
  readonly ranges: string | undefined;
}

const DEFAULT_PREFIX = 16;

/** Used where an account has no cidr_pools: the largest private range. */
const ANY_POOL = ["10.0.0.0/8"];

/**
 * Chooses the next free range of the account, and returns the cluster's file and the file of ranges with its line. Returns every problem of
 * the request instead if there is one.
 */
export function newCluster(
  request: NewClusterRequest,
  surroundings: Surroundings,
): NewClusterFiles | { readonly problems: readonly RequestProblem[] } {
  const { layers, fleet, ranges } = surroundings;
  const { directory } = layers.files;
  const defaults = (plainValue(layers.defaults) as { meta?: Readonly<Record<string, string>> }).meta ?? {};
  const owner = request.owner ?? defaults["OWNER"] ?? "";
  const account = request.account ?? defaults["ACCOUNT"] ?? "";
  const tier = request.tier ?? defaults["TIER"] ?? "";
  const preset = request.preset ?? "small";
  const problems: RequestProblem[] = [];
  const check = (flag: keyof NewClusterRequest, message: string | undefined): void => {
    if (message !== undefined) problems.push({ flag, message });
  };
  const names = layers.files.clusterFiles().map(nameOfFile);
  check("name", refused(domainName, request.name) ?? taken(request.name, names));
  check("owner", refused(itemName(63), owner));
  check("account", unknown("account", account, layers.files.names("accounts")));
  check("tier", unknown("tier", tier, layers.files.names("tiers")));
  check("preset", unknown("preset", preset, PRESET_NAMES));
  const models = layers.models() ?? [];
  if (request.releaseModel !== undefined)
    check("releaseModel", unknown("channel or release", request.releaseModel, models));
  const region = request.region ?? onlyRegion(fleet, account);
  check(
    "region",
    region === undefined
      ? `is required, because the clusters of ${account} do not share one region. Name one, such as eu-west-1`
      : unknown("region", region, Object.keys(layers.regions)),
  );
  const prefix = request.prefix ?? DEFAULT_PREFIX;
  if (!Number.isInteger(prefix) || prefix < 16 || prefix > 24)
    check("prefix", `must be a whole number from 16 to 24, got ${prefix}. AWS allows no VPC larger than a /16`);
  if (problems.length > 0) return { problems };

  const own = layers.account(account).own;
  const used = usedRanges(fleet, layers, account);
  const range = firstFree(own?.cidr_pools.length ? own.cidr_pools : ANY_POOL, prefix, used);
  if (range === undefined) {
    const pools = (own?.cidr_pools ?? []).join(", ");
    return {
      problems: [{ flag: "prefix", message: `${account} has no free /${prefix} in its cidr_pools (${pools})` }],
    };
  }
  const { name, releaseModel, zones } = request;
  const cluster: NewCluster = {
    name,
    owner,
    account,
    tier,
    releaseModel,
    region: region ?? "",
    zones,
    range,
    preset: preset as PresetName,
  };
  const reservations = [...(ranges === undefined ? existingRanges(fleet) : []), { account, range, cluster: name }];
  return {
    cluster,
    files: new Map([
      [join(directory, "clusters", owner, `${name}.yaml`), clusterFile(cluster)],
      [join(directory, "ranges.yaml"), reserveRanges(ranges, reservations)],
    ]),
  };
}

function refused(schema: typeof domainName, value: string): string | undefined {
  const parsed = schema.safeParse(value);
  return parsed.success
    ? undefined
    : `${parsed.error.issues[0]?.message ?? "is refused"}, got ${JSON.stringify(value)}`;
}

function taken(name: string, names: readonly string[]): string | undefined {
  return names.includes(name) ? `${name} exists already. Choose another name, or edit its file` : undefined;
}

function unknown(kind: string, value: string, known: readonly string[]): string | undefined {
  if (known.includes(value)) return undefined;
  return `unknown ${kind} ${JSON.stringify(value)}${didYouMean(value, known) || `. Known: ${listed(known)}`}`;
}

function onlyRegion({ clusters }: Fleet, account: string): string | undefined {
  const regions = new Set(
    clusters.filter((cluster) => cluster.account.name === account).map(({ tfvars }) => tfvars.common.aws_region),
  );
  return regions.size === 1 ? [...regions][0] : undefined;
}

/** Everything that a new VPC of an account must not overlap. */
function usedRanges({ clusters }: Fleet, layers: Layers, account: string): string[] {
  const own = clusters.filter((cluster) => cluster.account.name === account);
  const defaults = plainValue(layers.defaults) as { tfvars: { cluster: { service_ipv4_cidr: string } } };
  return [
    ...own.flatMap(({ tfvars }) => rangesOf(tfvars.networking).map(({ range }) => range)),
    ...(layers.account(account).own?.reserved_cidrs ?? []).map(({ cidr }) => cidr),
    ...layers.reservedRanges(account),
    defaults.tfvars.cluster.service_ipv4_cidr,
  ];
}

function existingRanges({ clusters }: Fleet): Reservation[] {
  return clusters.flatMap(({ name, account, tfvars: { networking } }) =>
    usesExistingVpc(networking) ? [] : [{ account: account.name, range: networking.vpc_cidr, cluster: name }],
  );
}
