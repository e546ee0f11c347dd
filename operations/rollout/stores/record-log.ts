import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { ExpectedError } from "../../../language/expected-error";
import { compact } from "../records/compact";
import { History } from "../records/history";
import { canonical, type RolloutRecord, record, recordId, type Stored, stored } from "../records/record";
import type { ObjectStore } from "./object-store";

const RECORDS = "records/";
const CHECKPOINT = "checkpoint.json";

/** Number of records after the last checkpoint from which on a writer creates another one. */
const MANY = 500;

/** Maximum number of refused writes in a row without another writer's record. */
const MOST_REFUSALS = 8;

/** Records that are read at the same time. */
const AT_ONCE = 32;

const checkpoint = z.object({
  version: z.literal(1),
  /** Number of the last record that it has. */
  last: z.int().min(0),
  records: z.array(z.unknown()),
  /** SHA-256 of the rest. */
  hash: z.string(),
});

/**
 * The records of a store, each an object that is named by its number. A record is added under the number after the last one that was
 * read, and only if no other writer has added one, so that a decision is based on all records.
 */
export class RecordLog {
  readonly history = new History();
  /** Number of the last record that was read. */
  private last = 0;
  private sinceCheckpoint = 0;
  private refusals = 0;

  constructor(readonly store: ObjectStore) {}

  /** Reads the records that were added since the last time. */
  async read(): Promise<History> {
    if (this.last === 0) await this.readCheckpoint();
    const keys = await this.store.list(RECORDS, keyOf(this.last));
    for (const [index, key] of keys.entries()) {
      const number = this.last + index + 1;
      if (key !== keyOf(number)) throw this.damaged(`${keyOf(number)} is missing, but ${key} exists`);
    }
    for (let from = 0; from < keys.length; from += AT_ONCE) {
      const texts = await Promise.all(keys.slice(from, from + AT_ONCE).map((key) => this.textOf(key)));
      for (const [index, text] of texts.entries()) this.history.add(this.parsed(keys[from + index] ?? "", text));
    }
    this.last += keys.length;
    this.sinceCheckpoint += keys.length;
    return this.history;
  }

  /** Adds a record; undefined if another writer has added one since the last read, so that the decision must be repeated. */
  async append<Kind extends RolloutRecord["kind"]>(
    content: Extract<RolloutRecord, { kind: Kind }>,
  ): Promise<Stored<Kind> | undefined> {
    const added = stored<Kind>(content);
    if (this.history.has(added.id)) return added;
    const key = keyOf(this.last + 1);
    const text = canonical({ ...content, id: added.id });
    // A request that timed out may have been carried out: then the object is ours.
    if (!(await this.store.create(key, text))) {
      const there = await this.store.read(key);
      if (there?.text !== text) return this.refused(there !== undefined);
    }
    this.refusals = 0;
    this.history.add(added as Stored);
    this.last += 1;
    this.sinceCheckpoint += 1;
    return added;
  }

  /** Adds a record whatever others add at the same time: it states what happened, and depends on no decision. */
  async state<Kind extends RolloutRecord["kind"]>(
    content: Extract<RolloutRecord, { kind: Kind }>,
  ): Promise<Stored<Kind>> {
    for (;;) {
      const added = await this.append(content);
      if (added !== undefined) return added;
      await this.read();
    }
  }

  /** Waits longer after each refusal without a conflict. S3 can refuse a write for an instant. */
  private async refused(isTaken: boolean): Promise<undefined> {
    this.refusals = isTaken ? 0 : this.refusals + 1;
    if (this.refusals === 0) return undefined;
    if (this.refusals > MOST_REFUSALS)
      throw new ExpectedError(
        `${this.store.location} refuses to add a record, although no other record was added. Nothing is started. Run the command again`,
      );
    await sleep(2 ** this.refusals * 5 * (1 + Math.random()));
    return undefined;
  }

  /** Writes a checkpoint if many records were added since the last one, so that readers need not read all of them. */
  async keepShort(many = MANY): Promise<void> {
    if (this.sinceCheckpoint < many) return;
    const before = await this.store.read(CHECKPOINT);
    const rest = { version: 1 as const, last: this.last, records: compact(this.history) };
    if (before !== undefined && this.parsedCheckpoint(before.text).last >= this.last) return;
    // If another writer was faster, its checkpoint is as good.
    await this.store.swap(CHECKPOINT, canonical({ ...rest, hash: hashOf(rest) }), before?.tag ?? null);
    this.sinceCheckpoint = 0;
  }

  private async readCheckpoint(): Promise<void> {
    const content = await this.store.read(CHECKPOINT);
    if (content === undefined) return;
    const { last, records } = this.parsedCheckpoint(content.text);
    for (const each of records) this.history.add(this.checked(CHECKPOINT, each));
    this.last = last;
  }

  private parsedCheckpoint(text: string): z.infer<typeof checkpoint> {
    const read = checkpoint.safeParse(json(text));
    if (!read.success) throw this.damaged(`${CHECKPOINT} is no checkpoint`);
    const { hash, ...rest } = read.data;
    if (hash !== hashOf(rest)) throw this.damaged(`${CHECKPOINT} was changed after it was written`);
    return read.data;
  }

  private async textOf(key: string): Promise<string> {
    const content = await this.store.read(key);
    if (content === undefined) throw this.damaged(`${key} disappeared`);
    return content.text;
  }

  private parsed(key: string, text: string): Stored {
    return this.checked(key, json(text));
  }

  private checked(key: string, value: unknown): Stored {
    const { id, ...content } = Object(value) as { readonly id?: unknown };
    const read = record.safeParse(content);
    if (!read.success)
      throw this.damaged(
        value === undefined
          ? `${key} is not complete JSON`
          : `${key} is not a record that this version of fleet supports. If a newer version wrote it, use that version`,
      );
    if (recordId(read.data) !== id) throw this.damaged(`${key} was changed after it was written`);
    return { ...read.data, id } as Stored;
  }

  private damaged(what: string): ExpectedError {
    return new ExpectedError(
      `the records of rollouts in ${this.store.location} are damaged: ${what}. Nothing is started. Restore the object from a backup or an earlier version of it`,
    );
  }
}

function keyOf(number: number): string {
  return `${RECORDS}${String(number).padStart(10, "0")}.json`;
}

function hashOf(value: object): string {
  return createHash("sha256").update(canonical(value)).digest("hex");
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
