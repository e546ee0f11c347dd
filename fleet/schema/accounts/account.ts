import { z } from "zod";
import { roleArn } from "../../../language/words/arns";
import { accountId, hostedZoneId } from "../../../language/words/aws-ids";
import { domainName } from "../../../language/words/names";
import { ipv4Block } from "../../../language/words/network";
import { bucketName } from "../../../language/words/s3";
import { accountPipelines } from "../pipelines";
import { bootstrap } from "./bootstrap";

const hostedZoneElsewhere = z.strictObject({
  id: hostedZoneId.describe("Id of the zone."),
  role_arn: roleArn.describe(
    "Role that may write the zone. It must trust the roles of the addons that write records, with sts:AssumeRole and sts:TagSession.",
  ),
});

/** `definitions/accounts/<name>.yaml` beside its `tfvars`. */
export const account = z.strictObject({
  id: accountId.describe("The AWS account's 12 digits, in quotes."),
  state: z
    .strictObject({
      bucket: bucketName.describe("S3 bucket that holds the Terraform state."),
      region: z.string().describe("Region of the bucket."),
      role_arn: roleArn
        .nullable()
        .describe("Role that reads and writes the state; null leaves it to the caller's own credentials."),
    })
    .describe("Location of the Terraform state."),
  roles: z
    .strictObject({
      deploy: roleArn.describe("Role that applies changes. It also administers each cluster, by its own access entry."),
      plan: roleArn.describe("Role that may only read, for plans of pull requests."),
      destroy: roleArn
        .optional()
        .describe("Role that `fleet destroy` uses. Default: `deploy`. Required by `bootstrap`."),
    })
    .describe("Roles that Terraform assumes in the account."),
  cidr_pools: z.array(ipv4Block()).describe("Ranges that contain the account's VPCs; empty for no limit."),
  reserved_cidrs: z
    .array(
      z.strictObject({
        cidr: ipv4Block().describe("A range that no cluster of the account may use."),
        reason: z.string().min(1).describe("What uses the range. Shown in errors."),
      }),
    )
    .describe("Ranges in use elsewhere: offices, data centres, other VPCs."),
  hosted_zones: z
    .record(domainName, z.union([hostedZoneId, hostedZoneElsewhere]))
    .describe(
      "Route 53 public zones: domain -> zone id. For a zone of another account, id and role_arn, a role there that the addons assume.",
    ),
  pipelines: accountPipelines.optional().describe("How pipelines deploy to the account (docs/pipelines/)."),
  bootstrap: bootstrap
    .optional()
    .describe(
      "What `fleet bootstrap` creates in the account: the state bucket, the roles above, and the trust of CI systems. Default: nothing.",
    ),
});

/** Defaults of accounts in `definitions/defaults.yaml`. */
export const accountDefaults = account
  .pick({ cidr_pools: true, reserved_cidrs: true, hosted_zones: true })
  .extend({ state: account.shape.state.pick({ role_arn: true }).describe("Location of the Terraform state.") });
