import { createHash } from "node:crypto";
import { z } from "zod";
import { sha256Digits } from "../../../language/words/hashes";

/** The desired state of a cluster: a release, and a digest of all inputs of its stacks. */
export const target = z.object({
  release: z.string(),
  digest: sha256Digits.describe("SHA-256 of all inputs of the cluster's stacks."),
});
export type Target = z.infer<typeof target>;

/** Result of a cluster's change. Missing data is inconclusive, which is not success. */
export const RESULTS = ["succeeded", "failed", "inconclusive"] as const;
export type Result = (typeof RESULTS)[number];

/** Result of health checks. */
export const HEALTH = ["healthy", "unhealthy", "inconclusive"] as const;
export type Health = (typeof HEALTH)[number];

/** All with milliseconds, so that their text is in the order of time. */
const moment = z.iso.datetime({ precision: 3 });
const id = sha256Digits;

const common = {
  version: z.literal(1),
  at: moment.describe("When it was recorded, in UTC."),
  commit: z.string().nullable().describe("Commit of the definitions; with + if there were uncommitted changes."),
};
const person = { who: z.string(), reason: z.string() };

export const checkResult = z.object({
  name: z.string(),
  health: z.enum(HEALTH),
  seen: z.string().describe("What was seen, in one line."),
  seconds: z.number(),
});
export type CheckResult = z.infer<typeof checkResult>;

/** One event of a rollout. Records are never changed. */
export const record = z.discriminatedUnion("kind", [
  z.object({
    ...common,
    kind: z.literal("started"),
    cluster: z.string(),
    number: z
      .int()
      .min(1)
      .describe("Counts the changes of the cluster, so that a wrong clock does not change their order."),
    wave: z.string(),
    target,
    runner: z.string().describe("Who runs the change: a job of a CI system, or a person."),
    lease_until: moment.describe("A runner that recorded no result until then counts as dead."),
    emergency: id.nullable().describe("The record of the emergency that let the cluster start outside its windows."),
    nonce: z.string().describe("Random text, so that two starts at the same moment are different records."),
  }),
  z.object({
    ...common,
    kind: z.literal("renewed"),
    cluster: z.string(),
    attempt: id,
    runner: z.string(),
    lease_until: moment,
  }),
  z.object({
    ...common,
    kind: z.literal("ended"),
    cluster: z.string(),
    attempt: id.describe("The record of the start."),
    by: z.string(),
    result: z.enum(RESULTS),
    detail: z.string(),
    plan: z.string().nullable().describe("Digest of the plans that were applied."),
  }),
  z.object({
    ...common,
    kind: z.literal("observed"),
    cluster: z.string(),
    attempt: id,
    by: z.string(),
    health: z.enum(HEALTH),
    checks: z.array(checkResult),
  }),
  z.object({
    ...common,
    kind: z.literal("wanted"),
    number: z.int().min(1).describe("Counts these records."),
    targets: z.record(z.string(), target).describe("Clusters with a new target since the last such record."),
  }),
  z.object({
    ...common,
    kind: z.literal("halted"),
    ...person,
    wave: z.string().nullable().describe("Null for all waves."),
  }),
  z.object({
    ...common,
    kind: z.literal("resumed"),
    ...person,
    lifts: z.array(id).describe("Records that halt nothing any more."),
    mode: z.enum(["retry", "keep"]).describe("retry: the clusters are changed again. keep: they stay as they are."),
  }),
  z.object({
    ...common,
    kind: z.literal("approved"),
    ...person,
    wave: z.string().nullable().describe("The wave that may begin with the release."),
    release: z.string().nullable(),
    attempt: id.nullable().describe("The inconclusive change that a person judged to be healthy."),
    judges: id.nullable().describe("The record that was inconclusive."),
    cluster: z.string().nullable(),
  }),
  z.object({
    ...common,
    kind: z.literal("emergency"),
    ...person,
    clusters: z.array(z.string()),
    until: moment,
  }),
]);
export type RolloutRecord = z.infer<typeof record>;
export type RecordOf<Kind extends RolloutRecord["kind"]> = Extract<RolloutRecord, { kind: Kind }>;

/** A record with its address: the SHA-256 of its content. */
export type Stored<Kind extends RolloutRecord["kind"] = RolloutRecord["kind"]> = RecordOf<Kind> & {
  readonly id: string;
};

/** Returns the address of a record. It does not depend on the order of keys. */
export function recordId(content: RolloutRecord): string {
  return createHash("sha256").update(canonical(content)).digest("hex");
}

/** Returns a record with its address. */
export function stored<Kind extends RolloutRecord["kind"]>(content: RecordOf<Kind>): Stored<Kind> {
  return { ...content, id: recordId(content) };
}

/** Returns JSON with sorted keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(inOrder(value));
}

function inOrder(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const sorted: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(value).sort()) sorted[key] = inOrder((value as Record<string, unknown>)[key]);
  return sorted;
}
