import { z } from "zod";
import { clusterName, fileName, itemName, labelWord } from "../../../language/words/names";

const anyOf = <Word extends z.ZodType>(word: Word) => z.union([word, z.array(word).min(1)]);

/** A cluster is selected if all keys match. A list matches if one of its values does. */
export const selector = z.strictObject({
  cluster: anyOf(clusterName).optional().describe("CLUSTER_NAME."),
  channel: anyOf(fileName).optional().describe("RELEASE_MODEL: a channel, or an exact release."),
  tier: anyOf(fileName).optional().describe("TIER."),
  account: anyOf(fileName).optional().describe("ACCOUNT."),
  region: anyOf(z.string()).optional().describe("AWS region."),
  owner: anyOf(itemName(63)).optional().describe("OWNER."),
  labels: z.record(labelWord, anyOf(labelWord)).optional().describe("Labels of `tfvars.rollout.labels`."),
});
