import { readdirSync } from "node:fs";
import { join } from "node:path";
import { loadOnce, readOnce, remembered } from "./remembered";
import rooms from "./rooms.json";

jest.mock("../../../fleet/load", () => {
  const actual = jest.requireActual<typeof import("../../../fleet/load")>("../../../fleet/load");
  const { checkFleet, loadFleet, resolveFleet } = actual;
  return {
    ...actual,
    checkFleet: loadOnce(checkFleet),
    loadFleet: loadOnce(loadFleet),
    resolveFleet: loadOnce(resolveFleet),
  };
});
jest.mock("../../../fleet/read/read-definition", () => {
  const actual = jest.requireActual<typeof import("../../../fleet/read/read-definition")>(
    "../../../fleet/read/read-definition",
  );
  return { ...actual, readDefinition: readOnce(actual.readDefinition) };
});
jest.mock("../../../fleet/read/layer-parts", () => {
  const actual = jest.requireActual<typeof import("../../../fleet/read/layer-parts")>(
    "../../../fleet/read/layer-parts",
  );
  const { definitionPart, layeredPart, partsOf } = actual;
  return {
    ...actual,
    definitionPart: remembered(definitionPart),
    layeredPart: remembered(layeredPart),
    partsOf: remembered(partsOf),
  };
});
jest.mock("../../../language/yaml/merge", () => {
  const actual = jest.requireActual<typeof import("../../../language/yaml/merge")>("../../../language/yaml/merge");
  return { ...actual, layOver: remembered(actual.layOver) };
});
jest.mock("../../../fleet/parse/parse-with-places", () => {
  const actual = jest.requireActual<typeof import("../../../fleet/parse/parse-with-places")>(
    "../../../fleet/parse/parse-with-places",
  );
  return {
    ...actual,
    parseWithPlaces: remembered(actual.parseWithPlaces, (root, schema, options = {}) => {
      const { partial, ...others } = options;
      return Object.keys(others).length === 0 ? [root, schema, partial] : undefined;
    }),
  };
});

/**
 * Defines the tests of the folders and files of a room (rooms.json) in one suite. Jest loads the modules of each suite anew, which
 * takes longer than most files' tests; in one suite they are loaded once, and the layers that the tests' clusters share are computed
 * once. In no room are tests that load extensions, which stay for as long as the suite, that replace the catalogue, or that record
 * what is read while modules are loaded (`synth/ingredients.test.ts`).
 */
export function describeRoom(room: keyof typeof rooms): void {
  const tests = join(__dirname, "../..");
  for (const file of rooms[room].flatMap((path) => testFiles(tests, path))) {
    describe(file, () => {
      require(join(tests, file));
    });
  }
}

function testFiles(tests: string, path: string): string[] {
  if (path.endsWith(".test.ts")) return [path];
  const files = readdirSync(join(tests, path), { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".test.ts") && !file.endsWith(".slow.test.ts"))
    .sort()
    .map((file) => `${path}/${file}`);
}
