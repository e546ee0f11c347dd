import { readdirSync } from "node:fs";
import { join } from "node:path";
import { loadOnce, readOnce } from "./jest/remembered";

jest.mock("../../fleet/read/read-definition", () => {
  const actual = jest.requireActual<typeof import("../../fleet/read/read-definition")>(
    "../../fleet/read/read-definition",
  );
  return { ...actual, readDefinition: readOnce(actual.readDefinition) };
});

jest.mock("../../fleet/load", () => {
  const actual = jest.requireActual<typeof import("../../fleet/load")>("../../fleet/load");
  const { checkFleet, loadFleet, resolveFleet } = actual;
  return {
    ...actual,
    checkFleet: loadOnce(checkFleet),
    loadFleet: loadOnce(loadFleet),
    resolveFleet: loadOnce(resolveFleet),
  };
});

/**
 * Defines the tests of every file below a folder of `__tests__/` in one suite. Jest loads the modules of each suite anew, which
 * takes longer than most files' tests; in one suite they are loaded once, and so are the definitions that no test changes. Tests
 * that load extensions, which stay for as long as the process, are in `__tests__/extensions/`, which is no room.
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
