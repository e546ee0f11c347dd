import { type KubernetesMinor, kubernetesMinor } from "../../../language/words/kubernetes-minor";
import { rollbackOf, supportOf } from "../../../operations/upgrade/support";

const dates = { "1.35": { standard_until: "2027-03-27", extended_until: "2028-03-27" } };
const v35 = kubernetesMinor("1.35") as KubernetesMinor;

test.each([
  ["2027-03-26", 1, 367],
  ["2027-03-27", 0, 366],
  ["2027-03-28", -1, 365],
])("on %s, %i days of standard support and %i of extended support are left", (today, standard_days, extended_days) => {
  expect(supportOf(v35, dates, today)).toEqual([
    { minor: "1.35", standard_until: "2027-03-27", standard_days, extended_until: "2028-03-27", extended_days },
  ]);
});

test("a version without dates has no days", () => {
  expect(supportOf(kubernetesMinor("1.99") as KubernetesMinor, dates, "2027-01-01")).toEqual([]);
});

const rollback = (today: string, policy: "EXTENDED" | "STANDARD" = "STANDARD") =>
  rollbackOf({ from: v35, dates, policy, today, first: ["nodes"] });

test("a rollback is possible until 7 days after the upgrade, across the end of a month and a leap day", () => {
  expect(rollback("2026-11-28")).toEqual({ possible: true, reason: null, last_day: "2026-12-05", first: ["nodes"] });
  expect(rollback("2028-02-25", "EXTENDED").last_day).toBe("2028-03-03");
});

test("a rollback ends with the support that the upgrade policy pays for", () => {
  expect(rollback("2027-03-25").last_day).toBe("2027-03-27");
  expect(rollback("2027-03-25", "EXTENDED").last_day).toBe("2027-04-01");
  expect(rollback("2028-03-25", "EXTENDED").last_day).toBe("2028-03-27");
});

test("a version on its last day of standard support can be rolled back to, and on the next only with EXTENDED", () => {
  expect(rollback("2027-03-27").possible).toBe(true);
  expect(rollback("2027-03-28")).toEqual({
    possible: false,
    reason: "Kubernetes 1.35 is in extended support since 2027-03-27, which requires upgrade_policy: EXTENDED",
    last_day: null,
    first: [],
  });
  expect(rollback("2027-03-28", "EXTENDED").possible).toBe(true);
});

test("a version without support cannot be rolled back to", () => {
  expect(rollback("2028-03-27", "EXTENDED").possible).toBe(true);
  expect(rollback("2028-03-28", "EXTENDED").reason).toBe("support of Kubernetes 1.35 ended on 2028-03-27");
});
