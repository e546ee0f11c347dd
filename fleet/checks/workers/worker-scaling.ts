import type { Worker } from "../../model/cluster";
import { zonesOf } from "../../network/zones";
import { nodeGroups, zonalName } from "../../nodes/node-groups";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import type { Check, Finding } from "../../rules/finding";

const PATH = "scheduled_scaling";

type Action = Worker["scheduled_scaling"][number];

const schedules: WorkerRule = (worker) => {
  const names = worker.scheduled_scaling.map(({ name }) => name);
  return worker.scheduled_scaling.flatMap((action, index) => {
    const path = [PATH, index];
    return [
      ...(names.indexOf(action.name) < index
        ? [
            {
              path: [...path, "name"],
              message: `is the second action ${action.name} of the group: name each otherwise`,
            },
          ]
        : []),
      ...sameTime(worker.scheduled_scaling.slice(0, index), action).map((finding) => ({
        ...finding,
        path: [...path, ...finding.path],
      })),
      ...actionSizes(worker, action).map((finding) => ({ ...finding, path: [...path, ...finding.path] })),
    ];
  });
};

/** Auto Scaling takes one action of a group at a time, and refuses the second: its guide to scheduled scaling. */
function sameTime(before: readonly Action[], { name, recurrence, time_zone }: Action): Finding[] {
  const fields = (text: string) => text.trim().replaceAll(/\s+/g, " ");
  const other = before.find(
    (each) => fields(each.recurrence) === fields(recurrence) && each.time_zone === time_zone && each.name !== name,
  );
  if (other === undefined) return [];
  const message = `is the time of ${other.name} too, and Auto Scaling takes one action of a group at a time: say all sizes in one, or choose another time`;
  return [{ path: ["recurrence"], message }];
}

function actionSizes(worker: Worker, { min_size, max_size, desired_size }: Action): Finding[] {
  if (min_size === undefined && max_size === undefined && desired_size === undefined) {
    return [{ path: [], message: "changes nothing: set min_size, max_size or desired_size" }];
  }
  if (desired_size !== undefined && worker.autoscaling) {
    const message = `belongs to cluster-autoscaler while autoscaling is true, got ${desired_size}: set min_size, or autoscaling: false`;
    return [{ path: ["desired_size"], given: [["autoscaling"]], message }];
  }
  const owned = (size: "min_size" | "max_size") => worker.scheduled_scaling.some((each) => each[size] !== undefined);
  // What another action may have set is not known here; what none sets is the group's own.
  const most = max_size ?? (owned("max_size") ? undefined : worker.max_size);
  const least = min_size ?? (owned("min_size") ? undefined : worker.min_size);
  const given = [["min_size"], ["max_size"]];
  if (least !== undefined && most !== undefined && least > most) {
    const path = min_size === undefined ? ["max_size"] : ["min_size"];
    return [
      {
        path,
        given,
        message: `leaves at least ${least} nodes and at most ${most}: raise the maximum, or lower the minimum`,
      },
    ];
  }
  if (desired_size !== undefined && (desired_size < (least ?? 0) || desired_size > (most ?? desired_size))) {
    return [
      {
        path: ["desired_size"],
        given,
        message: `must be between ${least ?? 0} and ${most ?? "the maximum"}, got ${desired_size}`,
      },
    ];
  }
  return [];
}

/** Names of groups are at most 31 characters, and a zone's letter takes two of them. */
const LONGEST_ZONAL = 29;

/** One group in each zone needs names that differ from each other and from those of the other groups. */
export const checkPerZone: Check = (subject) => {
  const { workers } = subject.definition.tfvars;
  const zones = zonesOf(subject);
  const names = workers.flatMap((worker) => nodeGroups(worker, zones).map(({ name }) => name));
  return workers.flatMap((worker, index): Finding[] => {
    if (!worker.per_zone) return [];
    const path = ["tfvars", "workers", index, "per_zone"];
    if (worker.name.length > LONGEST_ZONAL) {
      const message = `needs a name of at most ${LONGEST_ZONAL} characters, because each group's ends with its zone, as in ${zonalName(worker.name, "a")}: shorten ${worker.name}`;
      return [{ path, given: [["tfvars", "workers", index, "name"]], message }];
    }
    const twice = nodeGroups(worker, zones).find(({ name }) => names.indexOf(name) !== names.lastIndexOf(name));
    if (twice === undefined) return [];
    const message = `makes a group ${twice.name}, and there is another of that name: rename one, or name zones whose last letters differ`;
    return [{ path, given: [["tfvars", "workers", index, "availability_zones"]], message }];
  });
};

/** Sizes by the clock can be, and say when. */
export const checkSchedules = eachWorker([schedules]);
