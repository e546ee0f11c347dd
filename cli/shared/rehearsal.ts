import { terraformName } from "../../offline/binary";
import { differs, type Prepared, prepareRehearsals } from "../../operations/rehearse/prepare";
import { rehearse } from "../../operations/rehearse/rehearse";
import type { RehearsalReport } from "../../operations/rehearse/report";
import { withWorkFolder } from "../../operations/rehearse/work-folder";
import { shippedDirectory } from "./definitions";
import { untilInterrupted } from "./interrupt";
import { programPath } from "./program-root";
import { step } from "./step";
import { terraformVersion } from "./terraform-version";

export interface RehearsalRequest {
  readonly directory: string;
  /** The commit whose stacks are applied first; undefined for the merge base with the main branch, null for none. */
  readonly ref: string | undefined | null;
  /** Names or globs of clusters; undefined for every cluster. */
  readonly select: string | undefined;
  readonly today: string;
  /** Rehearse only clusters that differ from the base, and at most this many; undefined for every selected cluster. */
  readonly limit: number | undefined;
}

/** Rehearses clusters, with progress on stderr. Ctrl-C stops Terraform. */
export function rehearseClusters({ directory, limit, ref, select, today }: RehearsalRequest): Promise<RehearsalReport> {
  terraformVersion(); // an error now, and not after both versions are synthesized
  const rehearseIn = async (work: string, signal: AbortSignal): Promise<RehearsalReport> => {
    const prepared = await step(ref === null ? "synthesize" : "synthesize both versions", () =>
      prepareRehearsals({
        program: programPath("."),
        directory,
        shipped: shippedDirectory(),
        ref,
        select,
        today,
        work,
      }),
    );
    const { chosen, left } = choose(prepared, limit);
    return {
      version: 1,
      base: prepared.base?.commit ?? null,
      terraform: terraformName(),
      clusters: [...(await rehearse(chosen, { work, signal, step }))],
      not_rehearsed: left,
    };
  };
  return untilInterrupted((signal) => withWorkFolder((work) => rehearseIn(work, signal)));
}

function choose({ rehearsals }: Prepared, limit: number | undefined) {
  const chosen = limit === undefined ? rehearsals : rehearsals.filter(differs);
  const most = limit ?? chosen.length;
  return { chosen: chosen.slice(0, most), left: chosen.slice(most).map(({ cluster }) => cluster) };
}

/** True if every cluster was applied, and a second plan would do nothing. */
export function isClean({ clusters }: RehearsalReport): boolean {
  return clusters.every(({ failed, stacks }) => failed === null && stacks.every(({ left }) => left.length === 0));
}
