import { textAt, valuesAt } from "../schema/attribute-path";
import type { ProviderName } from "../schema/schema";
import { containsUnknown, isObject, type ObjectValue } from "../wire/values";

/** Where a configured provider works, read from its configuration. */
export interface Scope {
  readonly provider: ProviderName;
  readonly account: string;
  readonly region: string;
  readonly defaultTags: ObjectValue;
  /** The API server, for kubernetes and helm. */
  readonly cluster: string;
  /** Some of the configuration is known only after apply, so that what exists there cannot be looked up yet. */
  readonly unknown: boolean;
}

/** The account of examples in AWS's own documentation; used when the configuration names none. */
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

/** The scope of a provider that was configured so. */
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

/** The partition a region belongs to, which is the second word of every ARN there. */
export function partitionOf(region: string): "aws" | "aws-cn" | "aws-us-gov" {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** What the host names of AWS's services end in. */
export function dnsSuffixOf(region: string): string {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}

/** The id of a zone by its name: us-east-1b is use1-az2. AWS deals the numbers out anew in every account. */
export function zoneIdOf(zone: string): string {
  const letter = zone.slice(-1);
  const [area = "", side = "", number = ""] = zone.slice(0, -1).replace("us-gov-", "usg-").split("-");
  const corner = /^(north|south)(east|west)$/.exec(side);
  const short = corner === null ? side.charAt(0) : `${side.charAt(0)}${corner[2]?.charAt(0)}`;
  return `${area}${short}${number}-az${letter.charCodeAt(0) - "a".charCodeAt(0) + 1}`;
}

/** Services without regions: their objects are seen from every region of the account. */
const GLOBAL = /^aws_(iam|route53|cloudfront|organizations|globalaccelerator)_/;

/** Whether objects of a type belong to the account as a whole, with no region in their ARNs. */
export function isGlobal(type: string): boolean {
  return GLOBAL.test(type) && !type.startsWith("aws_route53_resolver_");
}

/** The folders of the store that objects of a type lie in. A resource's own `region` wins over the provider's. */
export function storeScope(scope: Scope, type: string, region: string): readonly string[] {
  if (scope.provider !== "aws") return ["kubernetes", scope.cluster];
  if (type === "aws_s3_bucket") return ["aws", partitionOf(region)]; // bucket names are one namespace for everybody
  return ["aws", scope.account, isGlobal(type) ? "global" : region];
}
