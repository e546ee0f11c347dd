import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileStore } from "../../../../operations/rollout/stores/file-store";
import type { ObjectStore } from "../../../../operations/rollout/stores/object-store";
import { openStore } from "../../../../operations/rollout/stores/open-store";
import { S3Store } from "../../../../operations/rollout/stores/s3-store";
import { FakeS3 } from "./fake-s3";

const s3 = new FakeS3("rollouts");
const folder = mkdtempSync(join(tmpdir(), "rollout-store-"));
let endpoint = "";
let count = 0;

beforeAll(async () => {
  endpoint = await s3.start();
});
afterAll(async () => {
  await s3.stop();
  rmSync(folder, { recursive: true });
});

const s3Store = (at: string): S3Store =>
  new S3Store(
    { bucket: "rollouts", folder: at, region: "eu-west-1" },
    { endpoint, forcePathStyle: true, credentials: { accessKeyId: "key", secretAccessKey: "words" }, maxAttempts: 1 },
  );

/** Each opens an empty store twice: as two runners see it. */
const STORES: readonly (readonly [string, () => readonly [ObjectStore, ObjectStore]])[] = [
  ["files", () => [new FileStore(join(folder, String(++count))), new FileStore(join(folder, String(count)))]],
  ["S3", () => [s3Store(`s${++count}`), s3Store(`s${count}`)]],
];

describe.each(STORES)("a store in %s", (_, open) => {
  test("has nothing at first", async () => {
    const [store] = open();

    expect([await store.read("a.json"), await store.list("records/", "records/")]).toEqual([undefined, []]);
  });

  test("creates an object once, and keeps the first", async () => {
    const [one, other] = open();

    expect([await one.create("records/1.json", "one"), await other.create("records/1.json", "other")]).toEqual([
      true,
      false,
    ]);
    expect((await other.read("records/1.json"))?.text).toBe("one");
  });

  test("lets one of many writers at the same instant create an object", async () => {
    const [one, other] = open();
    const won = await Promise.all(
      Array.from({ length: 8 }, (_, index) => (index % 2 ? one : other).create("x.json", `w${index}`)),
    );

    expect(won.filter(Boolean)).toHaveLength(1);
    expect((await one.read("x.json"))?.text).toBe(`w${won.indexOf(true)}`);
  });

  test("replaces an object only for a writer that has seen it as it is", async () => {
    const [one, other] = open();
    await one.swap("c.json", "first", null);
    const seen = (await other.read("c.json"))?.tag ?? "";

    expect(await one.swap("c.json", "too late", null)).toBe(false);
    expect(await one.swap("c.json", "second", seen)).toBe(true);
    expect(await other.swap("c.json", "third", seen)).toBe(false);
    expect((await other.read("c.json"))?.text).toBe("second");
    expect(await other.swap("missing.json", "x", seen)).toBe(false);
  });

  test("lists the keys after a key, in their order, on any number of pages", async () => {
    const [store] = open();
    const keys = Array.from({ length: 20 }, (_, index) => `records/${String(index).padStart(3, "0")}.json`);
    for (const key of [...keys].reverse()) await store.create(key, "{}");
    await store.create("checkpoint.json", "{}");

    expect(await store.list("records/", "records/004.json")).toEqual(keys.slice(5));
    expect(await store.list("records/", "")).toEqual(keys);
  });
});

test("files are written whole: nothing but objects is left in the folder", async () => {
  const store = new FileStore(join(folder, "whole"));
  await store.create("a.json", "1");
  await store.create("a.json", "2");
  await store.swap("a.json", "3", (await store.read("a.json"))?.tag ?? "");

  expect(readdirSync(join(folder, "whole"))).toEqual(["a.json"]);
});

test("a file in place of the folder is reported in words", async () => {
  const store = new FileStore(join(folder, "file"));
  writeFileSync(join(folder, "file"), "");

  await expect(store.read("a.json")).rejects.toThrow(
    `cannot read the records of rollouts in ${folder}/file: ${folder}/file/a.json is below a file instead of a folder. Check its spelling`,
  );
});

test("a bucket that does not exist is an error with the rights that are needed", async () => {
  const store = new S3Store(
    { bucket: "other", folder: "", region: "eu-west-1" },
    { endpoint, forcePathStyle: true, credentials: { accessKeyId: "key", secretAccessKey: "words" }, maxAttempts: 1 },
  );

  await expect(store.list("records/", "")).rejects.toThrow(
    "cannot list the records of rollouts in s3://other: NoSuchBucket. The caller needs s3:ListBucket, s3:GetObject and s3:PutObject there",
  );
  await expect(store.create("a.json", "x")).rejects.toThrow("cannot write the records of rollouts in s3://other");
});

test.each([
  ["s3://example-rollouts/fleet/one", "s3://example-rollouts/fleet/one"],
  ["s3://example-rollouts", "s3://example-rollouts"],
  [".fleet/rollouts", ".fleet/rollouts"],
])("%s is opened", (location, shown) => {
  expect(openStore(location, "eu-west-1").location).toBe(shown);
});
