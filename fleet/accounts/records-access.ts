import type { Account } from "../model/cluster";
import { stateKeyAlias } from "./boundary";
import { type BootstrappedAccount, isBootstrapped, ROLE_LEVELS, type RoleLevel, roleArnOf } from "./roles";
import type { Statement } from "./statement";

/** The bucket in which the records of rollouts are kept, which runs in every account read and write. */
export interface RecordsBucket {
  readonly bucket: string;
  /** Empty for the whole bucket. */
  readonly folder: string;
  /** The account of the fleet whose state bucket it is; undefined if `fleet bootstrap` does not create it. */
  readonly owner: BootstrappedAccount | undefined;
  /** Roles of the fleet's other accounts. */
  readonly guests: readonly { readonly arn: string; readonly level: RoleLevel }[];
}

/** A statement of a policy of the bucket or of its key. */
export interface GuestStatement extends Omit<Statement, "Resource"> {
  readonly Principal: { readonly AWS: readonly string[] };
  readonly Resource: string;
}

const LOCATION = /^s3:\/\/([^/]+)\/?(.*)$/;

/** Returns what `records` of `rollouts.yaml` means for the roles of accounts; undefined if it is a folder of a machine. */
export function recordsBucketOf(location: string, accounts: readonly Account[]): RecordsBucket | undefined {
  const [, bucket, folder = ""] = LOCATION.exec(location) ?? [];
  if (bucket === undefined) return undefined;
  const bootstrapped = accounts.filter(isBootstrapped);
  const owner = bootstrapped.find(({ state }) => state.bucket === bucket);
  const guests = bootstrapped
    .filter((account) => account !== owner)
    .flatMap((account) =>
      ROLE_LEVELS.flatMap((level) => {
        const arn = roleArnOf(account, level);
        return arn === undefined ? [] : [{ arn, level }];
      }),
    );
  return { bucket, folder, owner, guests };
}

/**
 * Returns why a place of records is refused; undefined if it is fine. In a bucket of states, only a folder that can have no state may be
 * opened to other accounts: the name of a cluster has a dot, and the states of accounts are in `accounts/`.
 */
export function recordsMistake(location: string, accounts: readonly Account[]): string | undefined {
  const { bucket, folder = "", owner } = recordsBucketOf(location, accounts) ?? {};
  const [first = ""] = folder.split("/");
  if (owner === undefined || (first !== "" && first !== "accounts" && !first.includes("."))) return undefined;
  return `must name a folder for records alone, such as s3://${bucket}/rollouts, got ${JSON.stringify(location)}: the bucket has the Terraform states of account ${owner.name}, which the roles of other accounts could change`;
}

/** Returns the statements by which a role reaches the records. No role removes one. A plan only reads them. */
export function recordsStatements(
  { bucket, folder, owner }: RecordsBucket,
  level: RoleLevel,
  partition: string,
): readonly Statement[] {
  const arn = `arn:${partition}:s3:::${bucket}`;
  return [
    {
      Sid: "ListRecords",
      Effect: "Allow",
      Action: ["s3:ListBucket"],
      Resource: [arn],
      ...(folder !== "" && { Condition: { StringLike: { "s3:prefix": `${folder}/*` } } }),
    },
    { Sid: "Records", Effect: "Allow", Action: actionsOn(level), Resource: [objects(arn, folder)] },
    ...(owner === undefined
      ? []
      : [
          {
            Sid: "RecordsKey",
            Effect: "Allow" as const,
            Action: keyActionsOn(level),
            Resource: [`arn:${partition}:kms:${owner.state.region}:${owner.id}:key/*`],
            Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": stateKeyAlias(owner) } },
          },
        ]),
  ];
}

/** Returns what the policies of the bucket and of its key add for the roles of other accounts. */
export function guestStatements(
  { bucket, folder, guests }: RecordsBucket,
  partition: string,
): { readonly bucket: readonly GuestStatement[]; readonly key: readonly GuestStatement[] } {
  const arn = `arn:${partition}:s3:::${bucket}`;
  const readers = guests.filter(({ level }) => level === "plan").map((guest) => guest.arn);
  const writers = guests.filter(({ level }) => level !== "plan").map((guest) => guest.arn);
  return {
    bucket: [
      ...shared("ListRecords", [...readers, ...writers], ["s3:ListBucket"], arn, partition, folder),
      ...shared("ReadRecords", readers, actionsOn("plan"), objects(arn, folder), partition),
      ...shared("WriteRecords", writers, actionsOn("apply"), objects(arn, folder), partition),
    ],
    key: [
      ...shared("ReadRecords", readers, keyActionsOn("plan"), "*", partition),
      ...shared("WriteRecords", writers, keyActionsOn("apply"), "*", partition),
    ],
  };
}

const actionsOn = (level: RoleLevel): readonly string[] =>
  level === "plan" ? ["s3:GetObject"] : ["s3:GetObject", "s3:PutObject"];

const keyActionsOn = (level: RoleLevel): readonly string[] =>
  level === "plan" ? ["kms:Decrypt"] : ["kms:Decrypt", "kms:GenerateDataKey"];

const objects = (bucket: string, folder: string): string => `${bucket}/${folder === "" ? "" : `${folder}/`}*`;

/** Names roles by a condition: a policy whose principal is a role that does not exist yet is refused. */
function shared(
  Sid: string,
  roles: readonly string[],
  Action: readonly string[],
  Resource: string,
  partition: string,
  folder = "",
): readonly GuestStatement[] {
  const ids = [...new Set(roles.map((role) => role.split(":")[4] ?? ""))];
  return roles.length === 0
    ? []
    : [
        {
          Sid,
          Effect: "Allow",
          Principal: { AWS: ids.map((id) => `arn:${partition}:iam::${id}:root`) },
          Action,
          Resource,
          Condition: {
            ArnEquals: { "aws:PrincipalArn": roles },
            ...(folder !== "" && { StringLike: { "s3:prefix": `${folder}/*` } }),
          },
        },
      ];
}
