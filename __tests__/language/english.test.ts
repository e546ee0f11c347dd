import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { mistakesIn } from "../support/plain-english";

const ROOT = join(__dirname, "../..");

/** Folders whose files contain messages and descriptions. */
const ROOMS = [
  "addons",
  "aws",
  "cdktf",
  "cli",
  "constructs",
  "fleet",
  "language",
  "offline",
  "operations",
  "pipelines",
  "stacks",
  "synth",
] as const;

/** Errors of AWS, in its words. */
const OF_AWS: readonly string[] = ["InvalidInput: Service role name has been taken."];

/** Texts of a source: its strings of at least two words, without its comments. */
function textsIn(source: string): string[] {
  const tokens = source.matchAll(
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g,
  );
  return [...tokens]
    .map(([, double, single, template]) => double ?? single ?? template?.replaceAll(/\$\{[^}]*\}/g, "x") ?? "")
    .filter((text) => isText(text) && !OF_AWS.includes(text));
}

const isText = (text: string): boolean => /[A-Za-z] [A-Za-z]/.test(text);

function sourcesOf(room: string): string[] {
  return readdirSync(join(ROOT, room), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `${room}/${file}`);
}

const mistakes = new Map(
  [...ROOMS.flatMap(sourcesOf), "main.ts"].map((file) => [
    file,
    mistakesIn(textsIn(readFileSync(join(ROOT, file), "utf8"))),
  ]),
);

test("messages and descriptions use the words that people search for", () => {
  const found = [...mistakes].filter(([, list]) => list.length > 0);

  expect(Object.fromEntries(found)).toEqual({});
});

test("sees a phrase in each kind of string, and none in a comment", () => {
  const source = "f('it knows no zone', \"made of it\"); // it takes\n/* it meets */ g(`goes with ${a}`, 'takes');";

  expect(mistakesIn(textsIn(source)).map((mistake) => mistake.split(" (")[0])).toEqual([
    '"knows no"',
    '"made"',
    '"goes with"',
  ]);
});
