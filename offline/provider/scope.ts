import { textAt, valuesAt } from "../schema/attribute-path";
import type { ProviderName } from "../schema/schema";
import { containsUnknown, isObject, type ObjectValue } from "../wire/values";

/** Account, region or cluster in which a configured provider works. */
export interface Scope {
  readonly provider: ProviderName;
  readonly account: string;
  readonly region: string;
  readonly defaultTags: ObjectValue;
  /** API server, for kubernetes and helm. */
  readonly cluster: string;
  /** True if part of the configuration is known only after apply, so that existing objects cannot be found yet. */
  readonly unknown: boolean;
}

/** Account of the examples in AWS's documentation; the default if the configuration names no account. */
const DEFAULT_ACCOUNT = "123456789012";
const DEFAULT_REGION = "us-east-1";

function regionFromEnvironment(): string {
  return process.env["AWS_REGION"] || process.env["AWS_DEFAULT_REGION"] || DEFAULT_REGION;
}

function accountOf(config: ObjectValue): string {
  const allowed = valuesAt(config, "allowed_account_ids").flat()[0];
  if (typeof allowed === "string") return allowed;
  const role = textAt(config, "assume_role.role_arn") ?? textAt(config, "assume_role_with_web_identity.role_arn");
  return /^arn:[^:]+:iam::(\d{12}):/.exec(role ?? "")?.[1] ?? DEFAULT_ACCOUNT;
}

/** Returns the scope of a provider with a configuration. */
export function scopeOf(provider: ProviderName, config: ObjectValue): Scope {
  const tags = valuesAt(config, "default_tags.tags")[0];
  const connection = isObject(config["kubernetes"]) ? config["kubernetes"] : config;
  const cluster =
    textAt(connection, "host") ?? textAt(connection, "config_context") ?? textAt(connection, "config_path");
  return {
    provider,
    account: accountOf(config),
    region: textAt(config, "region") ?? regionFromEnvironment(),
    defaultTags: isObject(tags) && !containsUnknown(tags) ? tags : {},
    cluster: (cluster ?? "default").replace(/^https?:\/\//, ""),
    unknown: provider !== "aws" && containsUnknown(connection["host"]),
  };
}

/** Returns the partition of a region, which is the second part of every ARN in the region. */
export function partitionOf(region: string): "aws" | "aws-cn" | "aws-us-gov" {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** Returns the suffix of the host names of AWS services in a partition. */
export function dnsSuffixOf(region: string): string {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}

/** Returns the id of a zone: use1-az2 for us-east-1b. In AWS, the numbers differ from account to account. */
export function zoneIdOf(zone: string): string {
  const letter = zone.slice(-1);
  const [area = "", side = "", number = ""] = zone.slice(0, -1).replace("us-gov-", "usg-").split("-");
  const corner = /^(north|south)(east|west)$/.exec(side);
  const short = corner === null ? side.charAt(0) : `${side.charAt(0)}${corner[2]?.charAt(0)}`;
  return `${area}${short}${number}-az${letter.charCodeAt(0) - "a".charCodeAt(0) + 1}`;
}

/** Services without regions: their objects are visible in every region of the account. */
const GLOBAL = /^aws_(iam|route53|cloudfront|organizations|globalaccelerator)_/;

/** True if objects of a type belong to the whole account and have no region in their ARNs. */
export function isGlobal(type: string): boolean {
  return GLOBAL.test(type) && !type.startsWith("aws_route53_resolver_");
}

/** Returns the folders of the store for objects of a type. The `region` of a resource wins over the provider's. */
export function storeScope(scope: Scope, type: string, region: string): readonly string[] {
  if (scope.provider !== "aws") return ["kubernetes", scope.cluster];
  if (type === "aws_s3_bucket") return ["aws", partitionOf(region)]; // accounts share bucket names
  return ["aws", scope.account, isGlobal(type) ? "global" : region];
}
