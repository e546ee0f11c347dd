import YAML from "yaml";
import { isMap } from "../../language/plain-map";

/** A source of random numbers with a seed: the same seed gives the same mutants. */
export class Random {
  constructor(private state: number) {}

  /** Mulberry32. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  of<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }
}

const NAMES = [
  "constructor",
  "__proto__",
  "toString",
  "hasOwnProperty",
  "valueOf",
  "name",
  "default",
  "issuer",
  "a.b",
  "",
  "1",
  "A_b",
  "\u001b[31m",
  "\u202Ex",
];
const VALUES: readonly unknown[] = [
  ...NAMES,
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 53,
  [],
  {},
  [[]],
  [null],
  [{}],
  { name: "constructor" },
  [{ name: "constructor" }],
  "x".repeat(20_000),
  "*".repeat(60),
  "${var.x}",
  "%{ if true }",
  "10.0.0.0/8",
  "0.0.0.0/0",
  "::/0",
  "2001:db8::/32",
  "arn:aws:iam::111111111111:role/x",
  "t3.nano",
  "1.35",
  "100Gi",
  "ENC[AES256_GCM,data:x]",
  "no",
  "0x10",
  "2026-01-01",
  { constructor: 1, toString: 2 },
  Object.fromEntries([["__proto__", 1]]),
];
const FRAGMENTS = [
  "\t",
  "\0",
  "\u202E",
  "\u001b",
  "é",
  ":",
  ": ",
  "#",
  " #",
  "{",
  "[",
  "}",
  "]",
  '"',
  "'",
  "&a ",
  "*a",
  "!!binary ",
  "!x ",
  "- ",
  "? ",
  "|\n",
  ">\n",
  "%YAML 1.1\n",
  "---\n",
  "<<: *a\n",
  "\\",
  "\r",
  "@",
  "`",
];

/** Returns a mutant of a definition: changed text, changed structure, or another encoding. */
export function mutant(text: string, others: readonly string[], random: Random): Uint8Array {
  const kind = random.below(20);
  if (kind === 0) return encoded(text, random);
  if (kind < 7) return Buffer.from(changedText(text, random));
  let root = parsedOnce(text);
  for (let changes = 1 + random.below(3); changes > 0; changes -= 1)
    root = changedValue(root, parsedOnce(random.of(others)), random);
  return Buffer.from(YAML.stringify(root, { aliasDuplicateObjects: random.below(4) === 0 }));
}

const values = new Map<string, unknown>();

/** Parses a text once: mutants are copies of its value. */
function parsedOnce(text: string): unknown {
  if (!values.has(text)) values.set(text, YAML.parse(text));
  return values.get(text);
}

function encoded(text: string, random: Random): Uint8Array {
  const at = random.below(text.length);
  switch (random.below(5)) {
    case 0:
      return Buffer.from(text, "utf16le");
    case 1:
      return Buffer.from(`\uFEFF${text.replaceAll("\n", "\r\n")}`);
    case 2:
      return Buffer.from(text.replaceAll("\n", "\r"));
    case 3:
      return Buffer.concat([Buffer.from(text.slice(0, at)), Buffer.from([0xc3, 0x28]), Buffer.from(text.slice(at))]);
    default:
      return Buffer.from(text).subarray(0, at);
  }
}

function changedText(text: string, random: Random): string {
  const lines = text.split("\n");
  const at = random.below(lines.length);
  const line = lines[at] ?? "";
  const column = random.below(line.length + 1);
  switch (random.below(7)) {
    case 0:
      lines.splice(at, 1);
      break;
    case 1:
      lines.splice(at, 0, line);
      break;
    case 2:
      lines[at] = ` ${line}`;
      break;
    case 3:
      lines[at] = line.slice(1);
      break;
    case 4:
      lines[at] = line.slice(0, column) + line.slice(column + 1);
      break;
    case 5:
      lines[at] = line.replace(/: .*/, ":");
      break;
    default:
      lines[at] = line.slice(0, column) + random.of(FRAGMENTS) + line.slice(column);
  }
  return lines.join("\n");
}

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  const children: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : isMap(value)
      ? Object.entries(value)
      : [];
  return [...(path.length === 0 ? [] : [path]), ...children.flatMap(([key, child]) => pathsOf(child, [...path, key]))];
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((from, step) => (from as Record<string | number, unknown>)[step], value);
}

function changedValue(root: unknown, other: unknown, random: Random): unknown {
  const paths = pathsOf(root);
  if (paths.length === 0) return random.of(VALUES);
  const path = random.of(paths);
  const value = at(root, path);
  switch (random.below(7)) {
    case 0:
      return put(root, path, undefined);
    case 1:
      return put(put(root, path, undefined), [...path.slice(0, -1), random.of(NAMES)], value);
    case 2:
      return put(root, path, at(root, random.of(paths)));
    case 3: {
      const there = pathsOf(other);
      return there.length === 0 ? root : put(root, path, at(other, random.of(there)));
    }
    case 4:
      return put(root, path, Array.isArray(value) ? [...value, ...value, random.of(VALUES)] : [value, value]);
    default:
      return put(root, path, random.of(VALUES));
  }
}

/** A copy with a value at a path; undefined takes it out. */
function put(root: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(root)) {
    const items = root.map((item, index) => (index === step ? put(item, rest, value) : (item as unknown)));
    return items.filter((item) => item !== undefined);
  }
  const entries = isMap(root) ? Object.entries(root) : [];
  const key = String(step);
  const changed = entries.map(([name, each]) => [name, name === key ? put(each, rest, value) : each] as const);
  const all =
    entries.some(([name]) => name === key) || value === undefined ? changed : [...changed, [key, value] as const];
  return Object.fromEntries(all.filter(([, each]) => each !== undefined));
}
