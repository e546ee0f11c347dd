/** A lock of a state, with its owner. */
export interface StateLock {
  readonly id: string;
  readonly who: string;
  /** Such as `OperationTypeApply`. */
  readonly operation: string;
  /** RFC 3339; undefined if Terraform's text has no time that can be read. */
  readonly created: string | undefined;
}

const MARK = "Error acquiring the state lock";

/** Reads the owner of a lock from the words with which Terraform fails; undefined if it failed for another reason. */
export function stateLockOf(text: string): StateLock | undefined {
  if (!text.includes(MARK)) return undefined;
  // In a terminal, each line begins with a bar.
  const lines = text.split("\n").map((line) => line.replace(/^[\s│|]+/, ""));
  const field = (name: string): string | undefined => {
    const line = lines.find((each) => each.startsWith(`${name}:`));
    return line?.slice(name.length + 1).trim() || undefined;
  };
  const id = field("ID");
  if (id === undefined) return undefined;
  return {
    id,
    who: field("Who") ?? "unknown",
    operation: field("Operation") ?? "unknown",
    created: timeOf(field("Created")),
  };
}

/** Go prints `2026-11-30 02:00:00.123456789 +0000 UTC`. */
function timeOf(text: string | undefined): string | undefined {
  const found = text?.match(/^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.\d{1,9})? \+0000 UTC/);
  return found ? `${found[1]}T${found[2]}Z` : undefined;
}

/** Returns the message about a lock held by another process. */
export function lockMessage({ created, id, operation, who }: StateLock, now: Date): string {
  const age = created === undefined ? "" : `, for ${ageOf(now.getTime() - new Date(created).getTime())}`;
  return `the state is locked by ${who} (${operation}, lock ${id})${age}. If that run is alive, wait for it. If it died, read docs/operations/locks.md before you unlock`;
}

function ageOf(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 120) return `${minutes} minutes`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} hours` : `${Math.floor(minutes / 60 / 24)} days`;
}
