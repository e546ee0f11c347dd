import type { RolloutCluster, RolloutFleet, RolloutWave } from "../../../../operations/rollout/decide/fleet";
import { cronOf, DAY, type DailyWindow, HOUR } from "./local-time";
import type { Random } from "./random";

/** A cluster of the simulated world, with what the promises are judged by. */
export interface SimulatedCluster {
  readonly cluster: Omit<RolloutCluster, "target">;
  readonly windows: readonly DailyWindow[];
  readonly channel: "insiders" | "stable";
}

export interface World {
  readonly waves: readonly RolloutWave[];
  readonly clusters: readonly SimulatedCluster[];
  readonly leaseMargin: number;
  readonly begin: number;
  readonly end: number;
}

/** Zones with summer time, in both halves of the Earth, one of which moves its clocks by half an hour. */
const ZONES = [
  "Europe/Brussels",
  "America/New_York",
  "America/Santiago",
  "Australia/Sydney",
  "Australia/Lord_Howe",
  "Pacific/Auckland",
];

const WEEK = [0, 1, 2, 3, 4, 5, 6];

/** Windows of which some are at times that clocks skip or show twice. */
const SHAPES: readonly Omit<DailyWindow, "zone">[] = [
  { hour: 22, minute: 0, days: [1, 2, 3, 4], hours: 6 },
  { hour: 2, minute: 0, days: WEEK, hours: 4 },
  { hour: 2, minute: 30, days: WEEK, hours: 3 },
  { hour: 1, minute: 0, days: [6, 0], hours: 8 },
  { hour: 0, minute: 30, days: [1, 3, 5], hours: 5 },
];

const wave = (name: string, soak: number, atOnce: number, tolerated = 0, approval = false): RolloutWave => ({
  ...{ name, soak: soak * HOUR, atOnce, tolerated, approval },
  healthy: ["nodes"],
});

/** Returns a fleet of a size, in five waves, for a time. */
export function worldOf(size: number, days: number, random: Random): World {
  const begin = Date.parse("2026-10-01T00:00:00Z");
  const end = begin + days * DAY;
  const names = Array.from({ length: size }, (_, index) => `c${String(index).padStart(3, "0")}.example.com`);
  const waves = [
    wave("insiders", 12, 3),
    wave("early", 24, 4, 1),
    wave("quiet", 24, 1),
    wave("main", 36, Math.max(2, Math.round(size * 0.1)), 2),
    wave("last", 48, Math.max(2, Math.round(size * 0.03)), 0, true),
  ];
  const shares = [0.08, 0.22, 0.28, 0.75, 1];
  const freezes = freezesOf(begin, days, random);
  const clusters = names.map((name, index): SimulatedCluster => {
    const place = index / size;
    const own = shares.findIndex((share) => place < share);
    // A cluster and its standby are in one zone, so that both could start at the same moment.
    const zone = ZONES[(index % 5 === 1 ? index - 1 : index) % ZONES.length] ?? "Europe/Brussels";
    const shapes = random.chance(0.2)
      ? []
      : [random.pick(SHAPES), ...(random.chance(0.2) ? [SHAPES[1] as (typeof SHAPES)[1]] : [])];
    const windows = [...new Set(shapes)].map((shape) => ({ ...shape, zone }));
    // Every fifth cluster has a standby, which must not change with it. Some are in another wave.
    const partner = index % 5 === 0 ? names[(index + 1) % size] : index % 5 === 1 ? names[index - 1] : undefined;
    return {
      channel: own === 0 ? "insiders" : "stable",
      windows,
      cluster: {
        name,
        wave: own,
        windows: windows.map((each) => ({ schedule: cronOf(each), time_zone: each.zone, duration: `${each.hours}h` })),
        length: random.pick([0.5, 1, 1.5, 2]) * HOUR,
        freezes: freezes.filter(() => random.chance(0.7)),
        apart: partner === undefined || partner === name ? new Map() : new Map([[partner, "standby"]]),
        peers: [],
        slaDays: null,
        supported: undefined,
        gateless: undefined,
      },
    };
  });
  return { waves, clusters, leaseMargin: 0.5 * HOUR, begin, end };
}

/** A freeze lasts some hours and begins every two days. Every second freeze lets emergencies through. */
function freezesOf(begin: number, days: number, random: Random): RolloutCluster["freezes"] {
  return Array.from({ length: Math.max(1, Math.floor(days / 2)) }, (_, index) => {
    const from = begin + index * 2 * DAY + random.below(36) * HOUR;
    const until = from + (2 + random.below(9)) * HOUR;
    return { from, until, name: `freeze-${index}`, reason: "quiet days", emergencies: index % 2 === 0 };
  });
}

/** Returns the fleet with the targets of a moment. */
export function fleetAt(
  { clusters, leaseMargin, waves }: World,
  targets: ReadonlyMap<string, RolloutCluster["target"]>,
): RolloutFleet {
  return {
    waves,
    leaseMargin,
    held: [],
    clusters: clusters.map(({ cluster }) => ({
      ...cluster,
      target: targets.get(cluster.name) ?? { release: "none", digest: "0" },
    })),
  };
}
