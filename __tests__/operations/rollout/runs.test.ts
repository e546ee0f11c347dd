import type { Decision } from "../../../operations/rollout/decide/decision";
import { History } from "../../../operations/rollout/records/history";
import { type RecordOf, type RolloutRecord, type Stored, stored } from "../../../operations/rollout/records/record";
import { runsOf } from "../../../operations/rollout/runs";

const at = (hour: number): string => `2026-11-30T${String(hour).padStart(2, "0")}:00:00.000Z`;
const add = <Kind extends RolloutRecord["kind"]>(record: RecordOf<Kind>): Stored<Kind> => stored<Kind>(record);
const target = { release: "2026.12", digest: "a".repeat(64) };
const started = (number: number, hour: number): Stored<"started"> =>
  add<"started">({
    ...{ version: 1, kind: "started", at: at(hour), commit: null, cluster: "a", number, wave: "first", target },
    ...{ runner: `https://ci.example/${number}`, lease_until: at(hour + 2), emergency: null, nonce: "n" },
  });
const ended = ({ id }: Stored<"started">, hour: number, result: "failed" | "succeeded", detail = ""): Stored<"ended"> =>
  add<"ended">({
    ...{ version: 1, kind: "ended", at: at(hour), commit: null, cluster: "a", attempt: id, by: "job" },
    ...{ result, detail, plan: null },
  });
const observed = ({ id }: Stored<"started">, hour: number, health: "healthy" | "unhealthy"): Stored<"observed"> =>
  add<"observed">({
    ...{ version: 1, kind: "observed", at: at(hour), commit: null, cluster: "a", attempt: id, by: "job", health },
    checks: [{ name: "nodes", health, seen: "1 of 2 is ready", seconds: 1 }],
  });
const decision: Decision = {
  ...{ cluster: "a", wave: "first", decision: "go", reason: null, why: "", until: null, target, attempt: null },
  ...{ healthy_since: null, emergency: null },
};
const jobs = (records: readonly Stored[], hour: number, most: number | undefined = 10) =>
  runsOf({ decisions: [decision], held: [] }, new History(records), Date.parse(at(hour)), most).clusters[0]?.jobs.map(
    ({ job, runs }) => [
      job,
      ...runs.map(({ detail, result }) => [result, detail].filter((text) => text !== "").join(" ")),
    ],
  );

const [first, second, third] = [started(1, 1), started(2, 4), started(3, 8)];

test("runs are listed with the latest first, each with why it did not end well", () => {
  const records = [first, ended(first, 2, "succeeded"), observed(first, 3, "healthy"), observed(first, 4, "unhealthy")];

  expect(jobs([...records, second, ended(second, 5, "failed", "addons failed")], 6)).toEqual([
    ["deploy", "failed addons failed", "succeeded"],
    ["health", "unhealthy nodes: 1 of 2 is ready", "healthy"],
  ]);
});

test("a run without a result runs as long as its lease, and has died afterwards", () => {
  expect([jobs([third], 9)?.[0], jobs([third], 11)?.[0]]).toEqual([
    ["deploy", "running"],
    ["deploy", "died"],
  ]);
});

test("no more runs are listed than requested, and none without --ci", () => {
  const records = [first, ended(first, 2, "succeeded"), second, ended(second, 5, "succeeded")];

  expect(jobs(records, 6, 1)?.[0]).toEqual(["deploy", "succeeded"]);
  expect(runsOf({ decisions: [decision], held: [] }, new History(records), 0, undefined).clusters[0]?.jobs).toEqual([]);
});
