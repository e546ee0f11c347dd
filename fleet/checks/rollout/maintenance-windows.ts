import { milliseconds, shortestPause } from "../../../language/words/schedules";
import { eachItem } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";

type Window = { readonly schedule: string; readonly duration: string };

/** Reports maintenance windows in which no change can start, and windows that open again before they close. */
export const checkMaintenanceWindows: Check = ({ definition }) => {
  const { rollout } = definition.tfvars;
  return eachItem(["tfvars", "rollout", "windows"], rollout.windows, [
    ({ duration }) => tooShort(duration, rollout.expected_duration),
    recurrence,
  ]);
};

function tooShort(duration: string, expected: string): Finding[] {
  if (milliseconds(duration) >= milliseconds(expected)) return [];
  const message = `must be at least expected_duration (${expected}), but is ${duration}, so that no change could start in the window. Lengthen the window or lower tfvars.rollout.expected_duration`;
  return [{ path: ["duration"], message, against: [["tfvars", "rollout", "expected_duration"]] }];
}

function recurrence({ duration, schedule }: Window): Finding[] {
  const pause = shortestPause(schedule);
  if (pause === undefined || milliseconds(duration) <= pause) return [];
  const message = `must be at most ${inWords(pause)}, after which the window opens again, but is ${duration}. Shorten the window, or let it open less often`;
  return [{ path: ["duration"], message, against: [["schedule"]] }];
}

/** Returns a duration as definitions write it. */
function inWords(length: number): string {
  const minutes = length / 60_000;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `${hours > 0 ? `${hours}h` : ""}${rest > 0 || hours === 0 ? `${rest}m` : ""}`;
}
