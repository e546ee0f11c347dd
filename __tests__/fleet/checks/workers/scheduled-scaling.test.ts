import { testGroup } from "../../../support/worker-problems";

const action = (rest = "", name = "night", zone = "Europe/Berlin"): string =>
  `{ name: ${name}, recurrence: "0 20 * * *", time_zone: ${zone}${rest} }`;
const schedule = (...actions: readonly string[]): string =>
  ["scheduled_scaling:", ...actions.map((each) => `  - ${each}`)].join("\n");
const NIGHT = "scheduled_scaling[night]";

testGroup({
  "refuses an action that changes nothing": [
    schedule(action()),
    `${NIGHT}: changes nothing. Set min_size, max_size or desired_size`,
  ],
  "refuses a desired size where cluster-autoscaler sets it": [
    schedule(action(", desired_size: 0")),
    `${NIGHT}.desired_size: conflicts with cluster-autoscaler, which sets the size. Set min_size instead, or autoscaling: false`,
  ],
  "refuses a minimum above the group's maximum": [
    schedule(action(", min_size: 4")),
    `${NIGHT}.min_size: leaves a minimum of 4 above a maximum of 3. Raise max_size or lower min_size`,
  ],
  "accepts a minimum that equals the group's maximum": [schedule(action(", min_size: 3"))],
  "refuses a maximum below the group's minimum": [
    `min_size: 2\n${schedule(action(", max_size: 1"))}`,
    `${NIGHT}.max_size: leaves a minimum of 2 above a maximum of 1. Raise max_size or lower min_size`,
  ],
  "accepts a minimum above the group's maximum where another action raises that": [
    schedule(action(", min_size: 4"), action(", max_size: 5", "day", "Europe/Lisbon")),
  ],
  "refuses a desired size outside the bounds": [
    `autoscaling: false\n${schedule(action(", desired_size: 4"))}`,
    `${NIGHT}.desired_size: must be between 1 and 3, but is 4`,
  ],
  "reports bounds in the wrong order alone, not also the desired size": [
    `autoscaling: false\n${schedule(action(", min_size: 3, max_size: 2, desired_size: 4"))}`,
    `${NIGHT}.min_size: leaves a minimum of 3 above a maximum of 2. Raise max_size or lower min_size`,
  ],
  "accepts a desired size at the bound": [`autoscaling: false\n${schedule(action(", desired_size: 3"))}`],
  "refuses a time and a time zone that do not exist": [
    'scheduled_scaling: [{ name: night, recurrence: "0 25 * * *", time_zone: Europe/Atlantis, min_size: 0 }]',
    `${NIGHT}.recurrence: must be five fields of cron, each in its range, such as 30 2 * * *, got "0 25 * * *"`,
    `${NIGHT}.time_zone: must be an IANA time zone, such as Europe/Berlin or Etc/UTC, got "Europe/Atlantis"`,
  ],
  "refuses 2 actions at one time": [
    schedule(action(", max_size: 5"), action(", min_size: 0", "again")),
    "scheduled_scaling[again].recurrence: is also the time of night, but Auto Scaling runs one action of a group at a time. Set all sizes in one action or choose another time",
  ],
  "accepts 2 actions at one time in different time zones": [
    schedule(action(", max_size: 5"), action(", min_size: 0", "again", "Europe/Lisbon")),
  ],
});
