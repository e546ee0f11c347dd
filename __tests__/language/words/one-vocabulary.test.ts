import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../../..");
const ROOMS = [
  "addons",
  "aws",
  "cli",
  "constructs",
  "fleet",
  "language",
  "operations",
  "pipelines",
  "stacks",
  "synth",
] as const;
const WORDS = "language/words/";

interface Pattern {
  readonly place: string;
  readonly pattern: string;
}

/** A regular expression, or the beginning of one that is put together, as a schema gives it to `text(…)` or `.regex(…)`. */
const SCHEMA_PATTERN = /(?:\.regex|\btext)\(\s*(\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\]|\\.)*\])+\/[a-z]*|new RegExp\([^\n]*)/g;

function patternsIn(file: string, source: string): Pattern[] {
  return [...source.matchAll(SCHEMA_PATTERN)].map((match) => ({
    place: `${file}:${source.slice(0, match.index).split("\n").length}`,
    pattern: match[1] ?? "",
  }));
}

const files = ROOMS.flatMap((room) =>
  readdirSync(join(ROOT, room), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `${room}/${file}`),
);
const patterns = files.flatMap((file) => patternsIn(file, readFileSync(join(ROOT, file), "utf8")));

/** Places that have the pattern of an earlier place. */
function copiesAmong(all: readonly Pattern[]): string[] {
  return all.flatMap(({ pattern, place }, index) => {
    const first = all.findIndex((other) => other.pattern === pattern);
    return first < index ? [`${place} copies ${all[first]?.place}`] : [];
  });
}

/** Parts of expressions that match ids, ARNs, accounts and DNS labels. */
const SHAPES = /arn:aws|\[0-9a-f\]\{|\\d\{12\}|\[a-z0-9\]\(\?:\[a-z0-9[.-]/;

/** A name or an ARN, of the service that the option is about: no other option accepts either. */
const NAME_OR_ARN = "addons/security/external-secrets.ts";

test("no two schemas have the same pattern", () => {
  expect(copiesAmong(patterns)).toEqual([]);
});

test("ids, ARNs, accounts and DNS labels are spelled in language/words only", () => {
  const outside = patterns.filter(({ pattern, place }) => SHAPES.test(pattern) && !place.startsWith(WORDS));

  expect(outside.filter(({ place }) => !place.startsWith(NAME_OR_ARN))).toEqual([]);
});

test("finds the patterns of the vocabulary, and a copy of one", () => {
  expect(patterns.filter(({ place }) => place.startsWith(WORDS)).length).toBeGreaterThan(40);
  expect(copiesAmong(patternsIn("a.ts", "z.string().regex(/^[/x]$/, '')\ntext(\n  /^[/x]$/, 'x')"))).toEqual([
    "a.ts:2 copies a.ts:1",
  ]);
});
