import { compareText } from "../../../language/problem";
import { isBusy, type Known, type Situation, type Waiting } from "./situation";
import { type Opening, RANKS } from "./times";

/** A cluster that needs a change and whose windows, freezes and earlier waves let it start now or soon. */
export interface Candidate {
  readonly known: Known;
  readonly opening: Opening;
  readonly emergency: string | null;
}

interface Turn {
  readonly candidate: Candidate;
  /** Undefined if it may start now. */
  readonly wait: Waiting | undefined;
}

/**
 * Shares the places of each wave among its candidates: those whose window is open now come first, then those whose window opens soon, for which places are kept free, then those without a window.
 */
export function inTurn(candidates: readonly Candidate[], { fleet, known, now }: Situation): readonly Turn[] {
  const free = fleet.waves.map(({ atOnce }) => atOnce);
  for (const each of known) if (isBusy(each)) free[each.cluster.wave] = (free[each.cluster.wave] ?? 0) - 1;
  const chosen = new Set<string>();
  /** Times when reserved places are needed, by wave. */
  const kept = new Map<number, number[]>();
  return [...candidates].sort(inOrder).map((candidate): Turn => {
    const { cluster } = candidate.known;
    const places = free[cluster.wave] ?? 0;
    const later = kept.get(cluster.wave) ?? [];
    if (candidate.opening.wait !== undefined) {
      kept.set(cluster.wave, [...later, candidate.opening.at]);
      return { candidate, wait: candidate.opening.wait };
    }
    const needed = later.filter((at) => at < now + cluster.length);
    if (places <= (candidate.opening.rank === "always" ? needed.length : 0))
      return {
        candidate,
        wait: turnWait(fleet.waves[cluster.wave]?.name ?? "", fleet.waves[cluster.wave]?.atOnce ?? 0, needed),
      };
    const partner = [...cluster.apart.keys()].find((name) => chosen.has(name));
    if (partner !== undefined) {
      const why = `${partner} goes first, and ${cluster.apart.get(partner)} lets only one of them change`;
      return { candidate, wait: { reason: "apart", why, until: undefined } };
    }
    chosen.add(cluster.name);
    free[cluster.wave] = places - 1;
    return { candidate, wait: undefined };
  });
}

function turnWait(wave: string, atOnce: number, needed: readonly number[]): Waiting {
  const limit = `${atOnce === 1 ? "1 cluster" : `${atOnce} clusters`} of wave ${wave} may change at once`;
  if (needed.length === 0) return { reason: "turn", why: limit, until: undefined };
  return {
    reason: "turn",
    why: `${limit}, and a cluster whose window opens soon goes first`,
    until: Math.min(...needed),
  };
}

function inOrder(a: Candidate, b: Candidate): number {
  return (
    RANKS.indexOf(a.opening.rank) - RANKS.indexOf(b.opening.rank) ||
    a.opening.at - b.opening.at ||
    compareText(a.known.cluster.name, b.known.cluster.name)
  );
}
