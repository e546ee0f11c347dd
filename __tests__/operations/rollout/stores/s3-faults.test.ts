import { RecordLog } from "../../../../operations/rollout/stores/record-log";
import { S3Store } from "../../../../operations/rollout/stores/s3-store";
import { FakeS3, type Fault } from "./fake-s3";

const s3 = new FakeS3("rollouts");
let endpoint = "";
let count = 0;
beforeAll(async () => {
  endpoint = await s3.start();
});
afterAll(() => s3.stop());
beforeEach(() => {
  s3.faults.length = 0;
});

/** Milliseconds after which a request without an answer fails, although the next one must not, however slow the machine is. */
const FAILS = 2_000;
const NEVER = 30_000;

/** Returns a log in a folder of its own, with the SDK's own attempts. */
function open({ answer = NEVER, maxAttempts = 1 } = {}): RecordLog {
  count += 1;
  const handler = {
    connectionTimeout: NEVER,
    requestTimeout: answer,
    socketTimeout: answer,
    throwOnRequestTimeout: true,
  };
  const store = new S3Store(
    { bucket: "rollouts", folder: `f${count}`, region: "eu-west-1" },
    {
      ...{ endpoint, forcePathStyle: true, credentials: { accessKeyId: "key", secretAccessKey: "words" } },
      ...{ maxAttempts, requestHandler: handler },
    },
  );
  return new RecordLog(store);
}

const halt = {
  version: 1,
  kind: "halted",
  at: "2026-11-30T08:00:00.000Z",
  commit: null,
  who: "kim",
  reason: "an outage",
  wave: null,
} as const;

/** Keys of the log's folder. */
const keys = (): string[] => [...s3.objects.keys()].filter((key) => key.startsWith(`f${count}/`));
const conflict: Fault = { status: 409, code: "ConditionalRequestConflict" };

test("a record is added once if another request changed the object at the same instant", async () => {
  const log = open();
  s3.faults.push(conflict);

  await log.state<"halted">(halt);

  expect(keys()).toEqual([`f${count}/records/0000000001.json`]);
});

test("a writer gives up if S3 refuses every attempt", async () => {
  const log = open();
  const missing: Fault = { status: 404, code: "NoSuchKey" };
  // Each attempt writes, reads what is there, and lists what was added.
  for (let attempt = 0; attempt < 9; attempt += 1) s3.faults.push(conflict, missing);
  jest.spyOn(log, "read").mockImplementation(async () => log.history);

  await expect(log.state<"halted">(halt)).rejects.toThrow(
    `s3://rollouts/f${count} refuses to add a record, although no other record was added. Nothing is started`,
  );
  expect(keys()).toEqual([]);
});

test.each<[string, Fault]>([
  ["was carried out, and answered with an error", { status: 500, code: "InternalError", carriedOut: true }],
  ["was not carried out", { status: 503, code: "SlowDown" }],
  ["was not answered", "silent"],
])("the SDK's next attempt adds one record if the first one %s", async (_, fault) => {
  const log = open({ maxAttempts: 2, ...(fault === "silent" && { answer: FAILS }) });
  s3.faults.push(fault);

  const { id } = await log.state<"halted">(halt);

  expect(keys()).toEqual([`f${count}/records/0000000001.json`]);
  expect(s3.objects.get(keys()[0] ?? "")).toContain(id);
});

test.each<[string, Fault, RegExp]>([
  ["answers with an error", { status: 500, code: "InternalError" }, /^cannot write .*: InternalError\. The caller/],
  ["refuses access", { status: 403, code: "AccessDenied" }, /^cannot write .*: AccessDenied\. The caller needs s3:/],
  ["does not answer", "silent", /^cannot write the records of rollouts in s3:\/\/rollouts\/f\d+: TimeoutError/],
])("nothing counts as recorded if S3 %s", async (_, fault, message) => {
  const log = open(fault === "silent" ? { answer: 100 } : {});
  s3.faults.push(fault);

  await expect(log.append<"halted">(halt)).rejects.toThrow(message);
  expect([log.history.size, keys()]).toEqual([0, []]);
});

test("an answer that does not end is an error in time", async () => {
  const log = open({ answer: 100 });
  s3.faults.push("endless");

  await expect(log.read()).rejects.toThrow("cannot read the records of rollouts in s3://rollouts");
});
