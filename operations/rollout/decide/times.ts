import { nextStart, openAt } from "../../../fleet/rollouts/windows";
import type { History } from "../records/history";
import type { Stored } from "../records/record";
import type { RolloutCluster } from "./fleet";
import type { Waiting } from "./situation";

const HOUR = 60 * 60 * 1000;
const SOON = 4 * HOUR;
/** Maximum distance of the next window in the search. */
export const HORIZON = 400 * 24 * HOUR;

/** In this order, clusters of a wave get their turn. */
export const RANKS = ["emergency", "open", "soon", "always", "closed"] as const;

/** The time when a cluster may start. */
export interface Opening {
  readonly rank: (typeof RANKS)[number];
  /** The time when the window closes or opens; orders clusters of one rank. */
  readonly at: number;
  /** The reason why it cannot start now; undefined if it can. */
  readonly wait: Waiting | undefined;
}

/** Returns the time when a cluster may start, by its windows and freezes. */
export function openingOf(cluster: RolloutCluster, now: number, emergency: boolean): Opening {
  const windows = emergency ? [] : cluster.windows;
  const freezes = emergency ? cluster.freezes.filter(({ emergencies }) => !emergencies) : cluster.freezes;
  const start = nextStart({ windows, length: cluster.length, freezes }, { from: now, until: now + HORIZON });
  if (start === now) {
    if (emergency) return { rank: "emergency", at: now, wait: undefined };
    const open = openAt(windows, now);
    return { rank: open === undefined ? "always" : "open", at: open?.until ?? now, wait: undefined };
  }
  const frozen = freezes.find(({ from, until }) => now < until && from < now + cluster.length);
  const wait = frozen === undefined ? windowWait(cluster, now, start) : freezeWait(frozen, now, start);
  return { rank: start !== undefined && start - now <= SOON ? "soon" : "closed", at: start ?? now + HORIZON, wait };
}

function windowWait({ windows }: RolloutCluster, now: number, start: number | undefined): Waiting {
  if (start === undefined)
    return { reason: "window", why: "no window is long enough within 400 days", until: undefined };
  const why =
    openAt(windows, now) === undefined ? "its window is closed" : "its window closes before a change could end";
  return { reason: "window", why, until: start };
}

function freezeWait(
  { from, name, reason }: RolloutCluster["freezes"][number],
  now: number,
  start: number | undefined,
): Waiting {
  const begins = from > now ? ` begins at ${new Date(from).toISOString()}, before a change could end` : "";
  return { reason: "freeze", why: `freeze ${name}${begins} (${reason})`, until: start };
}

/** Returns the emergency that lets a cluster start now; undefined if there is none. */
export function activeEmergency(history: History, cluster: string, now: number): Stored<"emergency"> | undefined {
  return history
    .emergenciesOf(cluster)
    .findLast(
      ({ at, id, until }) => Date.parse(at) <= now && now < Date.parse(until) && history.liftOf(id) === undefined,
    );
}
