import { z } from "zod";
import { domainName } from "../../language/words/names";
import { plainText } from "../../language/words/text";
import { existingBucket } from "../parts/bucket";
import { logNamespaces } from "../parts/log-namespaces";

/** Log groups of CloudWatch keep for these days only. */
export const CLOUDWATCH_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Options of Fluent Bit. */
export const options = z.strictObject({
  ...logNamespaces,
  destinations: z
    .array(z.enum(["cloudwatch", "loki", "opensearch", "s3"]))
    .min(1)
    .describe("Destinations of logs: CloudWatch Logs, the addon loki, an OpenSearch domain, a bucket, or several."),
  kubernetes_events: z.boolean().describe("Also sends the cluster's events, from a separate pod."),
  cloudwatch_retention_days: z
    .literal(CLOUDWATCH_DAYS)
    .nullable()
    .describe(
      "Days that CloudWatch keeps logs, one of the values that CloudWatch supports. null uses the next value from the service level's.",
    ),
  opensearch: z
    .strictObject({
      host: domainName
        .meta({ examples: ["search-logs-0123456789.eu-west-1.es.amazonaws.com"] })
        .describe("Host of the domain's endpoint, without https://."),
      domain: plainText
        .regex(/^[a-z][a-z0-9-]{2,27}$/, "must be the name of an OpenSearch domain")
        .meta({ examples: ["search-logs"] })
        .describe("Name of the domain, in the cluster's account and region. The addon's role signs requests."),
    })
    .nullable()
    .describe("OpenSearch domain. null for none."),
  bucket: existingBucket.describe("Existing bucket for the destination s3. null creates a bucket."),
  s3_retention_days: z
    .int()
    .min(1)
    .nullable()
    .describe("Days after which logs in the cluster's own bucket are deleted. null uses the service level's."),
});

export type FluentBitOptions = z.output<typeof options>;
export type Destination = FluentBitOptions["destinations"][number];
