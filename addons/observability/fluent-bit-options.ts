import { z } from "zod";
import { domainName } from "../../language/words/names";
import { plainText } from "../../language/words/text";
import { existingBucket } from "../parts/existing-bucket";
import { logNamespaces } from "../parts/log-namespaces";

/** Log groups of CloudWatch keep for these days only. */
export const CLOUDWATCH_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** What people set of Fluent Bit. */
export const options = z.strictObject({
  ...logNamespaces,
  destinations: z
    .array(z.enum(["cloudwatch", "loki", "opensearch", "s3"]))
    .min(1)
    .describe("Where logs go: CloudWatch Logs, the addon loki, an OpenSearch domain, a bucket, or several."),
  kubernetes_events: z.boolean().describe("Sends the cluster's events too, by one pod of its own."),
  cloudwatch_retention_days: z
    .literal(CLOUDWATCH_DAYS)
    .nullable()
    .describe("Days that CloudWatch keeps them, of those that it knows; null takes the next of the service level's."),
  opensearch: z
    .strictObject({
      host: domainName.describe("Host of the domain's endpoint, without https://."),
      domain: plainText
        .regex(/^[a-z][a-z0-9-]{2,27}$/, "must be the name of an OpenSearch domain")
        .describe(
          "Name of the domain, in the cluster's account and region: requests are signed with the addon's role.",
        ),
    })
    .nullable()
    .describe("The OpenSearch domain; null for none."),
  bucket: existingBucket.describe("An existing bucket for the destination s3; null makes one."),
  s3_retention_days: z
    .int()
    .min(1)
    .nullable()
    .describe("Days after which logs in a bucket of the cluster's own go; null takes the service level's."),
});

export type FluentBitOptions = z.output<typeof options>;
export type Destination = FluentBitOptions["destinations"][number];
