import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");

/** Where messages and descriptions are written. */
const ROOMS = ["addons", "aws", "cli", "fleet", "language"] as const;

/** What readers stumble over, and what to write instead. */
const INSTEAD: readonly (readonly [phrase: RegExp, instead: string])[] = [
  [/\b(?:knows? (?:no|it|them)|(?:does|do) not know)\b/i, "does not support, or does not exist"],
  [/\b(?:takes|taken)\b/i, "accepts, uses, or is accepted"],
  [/\b(?:told|tells)\b/i, "is reported, prints, or shows"],
  [/\bneeds (?:who|what)\b/i, "requires"],
  [/\bgoes (?:with|without)\b/i, "requires, or belongs to"],
  [/\bmeets\b/i, "collides with, or conflicts with"],
  [/\bis of a kind that\b/i, "is a, or has type"],
  [/\bhas no effect while\b/i, "has no effect because"],
  [/\b(?:name|call) \w+ otherwise\b/i, "rename"],
  [/\bfor ever\b/i, "permanently"],
  [/\b(?:led|goes) elsewhere\b/i, "routed to, or sent to"],
  [/\basked for\b/i, "requested, enabled, or set"],
  [/\b(?:made|makes)\b/i, "created, or creates"],
  [/\banew\b/i, "recreated, or replaced"],
  [/\bmend(?:ed|s)?\b/i, "fix"],
  [/\bthe other way round\b/i, "conversely"],
  [/\bwhere nothing is said\b/i, "by default"],
  [/\bstands? in\b/i, "is in, or is defined in"],
  [/\bof old\b/i, "legacy, or previous"],
  [/\bof (?:one's|our) own\b/i, "your own, or new"],
];

/** Rooms whose texts are not rewritten yet. A room leaves this list as soon as it has none of the phrases. */
const NOT_YET: readonly string[] = ["addons", "fleet/checks", "fleet/nodes"];

/** Texts of a source: its strings of at least two words, without its comments. */
function textsIn(source: string): string[] {
  const tokens = source.matchAll(
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g,
  );
  return [...tokens].map(([, double, single, template]) => double ?? single ?? template ?? "").filter(isText);
}

const isText = (text: string): boolean => /[A-Za-z] [A-Za-z]/.test(text);

function mistakesIn(texts: readonly string[]): string[] {
  return texts.flatMap((text) =>
    INSTEAD.flatMap(([phrase, instead]) => {
      const found = phrase.exec(text);
      return found === null ? [] : [`"${found[0]}" (write: ${instead}) in: ${text}`];
    }),
  );
}

function sourcesOf(room: string): string[] {
  return readdirSync(join(ROOT, room), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `${room}/${file}`);
}

const isNotYet = (file: string): boolean => NOT_YET.some((room) => file.startsWith(`${room}/`));
const mistakes = new Map(
  [...ROOMS.flatMap(sourcesOf), "main.ts"].map((file) => [
    file,
    mistakesIn(textsIn(readFileSync(join(ROOT, file), "utf8"))),
  ]),
);

test("messages and descriptions use the words that people search for", () => {
  const found = [...mistakes].filter(([file, list]) => list.length > 0 && !isNotYet(file));

  expect(Object.fromEntries(found)).toEqual({});
});

test("a room that is rewritten is not excused any more", () => {
  const rewritten = NOT_YET.filter((room) =>
    [...mistakes].every(([file, list]) => !file.startsWith(`${room}/`) || list.length === 0),
  );

  expect(rewritten).toEqual([]);
});

test("sees a phrase in each kind of string, and none in a comment", () => {
  const source = "f('it knows no zone', \"made of it\"); // it takes\n/* it meets */ g(`goes with ${a}`, 'takes');";

  expect(mistakesIn(textsIn(source)).map((mistake) => mistake.split(" (")[0])).toEqual([
    '"knows no"',
    '"made"',
    '"goes with"',
  ]);
});
