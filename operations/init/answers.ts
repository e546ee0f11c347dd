import { meantOrKnown } from "../../language/suggest";
import { roleArn } from "../../language/words/arns";
import { accountId, hostedZoneId } from "../../language/words/aws-ids";
import { approver, issuer as issuerAddress, repositoryPath } from "../../language/words/ci";
import { domainName, itemName } from "../../language/words/names";
import { ipv4Block } from "../../language/words/network";
import type { Question } from "../questions/question";

/** The answers that `fleet init` requires. */
export interface InitAnswers {
  /** 12 digits. */
  readonly accountId: string;
  readonly account: string;
  readonly region: string;
  readonly domain: string;
  /** Id of the domain's public Route 53 zone; empty if it is unknown. */
  readonly hostedZone: string;
  /** The range that the networks of clusters are in. */
  readonly cidrPool: string;
  /** Name or ARN of the IAM role of the people who administer the clusters. */
  readonly adminRole: string;
  readonly owner: string;
  readonly tier: string;
  readonly clusterName: string;
  /** The CI system that pipelines are generated for, or `none`. */
  readonly ci: string;
  /** The repository with its owner at the CI system; empty without one. */
  readonly repository: string;
  /** Issuer of the tokens of Concourse's or Prow's jobs; empty for the others, whose issuer is known. */
  readonly issuer: string;
  /** Team that approves changes that concern more than one team; empty without a CI system. */
  readonly platformTeam: string;
}

export type InitKey = keyof InitAnswers;
export type InitRequest = { readonly [Key in InitKey]?: string | undefined };

/** Choices for the answers. */
export interface Choices {
  readonly regions: readonly string[];
  readonly tiers: readonly string[];
  /** CI systems that pipelines can be generated for. */
  readonly systems: readonly string[];
  /** False if no cluster is written. */
  readonly withCluster: boolean;
}

/** Keys in the order of their questions. */
const OF_THE_ACCOUNT = ["accountId", "account", "region", "domain", "hostedZone", "cidrPool", "adminRole"] as const;
const OF_THE_CLUSTER = ["owner", "tier", "clusterName"] as const;

const OF_CI = ["ci", "repository", "platformTeam"] as const;

/** CI systems whose issuer differs between installations. */
const WITH_ISSUER = ["concourse", "prow"];

/** Answer for a repository without pipelines. */
export const NO_CI = "none";

function keysOf({ withCluster }: Choices, { ci = NO_CI }: InitRequest): readonly InitKey[] {
  return [
    ...OF_THE_ACCOUNT,
    ...(withCluster ? OF_THE_CLUSTER : []),
    ...(ci === NO_CI ? (["ci"] as const) : OF_CI),
    ...(WITH_ISSUER.includes(ci) ? (["issuer"] as const) : []),
  ];
}

/** A wrong or missing answer. */
export interface InitProblem {
  readonly key: InitKey;
  readonly message: string;
}

/** Returns every problem of a request, with what is allowed. */
export function problemsOf(request: InitRequest, choices: Choices): InitProblem[] {
  const values = withDefaults(request);
  return keysOf(choices, request).flatMap((key) => {
    const value = values[key];
    // Their defaults follow from the domain and the repository: one message about those is enough.
    if ((key === "clusterName" || key === "platformTeam") && request[key] === undefined) return [];
    const message = value === undefined ? `is required: ${MEANINGS[key]}` : refused(key, value, choices);
    return message === undefined ? [] : { key, message };
  });
}

/** Returns the answers of a valid request, with defaults for missing ones. */
export function answersOf(request: InitRequest): InitAnswers {
  const values = withDefaults(request);
  const { accountId: id = "", clusterName = "", domain = "", platformTeam = "", region = "", repository = "" } = values;
  const { issuer = "" } = values;
  return { ...values, accountId: withoutDashes(id), clusterName, domain, issuer, platformTeam, region, repository };
}

/** Returns the next question about what a request leaves out; undefined if it leaves out nothing. */
export function nextQuestion(
  request: InitRequest,
  choices: Choices,
): (Question & { readonly key: InitKey }) | undefined {
  const key = keysOf(choices, request).find((each) => request[each] === undefined);
  if (key === undefined) return undefined;
  const values = choicesOf(key, choices);
  const meaning = MEANINGS[key];
  return {
    key,
    message: `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}:`,
    default: withDefaults(request)[key],
    choices: values?.map((value) => ({ value })),
    refused: (answer) => refused(key, answer, choices),
  };
}

