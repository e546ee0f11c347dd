import { compact } from "../../../../operations/rollout/records/compact";
import { History } from "../../../../operations/rollout/records/history";
import { type RecordOf, type RolloutRecord, recordId } from "../../../../operations/rollout/records/record";
import { RecordLog } from "../../../../operations/rollout/stores/record-log";
import { MemoryStore } from "../simulation/memory-store";

const AT = "2026-11-30T08:00:00.000Z";

const halt = (wave: string, at = AT): RecordOf<"halted"> => ({
  ...{ version: 1, kind: "halted", at, commit: null, who: "kim", reason: "a reason to halt" },
  wave,
});

test("a record is added by a runner that has read all records before it, and by no other", async () => {
  const store = new MemoryStore();
  const [one, other] = [new RecordLog(store), new RecordLog(store)];

  expect(await one.append(halt("a"))).toBeDefined();
  expect(await other.append(halt("b"))).toBeUndefined();
  await other.read();
  expect(await other.append(halt("b"))).toBeDefined();
  expect((await one.read()).size).toBe(2);
});

test("of two runners at the same instant, one adds its record", async () => {
  const store = new MemoryStore();
  const added = await Promise.all([new RecordLog(store).append(halt("a")), new RecordLog(store).append(halt("b"))]);

  expect(added.filter((each) => each !== undefined)).toHaveLength(1);
});

test("the same record twice is one record", async () => {
  const log = new RecordLog(new MemoryStore());
  const [first, second] = [await log.append(halt("a")), await log.append(halt("a"))];

  expect([second?.id, log.history.size]).toEqual([first?.id, 1]);
});

test("a record whose request timed out after it was carried out is ours", async () => {
  const store = new MemoryStore();
  const create = store.create.bind(store);
  store.create = async (key, text) => {
    await create(key, text);
    return false; // a retry finds the object that the first request created
  };

  expect(await new RecordLog(store).append(halt("a"))).toBeDefined();
});

test("a record's address depends on its content, and not on the order of its keys", () => {
  const { at, ...rest } = halt("a");

  expect(recordId({ at, ...rest } as RolloutRecord)).toBe(recordId(halt("a")));
  expect(recordId(halt("b"))).not.toBe(recordId(halt("a")));
});

test("only records after the last ones are listed and read", async () => {
  const store = new MemoryStore();
  const [writer, reader] = [new RecordLog(store), new RecordLog(store)];
  for (const wave of ["a", "b", "c"]) await writer.append(halt(wave));
  await reader.read();
  const read: string[] = [];
  const original = store.read.bind(store);
  store.read = (key) => {
    read.push(key);
    return original(key);
  };
  await writer.append(halt("d"));
  await reader.read();

  expect(read).toEqual(["records/0000000004.json"]);
});

test("a new reader begins at the checkpoint", async () => {
  const store = new MemoryStore();
  const writer = new RecordLog(store);
  for (let index = 0; index < 12; index += 1) await writer.append(halt(`w${index}`));
  await writer.keepShort(10);
  await writer.append(halt("last"));
  const read: string[] = [];
  const original = store.read.bind(store);
  store.read = (key) => {
    read.push(key);
    return original(key);
  };
  const history = await new RecordLog(store).read();

  expect(read).toEqual(["checkpoint.json", "records/0000000013.json"]);
  expect(history.openHalts().map(({ wave }) => wave)).toEqual(writer.history.openHalts().map(({ wave }) => wave));
});

test("a checkpoint leaves out what was lifted", async () => {
  const log = new RecordLog(new MemoryStore());
  const added = await log.append(halt("a"));
  await log.append<"resumed">({
    ...halt("a"),
    kind: "resumed",
    lifts: [added?.id ?? ""],
    mode: "retry",
  } as RecordOf<"resumed">);

  expect(compact(log.history).map(({ kind }) => kind)).toEqual(["resumed"]);
});

test("after a checkpoint, the time of targets whose clock was wrong stays corrected", async () => {
  const log = new RecordLog(new MemoryStore());
  const targets = { a: { release: "2026.12", digest: "a".repeat(64) } };
  const future = "2027-11-30T08:00:00.000Z";
  const wanted = await log.append<"wanted">({
    ...{ version: 1, kind: "wanted", at: future, commit: null, number: 1, targets },
  });
  const lift = (lifts: string, at: string): RecordOf<"resumed"> => ({
    ...{ version: 1, kind: "resumed", at, commit: null, who: "kim", reason: "the clock was wrong", mode: "keep" },
    lifts: [lifts],
  });
  const wrong = await log.append<"resumed">(lift(wanted?.id ?? "", future));
  await log.append<"resumed">(lift(wrong?.id ?? "", AT));

  expect(new History(compact(log.history)).latest()?.at).toBe(log.history.latest()?.at);
  expect(log.history.latest()?.at).toBe(AT);
});

test.each<[string, (text: string) => string, string]>([
  ["changed", (text) => text.replace("kim", "max"), "records/0000000001.json was changed after it was written"],
  ["cut", (text) => text.slice(0, 30), "records/0000000001.json is not complete JSON"],
  [
    "written by a newer version",
    (text) => text.replace('"version":1', '"version":2'),
    "records/0000000001.json is not a record that this version of fleet supports",
  ],
])("a record that was %s stops everything", async (_, change, message) => {
  const store = new MemoryStore();
  await new RecordLog(store).append(halt("a"));
  const text = (await store.read("records/0000000001.json"))?.text ?? "";
  await store.swap("records/0000000001.json", change(text), text);

  await expect(new RecordLog(store).read()).rejects.toThrow(message);
});

test("a record that is missing stops everything", async () => {
  const store = new MemoryStore();
  await store.create("records/0000000002.json", "{}");

  await expect(new RecordLog(store).read()).rejects.toThrow(
    "the records of rollouts in memory are damaged: records/0000000001.json is missing, but records/0000000002.json exists",
  );
});
