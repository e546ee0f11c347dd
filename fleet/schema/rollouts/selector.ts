import { z } from "zod";
import { domainName, fileName, itemName } from "../../../language/words/names";
import { text } from "../../../language/words/text";

/** A key or a value of a label. */
export const label = text(
  /^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$/,
  "lower-case letters, digits, dots, dashes and underscores, at most 63 characters",
);

const anyOf = <Word extends z.ZodType>(word: Word) => z.union([word, z.array(word).min(1)]);

/** A cluster is selected if all keys match. A list matches if one of its values does. */
export const selector = z.strictObject({
  cluster: anyOf(domainName).optional().describe("CLUSTER_NAME."),
  channel: anyOf(fileName).optional().describe("RELEASE_MODEL: a channel, or an exact release."),
  tier: anyOf(fileName).optional().describe("TIER."),
  account: anyOf(fileName).optional().describe("ACCOUNT."),
  region: anyOf(z.string()).optional().describe("AWS region."),
  owner: anyOf(itemName(63)).optional().describe("OWNER."),
  labels: z.record(label, anyOf(label)).optional().describe("Labels of `tfvars.rollout.labels`."),
});
