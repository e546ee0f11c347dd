import { claim } from "../../../../operations/rollout/claim";
import { decide } from "../../../../operations/rollout/decide/decide";
import { compact } from "../../../../operations/rollout/records/compact";
import { History } from "../../../../operations/rollout/records/history";
import { RecordLog } from "../../../../operations/rollout/stores/record-log";

/** The code that the simulation runs: the program's own, or the same with a mistake in it. */
export interface Program {
  readonly claim: typeof claim;
  readonly compact: typeof compact;
  readonly decide: typeof decide;
  readonly History: typeof History;
  readonly RecordLog: typeof RecordLog;
}

export const PROGRAM: Program = { claim, compact, decide, History, RecordLog };