const MEANINGS: Readonly<Record<InitKey, string>> = {
  accountId: "the 12 digits of the AWS account",
  account: "the name of the account in definitions",
  region: "the AWS region, such as eu-west-1",
  domain: "the domain below which clusters get their names, such as dev.example.com",
  hostedZone: "the id of the domain's public Route 53 zone; empty if there is none yet",
  cidrPool: "the range for the networks of clusters, which no other network uses",
  adminRole: "the IAM role of the people who administer the clusters: its name or its ARN",
  owner: "the team that owns the first cluster",
  tier: "the tier of the first cluster",
  clusterName: "the name of the first cluster",
  ci: "the CI system that runs the pipelines",
  repository: "the repository with its owner, such as example/clusters",
  issuer:
    "the issuer of the tokens of CI jobs: the external address of Concourse, or the issuer of service account tokens of Prow's build cluster",
  platformTeam: "who approves changes of accounts, tiers and pipelines, such as @example/platform",
};

/** Keys whose default does not depend on another answer. */
type WithDefault = "account" | "adminRole" | "ci" | "cidrPool" | "hostedZone" | "owner" | "tier";

function withDefaults(request: InitRequest): InitRequest & Readonly<Record<WithDefault, string>> {
  const { domain, owner = "platform", repository } = request;
  return {
    ...request,
    account: request.account ?? "sandbox",
    hostedZone: request.hostedZone ?? "",
    cidrPool: request.cidrPool ?? "10.64.0.0/10",
    adminRole: request.adminRole ?? "platform-admin",
    owner,
    tier: request.tier ?? "development",
    clusterName: request.clusterName ?? (domain === undefined ? undefined : `first.${domain}`),
    ci: request.ci ?? NO_CI,
    platformTeam: request.platformTeam ?? (repository && `@${repository.split("/")[0]}/${owner}`),
  };
}

const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;

/** The console shows the id of an account with dashes. */
const withoutDashes = (id: string): string => (/^\d{4}-\d{4}-\d{4}$/.test(id) ? id.replaceAll("-", "") : id);

function choicesOf(key: InitKey, { regions, systems, tiers }: Choices): readonly string[] | undefined {
  switch (key) {
    case "region":
      return regions;
    case "tier":
      return tiers;
    case "ci":
      return [...systems, NO_CI];
    default:
      return undefined;
  }
}

function refused(key: InitKey, value: string, choices: Choices): string | undefined {
  const known = choicesOf(key, choices);
  if (known !== undefined) return unknown(key === "ci" ? "CI system" : key, value, known);
  switch (key) {
    case "accountId":
      return accountId.safeParse(withoutDashes(value)).success
        ? undefined
        : `must be the 12 digits of an AWS account, such as 123456789012, got ${JSON.stringify(value)}`;
    case "hostedZone":
      return value === "" ? undefined : refusedBy(hostedZoneId, value);
    case "cidrPool":
      // The first cluster gets a /16 of it.
      return refusedBy(ipv4Block(8, 16), value);
    case "adminRole":
      return ROLE_NAME.test(value) || roleArn.safeParse(value).success
        ? undefined
        : `must be the name or the ARN of an IAM role, such as platform-admin, got ${JSON.stringify(value)}`;
    case "account":
      return refusedBy(itemName(40), value);
    case "repository":
      return refusedBy(repositoryPath, value);
    case "issuer":
      return refusedBy(issuerAddress, value);
    case "platformTeam":
      return refusedBy(approver, value);
    case "owner":
      return refusedBy(itemName(63), value);
    default:
      return refusedDomain(value);
  }
}

/** Suggests the domain that an address, a wildcard or a name with capitals contains. */
function refusedDomain(value: string): string | undefined {
  const message = refusedBy(domainName, value);
  const meant = value
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/^\*\./, "")
    .replace(/\.?(?:[:/].*)?$/, "");
  const isDomain = meant !== value && domainName.safeParse(meant).success;
  return message !== undefined && isDomain ? `${message}. Did you mean ${JSON.stringify(meant)}?` : message;
}

function refusedBy(schema: typeof domainName | ReturnType<typeof ipv4Block>, value: string): string | undefined {
  const parsed = schema.safeParse(value);
  return parsed.success ? undefined : `${parsed.error.issues[0]?.message}, got ${JSON.stringify(value)}`;
}

function unknown(kind: string, value: string, known: readonly string[]): string | undefined {
  if (known.includes(value)) return undefined;
  return `unknown ${kind} ${JSON.stringify(value)}${meantOrKnown(value, known, 40)}`;
}
