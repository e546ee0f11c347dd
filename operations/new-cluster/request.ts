import type { Fleet } from "../../fleet/load";
import { nameOfFile } from "../../fleet/read/files";
import type { Layers } from "../../fleet/read/layers";
import { listedInOrder, meantOrKnown } from "../../language/suggest";
import { domainName, itemName } from "../../language/words/names";
import { plainValue } from "../../language/yaml/plain-tree";
import type { Question } from "../questions/question";
import { PRESET_NAMES, PRESETS } from "./presets";

/** A request for a cluster. A missing value comes from the defaults, or is a problem. */
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

/** An error in a request, by its flag. */
export interface RequestProblem {
  readonly flag: keyof NewClusterRequest;
  readonly message: string;
}

/** The definitions that a new cluster joins. */
export interface Surroundings {
  readonly layers: Layers;
  readonly fleet: Fleet;
  /** Text of ranges.yaml; undefined if it does not exist. */
  readonly ranges: string | undefined;
}

export const DEFAULT_PREFIX = 16;
const DEFAULT_PRESET = "small";

/** The answers that are text, in the order of the questions. */
const ASKED = ["owner", "account", "tier", "region", "preset", "prefix"] as const;
type Asked = (typeof ASKED)[number];

/** Returns a request completed by the defaults; empty text for values without a default. */
export function withDefaults(
  request: NewClusterRequest,
  { fleet, layers }: Surroundings,
): Readonly<Record<Exclude<Asked, "prefix">, string>> {
  const defaults = (plainValue(layers.defaults) as { meta?: Readonly<Record<string, string>> }).meta ?? {};
  const account = request.account ?? among(layers.files.names("accounts"), defaults["ACCOUNT"]);
  return {
    owner: request.owner ?? defaults["OWNER"] ?? "",
    account,
    tier: request.tier ?? among(layers.files.names("tiers"), defaults["TIER"]),
    region: request.region ?? onlyRegion(fleet, account) ?? "",
    preset: request.preset ?? DEFAULT_PRESET,
  };
}

/** Returns the default if there is a file of that name, or else the only name there is. */
function among(names: readonly string[], byDefault: string | undefined): string {
  if (byDefault !== undefined && names.includes(byDefault)) return byDefault;
  return names.length === 1 ? (names[0] ?? "") : "";
}

/**
 * Returns every problem of a request, with what is allowed.
 *
 * @param nameSchema names that are accepted; a cluster that exists already can have a name of one word
 */
export function problemsOf(
  request: NewClusterRequest,
  surroundings: Surroundings,
  nameSchema = domainName,
): RequestProblem[] {
  const { layers } = surroundings;
  const values = { ...withDefaults(request, surroundings), prefix: String(request.prefix ?? DEFAULT_PREFIX) };
  const names = layers.files.clusterFiles().map(nameOfFile);
  const { name, releaseModel } = request;
  const found: [flag: keyof NewClusterRequest, message: string | undefined][] = [
    ["name", refusedBy(nameSchema, name) ?? taken(name, names)],
    ...ASKED.map((flag) => [flag, refused(flag, values[flag], values.account, surroundings)] as [Asked, string]),
    [
      "releaseModel",
      releaseModel === undefined ? undefined : unknown("channel or release", releaseModel, layers.models() ?? []),
    ],
  ];
  return found.flatMap(([flag, message]) => (message === undefined ? [] : { flag, message }));
}

/** Returns the next question about what a request leaves out; undefined if it leaves out nothing. */
export function nextQuestion(
  request: NewClusterRequest,
  surroundings: Surroundings,
): (Question & { readonly flag: Asked }) | undefined {
  const flag = ASKED.find((each) => request[each] === undefined);
  if (flag === undefined) return undefined;
  const defaults = { ...withDefaults(request, surroundings), prefix: String(DEFAULT_PREFIX) };
  return {
    flag,
    message: MESSAGES[flag],
    default: defaults[flag] === "" ? undefined : defaults[flag],
    choices: choicesOf(flag, surroundings.layers)?.map((value) => ({
      value,
      ...(flag === "preset" && { meaning: PRESETS[value as keyof typeof PRESETS].summary }),
    })),
    refused: (answer) => refused(flag, answer, defaults.account, surroundings),
  };
}

const MESSAGES: Readonly<Record<Asked, string>> = {
  owner: "Team that owns the cluster:",
  account: "Account:",
  tier: "Tier:",
  region: "AWS region:",
  preset: "What the cluster contains:",
  prefix: "Length of the range's prefix (16 is 65,536 addresses, 20 is 4,096):",
};

/** Returns the error in one answer; undefined if it is valid. */
function refused(flag: Asked, value: string, account: string, surroundings: Surroundings): string | undefined {
  if (flag === "owner") return refusedBy(itemName(63), value);
  if (flag === "prefix") {
    const length = Number(value);
    return value !== "" && Number.isInteger(length) && length >= 16 && length <= 24
      ? undefined
      : `must be a whole number from 16 to 24, got ${value || '""'}. AWS allows no VPC larger than a /16`;
  }
  const known = choicesOf(flag, surroundings.layers) ?? [];
  if (value !== "") return unknown(flag, value, known);
  if (flag !== "region") return `is required. Known: ${listedInOrder(known)}`;
  if (choicesOf("account", surroundings.layers)?.includes(account) !== true) return `is required${SUCH_AS}`;
  const has = surroundings.fleet.clusters.some((cluster) => cluster.account.name === account);
  const reason = has ? `the clusters of ${account} do not share one region` : `${account} has no cluster yet`;
  return `is required, because ${reason}${SUCH_AS}`;
}

const SUCH_AS = ". Name one, such as eu-west-1";

function choicesOf(flag: Asked, { files, regions }: Layers): readonly string[] | undefined {
  switch (flag) {
    case "account":
      return files.names("accounts");
    case "tier":
      return files.names("tiers");
    case "region":
      return Object.keys(regions);
    case "preset":
      return PRESET_NAMES;
    default:
      return undefined;
  }
}

function refusedBy(schema: typeof domainName, value: string): string | undefined {
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
  return `unknown ${kind} ${JSON.stringify(value)}${meantOrKnown(value, known)}`;
}

function onlyRegion({ clusters }: Fleet, account: string): string | undefined {
  const regions = new Set(
    clusters.filter((cluster) => cluster.account.name === account).map(({ tfvars }) => tfvars.common.aws_region),
  );
  return regions.size === 1 ? [...regions][0] : undefined;
}
