import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { canonical, type RecordOf, type RolloutRecord, stored } from "../operations/rollout/records/record";
import { FileStore } from "../operations/rollout/stores/file-store";
import { RecordLog } from "../operations/rollout/stores/record-log";

/** Changes that every cluster had in the year. */
const CHANGES = 26;
const DAY = 24 * 60 * 60 * 1000;

/**
 * Writes the records of a year: of each cluster every change, its end, and what was observed. The last hundred came after the last
 * checkpoint, as runners leave it.
 */
export async function writeYear(directory: string, clusters: readonly string[]): Promise<void> {
  mkdirSync(join(directory, "records"), { recursive: true });
  let number = 0;
  const write = <Kind extends RolloutRecord["kind"]>(content: RecordOf<Kind>): string => {
    const { id } = stored<Kind>(content);
    number += 1;
    writeFileSync(
      join(directory, "records", `${String(number).padStart(10, "0")}.json`),
      canonical({ ...content, id }),
    );
    return id;
  };
  const begin = Date.now() - 365 * DAY;
  const total = CHANGES * clusters.length;
  const checkpointAt = total - 30;
  for (let index = 0; index < total; index += 1) {
    if (index === checkpointAt) await checkpoint(directory);
    const cluster = clusters[index % clusters.length] ?? "";
    const change = Math.floor(index / clusters.length) + 1;
    const at = (minutes: number): string =>
      new Date(begin + (index / total) * 364 * DAY + minutes * 60_000).toISOString();
    const common = { version: 1, commit: "0".repeat(40) } as const;
    const target = { release: `2026.${change}`, digest: change.toString(16).padStart(64, "0") };
    const rest = {
      cluster,
      number: change,
      wave: "all",
      target,
      runner: `job-${index}`,
      lease_until: at(90),
      emergency: null,
    };
    const attempt = write<"started">({ ...common, kind: "started", at: at(0), ...rest, nonce: String(index) });
    const base = { ...common, cluster, attempt, by: `job-${index}` };
    write<"ended">({ ...base, kind: "ended", at: at(0), result: "succeeded", detail: "", plan: null });
    const checks = [{ name: "nodes", health: "healthy" as const, seen: "12 nodes are ready", seconds: 1 }];
    write<"observed">({ ...base, kind: "observed", at: at(0), health: "healthy", checks });
  }
}

async function checkpoint(directory: string): Promise<void> {
  const log = new RecordLog(new FileStore(directory));
  await log.read();
  await log.keepShort(1);
}
