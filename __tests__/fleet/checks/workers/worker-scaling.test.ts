import { problemsOf, SMALLEST } from "../../../support/definitions";
import { testGroup } from "../../../support/worker-problems";

describe("sizes by the clock", () => {
  const action = (rest: string, name = "night") =>
    `  - { name: ${name}, recurrence: "0 20 * * *", time_zone: Europe/Berlin${rest} }`;
  testGroup({
    none: [
      `scheduled_scaling:\n${action("")}`,
      "scheduled_scaling[night]: changes nothing: set min_size, max_size or desired_size",
    ],
    "the autoscaler's": [
      `scheduled_scaling:\n${action(", desired_size: 0")}`,
      "scheduled_scaling[night].desired_size: belongs to cluster-autoscaler while autoscaling is true, got 0: set min_size, or autoscaling: false",
    ],
    "out of order": [
      `scheduled_scaling:\n${action(", min_size: 4")}`,
      "scheduled_scaling[night].min_size: leaves at least 4 nodes and at most 3: raise the maximum, or lower the minimum",
    ],
    "at no time, nowhere": [
      `scheduled_scaling: [{ name: night, recurrence: "0 25 * * *", time_zone: Europe/Atlantis, min_size: 0 }]`,
      'scheduled_scaling[night].recurrence: must be five fields of cron, each in its range, such as 30 2 * * *, got "0 25 * * *"',
      'scheduled_scaling[night].time_zone: must be an IANA time zone, such as Europe/Berlin or Etc/UTC, got "Europe/Atlantis"',
    ],
    "at the time of another": [
      `scheduled_scaling:\n${action(", max_size: 5")}\n${action(", min_size: 0", "again")}`,
      "scheduled_scaling[again].recurrence: is the time of night too, and Auto Scaling takes one action of a group at a time: say all sizes in one, or choose another time",
    ],
    "at the time of another elsewhere": [
      `scheduled_scaling:\n${action(", max_size: 5")}\n${action(", min_size: 0", "again").replace("Berlin", "Lisbon")}`,
    ],
  });
});

describe("a group in each zone", () => {
  test("a name that is too long for it", () => {
    const name = "a".repeat(30);
    expect(
      problemsOf({ "clusters/a.example.com.yaml": `${SMALLEST}    - name: ${name}\n      per_zone: true\n` }),
    ).toEqual([
      `clusters/a.example.com.yaml:9:17 tfvars.workers[${name}].per_zone: needs a name of at most 29 characters, because each group's ends with its zone, as in ${name}-a: shorten ${name}`,
    ]);
  });

  test("a name that is taken", () => {
    expect(
      problemsOf({ "clusters/a.example.com.yaml": `${SMALLEST}      per_zone: true\n    - name: general-b\n` }),
    ).toEqual([
      "clusters/a.example.com.yaml:8:17 tfvars.workers[general].per_zone: makes a group general-b, and there is another of that name: rename one, or name zones whose last letters differ",
    ]);
  });
});
