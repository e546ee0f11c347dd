import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keptFolder } from "../../language/program-folder";
import { scratch } from "../support/run-program";

const work = scratch();
afterAll(() => work.remove());

test("what can be written again is in the cache of the user if nothing can be written below the checkout", () => {
  const [checkout, file] = [join(work.path, "checkout"), join(work.path, "file")];
  mkdirSync(checkout);
  writeFileSync(file, ""); // no folder can be created below it, not even by root

  expect(keptFolder(checkout, "base", { HOME: "/home/jane" })).toBe(join(checkout, ".fleet/base"));
  expect(keptFolder(file, "base", { HOME: "/home/jane" })).toBe("/home/jane/.cache/cluster-fleet/base");
  expect(keptFolder(file, "base", { HOME: "/home/jane", XDG_CACHE_HOME: "/caches" })).toBe(
    "/caches/cluster-fleet/base",
  );
  expect(keptFolder(file, "base", {})).toBe(join(file, ".fleet/base"));
});
