import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withWorkFolder } from "../../../operations/rehearse/work-folder";
import { scratch } from "../../support/run-program";

const root = scratch();
afterAll(() => root.remove());

/** Writes into the folder of a rehearsal, and returns the folder. */
const rehearsal = (folder: string): Promise<string> => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "state"), "");
  return Promise.resolve(folder);
};

test("what a rehearsal writes stays in the folder, which is free afterwards", async () => {
  const work = join(root.path, "free/rehearsal");

  expect(await withWorkFolder(rehearsal, work)).toBe(work);
  expect(readdirSync(join(root.path, "free"))).toEqual(["rehearsal"]);
  expect(await withWorkFolder(rehearsal, work)).toBe(work);
});

test("a rehearsal beside one of another process has a folder of its own, and removes it", async () => {
  const work = join(root.path, "used/rehearsal");
  mkdirSync(work, { recursive: true });
  writeFileSync(`${work}.pid`, String(process.ppid));

  const folder = await withWorkFolder(rehearsal, work);
  expect(folder).toBe(`${work}-${process.pid}`);
  expect([existsSync(folder), existsSync(`${work}.pid`)]).toEqual([false, true]);
});

test.each(["", "999999999"])("a process that ended without a trace blocks nothing: %p", async (pid) => {
  const work = join(root.path, `killed${pid}/rehearsal`);
  mkdirSync(work, { recursive: true });
  writeFileSync(`${work}.pid`, pid);

  expect(await withWorkFolder(rehearsal, work)).toBe(work);
});

test("only one of two processes takes the folder of a process that was killed, even if both look at the same moment", async () => {
  const work = join(root.path, "both/rehearsal");
  mkdirSync(work, { recursive: true });
  writeFileSync(`${work}.pid`, "999999999");
  const real = process.pid;
  let end = (): void => {};
  const other: Promise<string>[] = [];
  // The second process runs while the first one asks whether the owner is running.
  const kill = jest.spyOn(process, "kill").mockImplementation(() => {
    if (other.length === 0) {
      Object.defineProperty(process, "pid", { value: 999999998 });
      const use = (folder: string) => new Promise<string>((resolve) => (end = () => resolve(folder)));
      other.push(Promise.resolve("")); // the second process finds no third one
      other[0] = withWorkFolder(use, work);
      Object.defineProperty(process, "pid", { value: real });
      kill.mockImplementation((pid) => {
        if (pid === 999999998) return true;
        throw Object.assign(new Error("no such process"), { code: "ESRCH" });
      });
    }
    throw Object.assign(new Error("no such process"), { code: "ESRCH" });
  });

  const folders = [await withWorkFolder(rehearsal, work)];
  end();
  folders.push(...(await Promise.all(other)));
  kill.mockRestore();
  expect(folders).toEqual([`${work}-${real}`, work]);
});
