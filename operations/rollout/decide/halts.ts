import { listed } from "../../../language/suggest";
import type { Situation } from "./situation";

const halts = new WeakMap<Situation, readonly (string | undefined)[]>();

/** Returns why a wave is halted, by itself or by an earlier one; undefined if it is not. */
export function haltOf(wave: number, situation: Situation): string | undefined {
  const known = halts.get(situation) ?? everyHalt(situation);
  halts.set(situation, known);
  return known.slice(0, wave + 1).find((halt) => halt !== undefined);
}

function everyHalt({ fleet, history, known }: Situation): readonly (string | undefined)[] {
  const byHand = history.openHalts();
  const failed = fleet.waves.map((): string[] => []);
  for (const { cluster, phase } of known) if (phase.phase === "failed") failed[cluster.wave]?.push(cluster.name);
  return fleet.waves.map(({ name, tolerated }, index) => {
    const halted = byHand.find(({ wave }) => wave === null || wave === name);
    if (halted !== undefined)
      return `${halted.who} halted ${halted.wave === null ? "all waves" : `wave ${name}`} at ${halted.at}: ${halted.reason}`;
    const names = failed[index] ?? [];
    if (names.length <= tolerated) return undefined;
    const limit = tolerated === 0 ? "" : ` (${tolerated} tolerated)`;
    return `wave ${name} is halted, because ${listed(names, 3)} failed${limit}. A person must resume it`;
  });
}
