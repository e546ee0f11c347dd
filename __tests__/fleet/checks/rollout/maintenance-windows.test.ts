import { testReports } from "../../../support/definition";

const windows = (schedule: string, duration: string, zone = "Europe/Brussels") => ({
  rollout: `windows:\n  - { schedule: "${schedule}", time_zone: ${zone}, duration: ${duration} }\nexpected_duration: 2h\n`,
});
const WINDOW = "tfvars.rollout.windows[0]";

testReports({
  "accepts a window as long as a change": { ...windows("0 22 * * 1-4", "2h"), reports: [] },
  "refuses a window that is shorter than a change": {
    ...windows("0 22 * * 1-4", "119m"),
    reports: [
      `10:75 ${WINDOW}.duration: must be at least expected_duration (2h), but is 119m, so that no change could start in the window. Lengthen the window or lower tfvars.rollout.expected_duration`,
    ],
  },
  "accepts a window that is open all the time": { ...windows("0 0 * * *", "24h"), reports: [] },
  "refuses a window that opens again before it closes": {
    ...windows("0 22 * * *", "24h1m"),
    reports: [
      `10:73 ${WINDOW}.duration: must be at most 24h, after which the window opens again, but is 24h1m. Shorten the window, or let it open less often`,
    ],
  },
  "refuses a window that opens twice in one night": {
    ...windows("30 20,22 * * 6", "3h"),
    reports: [
      `10:77 ${WINDOW}.duration: must be at most 2h, after which the window opens again, but is 3h. Shorten the window, or let it open less often`,
    ],
  },
  "refuses a window on a day that does not exist": {
    ...windows("0 0 30 2 *", "2h"),
    reports: [`10:21 ${WINDOW}.schedule: must name a date that exists, or it never runs, got "0 0 30 2 *"`],
  },
  "refuses a change that takes no time": {
    rollout: "expected_duration: 0s\n",
    reports: ['9:24 tfvars.rollout.expected_duration: must be a duration from 1m to 168h, got "0s"'],
  },
  "accepts a window on 29 February": { ...windows("0 0 29 2 *", "2h"), reports: [] },
  "refuses a schedule in another dialect": {
    ...windows("0 22 * * 7", "2h"),
    reports: [
      `10:21 ${WINDOW}.schedule: must be plain cron: Sunday is 0 and does not end a range, and L, W, #, ? and + are not supported, got "0 22 * * 7"`,
    ],
  },
  "refuses an offset as a time zone": {
    ...windows("0 22 * * *", "2h", "+02:00"),
    reports: [`10:46 ${WINDOW}.time_zone: must be an IANA time zone, such as Europe/Berlin or Etc/UTC, got "+02:00"`],
  },
});
