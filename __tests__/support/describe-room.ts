import { readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Defines the tests of every file below a folder of `__tests__/` in one suite. Jest loads the modules of each suite anew, which
 * takes longer than most files' tests; in one suite they are loaded once. Tests that load extensions, which stay for as long as the
 * process, are in `__tests__/extensions/`, which is no room.
 */
export function describeRoom(room: string): void {
  const folder = join(__dirname, "..", room);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".test.ts") && !file.endsWith(".slow.test.ts"),
  );
  for (const file of files.sort()) {
    describe(`${room}/${file}`, () => {
      require(join(folder, file));
    });
  }
}
