import fc from "fast-check";
import { expressionsIn } from "./support/expressions";
import { oneOfEvery } from "./support/jest/cases";

const ROOMS = [
  "language",
  "fleet",
  "addons",
  "aws",
  "constructs",
  "stacks",
  "synth",
  "cdktf",
  "operations",
  "pipelines",
];

/** Folders whose expressions see whole files or values of any length; `text()` refuses longer words before others see them. */
const UNBOUNDED = ["fleet/read/", "fleet/secrets/", "fleet/parse/", "language/yaml/", "language/problem.ts", "cdktf/"];
const LONGEST = { file: 20_000, word: 8_000 };
/** Milliseconds below which a search is not measured again. */
const UNSUSPICIOUS_MS = 40;

/** Characters of many classes. */
const CHARACTERS = [...'aA0_-./ \n:#"'];

/** Words and signs that an expression is written with. */
function partsOf(source: string): string[] {
  const plain = source.replaceAll(/\\[bBdDsSwWnt]|\\[pP]\{\w+\}|\(\?[:=!<]+/g, " ").replaceAll("\\", "");
  const words = (plain.match(/[A-Za-z0-9]{2,}/g) ?? []).slice(0, 6);
  const signs = (plain.match(/[^A-Za-z0-9\s()[\]{}|*+?^$]/g) ?? []).slice(0, 6);
  return [...new Set([...words, ...signs])];
}

/** Beginnings of texts that match, each with what follows: a quantifier inside is reached only behind its beginning. */
function beginnings(expression: RegExp): (readonly [string, string])[] {
  let samples: string[] = [];
  try {
    samples = fc.sample(fc.stringMatching(new RegExp(expression.source, expression.flags.replace(/[gm]/g, ""))), {
      seed: 7,
      numRuns: 2,
    });
  } catch {
    return []; // it has a form that the generator does not support
  }
  return samples.flatMap((sample) =>
    [...sample.slice(0, 25)].flatMap((_, index) =>
      [1, 3].map((length) => [sample.slice(0, index), sample.slice(index, index + length)] as const),
    ),
  );
}

/** Texts that are slow to refuse for an expression whose time is not linear. */
function* hostile(expression: RegExp): Generator<(length: number) => string> {
  const parts = [...new Set([...CHARACTERS, ...partsOf(expression.source)])];
  const pumps = parts.flatMap((one) => [
    one,
    ...parts.flatMap((other) =>
      one === other || (one.length === 1 && other.length === 1 && !/\W/.test(one + other)) ? [] : [one + other],
    ),
  ]);
  const repeated = (begin: string, pump: string) => (length: number) =>
    `${begin}${pump.repeat(Math.ceil(length / pump.length))}\0`;
  for (const pump of pumps) yield repeated("", pump);
  for (const [begin, pump] of new Map(beginnings(expression).map((each) => [each.join("\0"), each])).values())
    yield repeated(begin, pump);
}

/** Returns the milliseconds of the processor that an expression takes to search a text. */
function cost(expression: RegExp, text: string): number {
  expression.lastIndex = 0;
  const before = process.cpuUsage();
  text.replace(expression, "");
  const { user } = process.cpuUsage(before);
  return user / 1000;
}

/** The least of three measurements, which the collector of garbage and other processes only increase. */
const leastCost = (expression: RegExp, text: string): number =>
  Math.min(...Array.from({ length: 3 }, () => cost(expression, text)));

/** True if the time grows faster than the text: it doubles with a text of double length, and a square quadruples. */
function growsFaster(expression: RegExp, attack: (length: number) => string, length: number): boolean {
  return leastCost(expression, attack(length)) > 3 * leastCost(expression, attack(length / 2));
}

const { building, written } = expressionsIn(ROOMS);

test("finds the expressions", () => {
  expect(written.length).toBeGreaterThan(150);
});

test("every written expression searches hostile text in a time that grows with its length", () => {
  const slow = oneOfEvery(16, written).flatMap(({ expression, file, text }) => {
    const length = UNBOUNDED.some((room) => file.startsWith(room)) ? LONGEST.file : LONGEST.word;
    for (const attack of hostile(expression)) {
      if (cost(expression, attack(length)) < UNSUSPICIOUS_MS || !growsFaster(expression, attack, length)) continue;
      return [`${file} ${text} ${JSON.stringify(attack(40))}`];
    }
    return [];
  });

  expect(slow).toEqual([]);
});

/** Each of these is built of the program's own text, or not applied. */
test("expressions are built from text only in these files", () => {
  expect(building).toEqual([
    "addons/nodes/cluster-autoscaler.ts", // a definition's own, which is only compiled
    "addons/parts/pattern.ts", // the same
    "addons/security/external-secrets.ts", // the name of a service
    "fleet/checks/node-pools/node-pool-objects.ts", // a unit
    "fleet/checks/workers/worker-boot.ts", // a boundary
    "fleet/secrets/hints.ts", // parts of shapes
    "fleet/secrets/search.ts", // a shape
    "language/words/aws-ids.ts", // a prefix
    "language/words/iam.ts", // operators
    "language/words/names.ts", // a length
    "operations/explain/shaping-lines.ts", // a value, escaped
    "operations/release/new-release.ts", // names of keys
  ]);
});
