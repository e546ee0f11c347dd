import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import YAML from "yaml";
import { isMap } from "../../language/plain-map";
import { contentsOf, scratch, synthesizeFleet } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const work = scratch();
afterAll(() => work.remove());

/** The same value with the keys of every map in the opposite order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, turned(each)]),
  );
}

/** Every file of a fleet, and the shipped defaults and releases, written anew by `change`. */
function fleet(name: string, change: (value: unknown) => unknown): string {
  const directory = join(work.path, name);
  const copy = (from: string, file: string): void => {
    const value: unknown = YAML.parse(readFileSync(join(from, file), "utf8"), { intAsBigInt: false });
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(
      join(directory, file),
      YAML.stringify(change(value), {
        defaultStringType: "QUOTE_DOUBLE",
        defaultKeyType: "PLAIN",
        aliasDuplicateObjects: false,
      }),
    );
  };
  for (const file of ["defaults.yaml", ...readdirSync("definitions/releases").map((each) => `releases/${each}`)])
    copy("definitions", file);
  for (const file of readdirSync(SAMPLE_FLEET, { recursive: true }) as string[])
    if (file.endsWith(".yaml")) copy(SAMPLE_FLEET, file);
  return directory;
}

test("the order of keys in files changes nothing that is written", async () => {
  const output = (name: string): string => join(work.path, `${name}-out`);
  await synthesizeFleet(
    output("same"),
    fleet("same", (value) => value),
  );
  await synthesizeFleet(output("turned"), fleet("turned", turned));

  expect(Object.keys(contentsOf(output("same"))).length).toBeGreaterThan(60);
  expect(contentsOf(output("turned"))).toEqual(contentsOf(output("same")));
});
