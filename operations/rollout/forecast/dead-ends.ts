import { nextStart } from "../../../fleet/rollouts/windows";
import { listed } from "../../../language/suggest";
import type { Decision } from "../decide/decision";
import type { RolloutCluster, RolloutFleet } from "../decide/fleet";
import { wasDeployed } from "../decide/gates";
import { isSame } from "../decide/phase";
import { HORIZON } from "../decide/times";
import type { History } from "../records/history";
import type { RolloutPlan } from "../report";
import type { Forecast } from "./forecast";

type DeadEnd = RolloutPlan["dead_ends"][number];

const DAY = 24 * 60 * 60 * 1000;

/** Reasons that a person ends, and no passing of time. At the end of a plan, a partner that keeps a cluster waiting has failed. */
const FOR_PERSONS: readonly (Decision["reason"] | null)[] = ["inconclusive", "approval", "clock", "apart"];

/**
 * Returns the dead ends of a plan: clusters without a window, clusters that change too late, clusters that start before a new peer,
 * and waves that never finish.
 */
export function deadEnds(
  fleet: RolloutFleet,
  history: History,
  now: number,
  expected: Forecast,
  until: number,
): readonly DeadEnd[] {
  return [
    ...fleet.clusters.flatMap((cluster) => withoutWindow(cluster, now)),
    ...fleet.clusters.flatMap((cluster) => tooLate(cluster, history, now, expected, until)),
    ...fleet.clusters.flatMap((cluster) => beforePeers(cluster, fleet, history, expected)),
    ...unfinishedWaves(fleet, expected, until),
  ];
}

/** Reports a cluster that cannot change any more before its Kubernetes version loses support. */
function withoutWindow({ freezes, length, name, supported, windows }: RolloutCluster, now: number): DeadEnd[] {
  const until = supported ?? now + HORIZON;
  const when =
    supported === undefined
      ? "within 400 days"
      : `before support of its Kubernetes version ends on ${dayOf(supported)}`;
  if (until <= now || nextStart({ windows, length, freezes }, { from: now, until }) !== undefined) return [];
  const base = { cluster: name, wave: null };
  if (nextStart({ windows, length, freezes: [] }, { from: now, until }) === undefined)
    return [
      {
        ...base,
        kind: "no-window",
        message: `${name} has no window ${when} in which a change could start and end. Add a window or lower expected_duration`,
      },
    ];
  const names = freezes.filter((freeze) => freeze.until > now && freeze.from < until).map((freeze) => freeze.name);
  const leave = names.length === 1 ? `freeze ${names[0]} leaves` : `the freezes ${listed(names)} leave`;
  return [
    {
      ...base,
      kind: "frozen",
      message: `${leave} ${name} no window ${when}. Shorten a freeze, or add a window between them`,
    },
  ];
}

function tooLate(
  cluster: RolloutCluster,
  history: History,
  now: number,
  { left, starts }: Forecast,
  until: number,
): DeadEnd[] {
  const { name, slaDays, target } = cluster;
  const start = starts.findLast((each) => each.cluster === name);
  const isDone = left.some((each) => each.cluster === name && each.decision === "done");
  if (slaDays === null || (start === undefined && isDone)) return [];
  const wanted = history.wantedOf(name);
  const known = wanted?.targets[name];
  const since = wanted !== undefined && known !== undefined && isSame(known, target) ? Date.parse(wanted.at) : now;
  const due = since + slaDays * DAY;
  const done = start !== undefined && isDone ? start.ends : until;
  if (done <= due) return [];
  const when = start !== undefined && isDone ? `on ${dayOf(start.ends)}` : `not before ${dayOf(until)}`;
  return [
    {
      cluster: name,
      wave: null,
      kind: "late",
      message: `${name} gets ${target.release} ${when}, but should have it by ${dayOf(due)} (sla_days: ${slaDays})`,
    },
  ];
}

/** Reports peers that a later wave creates: the deploy of the cluster before them would not find their networks. */
function beforePeers(
  { name, peers, wave }: RolloutCluster,
  { clusters, waves }: RolloutFleet,
  history: History,
  { starts }: Forecast,
): DeadEnd[] {
  if (!starts.some(({ cluster }) => cluster === name)) return [];
  const later = clusters.filter((each) => peers.includes(each.name) && each.wave > wave);
  return later
    .filter((peer) => !wasDeployed(peer.name, history))
    .map((peer) => {
      const [own = "", its = ""] = [waves[wave]?.name, waves[peer.wave]?.name];
      const cure = `Move ${peer.name} to wave ${own}, where it goes first, or start it first with fleet rollout next ${peer.name} --emergency`;
      const message = `${name} in wave ${own} is peered with ${peer.name} in the later wave ${its}, which no record shows as deployed. If its network does not exist yet, the deploy of ${name} fails. ${cure}`;
      return { kind: "peer", cluster: name, wave: null, message };
    });
}

/** Reports waves that time alone does not finish. A wave that waits for a person is not a dead end. */
function unfinishedWaves(fleet: RolloutFleet, { left }: Forecast, until: number): DeadEnd[] {
  const waits = left.filter(
    ({ decision, reason }) => decision === "go" || (decision === "wait" && !FOR_PERSONS.includes(reason)),
  );
  return fleet.waves.flatMap(({ atOnce, name }): DeadEnd[] => {
    const own = waits.filter((each) => each.wave === name && each.reason !== "waves" && each.reason !== "soak");
    if (own.length === 0) return [];
    const names = listed(
      own.map(({ cluster }) => cluster),
      3,
    );
    const frozen = own.find(({ reason }) => reason === "freeze");
    const rest =
      frozen === undefined
        ? `. Raise max_at_once (${atOnce}), or add windows`
        : `, because of ${frozen.why}. Shorten the freeze`;
    const message = `wave ${name} does not finish by ${dayOf(until)}: ${names} ${own.length === 1 ? "is" : "are"} left${rest}`;
    return [{ kind: "wave", cluster: null, wave: name, message }];
  });
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
