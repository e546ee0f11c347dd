import { sharedTwice } from "../../../language/twice";
import type { Worker } from "../../model/cluster";
import { eachItem } from "../../rules/each-item";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import type { Finding } from "../../rules/finding";

const PATH = ["scheduled_scaling"];

type Action = Worker["scheduled_scaling"][number];

/** Auto Scaling refuses a second action of a group at the same time (its user guide, scheduled scaling). */
const times: WorkerRule = ({ scheduled_scaling }) =>
  sharedTwice(
    scheduled_scaling,
    ({ recurrence, time_zone }) => `${recurrence.trim().replaceAll(/\s+/g, " ")} ${time_zone}`,
    PATH,
    "recurrence",
    (_, first) =>
      `is also the time of ${first}, but Auto Scaling runs one action of a group at a time. Set all sizes in one action or choose another time`,
  );

const ofEachAction =
  (rule: (action: Action, worker: Worker) => Finding[]): WorkerRule =>
  (worker) =>
    eachItem(PATH, worker.scheduled_scaling, [(action) => rule(action, worker)]);

const change = ofEachAction(({ min_size, max_size, desired_size }) =>
  min_size === undefined && max_size === undefined && desired_size === undefined
    ? [{ path: [], message: "changes nothing. Set min_size, max_size or desired_size" }]
    : [],
);

const autoscaled = ofEachAction(({ desired_size }, { autoscaling }) => {
  if (desired_size === undefined || !autoscaling) return [];
  const message = "conflicts with cluster-autoscaler, which sets the size. Set min_size instead, or autoscaling: false";
  return [{ path: ["desired_size"], message }];
});

/** Returns the bounds of a group after an action. Another action can set what this one leaves out: then it is undefined. */
function bounds(
  { min_size, max_size }: Action,
  worker: Worker,
): { least: number | undefined; most: number | undefined } {
  const others = (size: "min_size" | "max_size") => worker.scheduled_scaling.some((each) => each[size] !== undefined);
  return {
    least: min_size ?? (others("min_size") ? undefined : worker.min_size),
    most: max_size ?? (others("max_size") ? undefined : worker.max_size),
  };
}

const order = ofEachAction((action, worker) => {
  if (action.min_size === undefined && action.max_size === undefined) return [];
  const { least, most } = bounds(action, worker);
  if (least === undefined || most === undefined || least <= most) return [];
  const path = [action.min_size === undefined ? "max_size" : "min_size"];
  return [
    { path, message: `leaves a minimum of ${least} above a maximum of ${most}. Raise max_size or lower min_size` },
  ];
});

const desired = ofEachAction((action, worker) => {
  const { desired_size } = action;
  if (desired_size === undefined || worker.autoscaling) return [];
  const { least = 0, most = Number.POSITIVE_INFINITY } = bounds(action, worker);
  if (least > most || (desired_size >= least && desired_size <= most)) return [];
  const range = most === Number.POSITIVE_INFINITY ? `at least ${least}` : `between ${least} and ${most}`;
  return [{ path: ["desired_size"], message: `must be ${range}, but is ${desired_size}` }];
});

/** A group that an action ends and no other starts again stays empty. */
const neverAgain: WorkerRule = ({ autoscaling, scheduled_scaling }) => {
  const keys = autoscaling ? (["max_size"] as const) : (["max_size", "desired_size"] as const);
  return keys.flatMap((key): Finding[] => {
    const ends = scheduled_scaling.findIndex((each) => each[key] === 0);
    if (
      ends < 0 ||
      scheduled_scaling.some((each) => (each[key] ?? 0) > 0 || (key === "desired_size" && (each.min_size ?? 0) > 0))
    )
      return [];
    const message = "removes all nodes of the group, and no other action starts them again. Add an action that does";
    return [{ path: [...PATH, ends, key], message, severity: "warning" }];
  });
};

/** Scheduled sizes are possible, each at a time of its own. */
export const checkSchedules = eachWorker([times, change, autoscaled, order, desired, neverAgain]);
