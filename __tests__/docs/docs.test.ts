import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import YAML from "yaml";
import { loadFleet } from "../../fleet/load";
import { STACKS, stackId } from "../../fleet/model/stacks";
import { DefinitionError } from "../../language/problem";
import { slugOf } from "../../language/words/names";
import { mistakesIn } from "../support/plain-english";
import { scratch } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";
import { synthesize } from "../support/synthesize";

const ROOT = join(__dirname, "../..");
const TODAY = "2026-11-21";
const SAMPLE = "production.eks.example.com";
/** The clusters that a clone has in `definitions/`: the pages show what a newcomer sees. */
const SHIPPED = [SAMPLE, "staging.dev.example.com", "insiders.dev.example.com", "shop.acme.example.net"];

/** Generated from descriptions, whose words have a test of their own. */
const REFERENCE = "docs/definition-reference.md";

/** Created by commands or by the reader, so not in the repository. */
const NOT_COMMITTED = /^(cdktf\.out|\.fleet|\.offline|dist)\b|[<>*…]/;

function pages(): string[] {
  const docs = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" });
  return [
    "README.md",
    "bench/README.md",
    ...docs.filter((file) => file.endsWith(".md")).map((file) => join("docs", file)),
  ].sort();
}

interface Fence {
  readonly language: string;
  readonly text: string;
}

/** The fenced blocks of a page, without the indent that a list gives them. */
function fences(text: string): Fence[] {
  return [...text.matchAll(/^( *)```(\w+)\n([\s\S]*?)^ *```$/gm)].map(([, indent = "", language = "", body = ""]) => ({
    language,
    text: body.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  }));
}

const withoutFences = (text: string): string => text.replaceAll(/^ *```[\s\S]*?^ *```$/gm, "");
const inlineCode = (text: string): string[] =>
  [...withoutFences(text).matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
const commandsOf = (text: string): string =>
  [
    ...inlineCode(text),
    ...fences(text).flatMap(({ language, text: block }) => (/^(sh|console)$/.test(language) ? [block] : [])),
  ].join("\n");

/** GitHub's anchor of a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");

/** True if the repository has a path. The user's definitions and extensions come and go: the sample fleet and the example stand for them. */
function exists(path: string): boolean {
  const own = path.replace(/^(?:definitions\/)?extensions\b/, "docs/examples/extensions/$&");
  return (
    existsSync(join(ROOT, own)) ||
    existsSync(join(ROOT, path.replace(/^definitions\/(?=accounts|channels|clusters|tiers)/, `${SAMPLE_FLEET}/`)))
  );
}

/** Returns the links to files or headings that do not exist. */
function brokenLinks(page: string, text: string): string[] {
  return [...withoutFences(text).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = ""]) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [file = "", heading] = target.split("#");
    const path = file === "" ? page : join(dirname(page), file);
    if (!exists(path)) return [target];
    const headings = heading === undefined ? [] : [...read(path).matchAll(/^#+ (.*)$/gm)];
    return heading === undefined || headings.some(([, each = ""]) => anchor(each) === heading) ? [] : [target];
  });
}

/** Returns the targets of `make` and the entries of `launch.mjs` that do not exist. */
function missingCommands(text: string): string[] {
  const makefile = readFileSync(join(ROOT, "Makefile"), "utf8");
  const targets = new Set([...makefile.matchAll(/^([a-z-]+):/gm)].map(([, target]) => target));
  const commands = commandsOf(text);
  return [
    ...[...commands.matchAll(/\bmake ([a-z-]+)/g)].flatMap(([all, name]) => (targets.has(name) ? [] : [all])),
    ...[...commands.matchAll(/launch\.mjs (\S+\.ts)/g)].flatMap(([all, entry = ""]) => (exists(entry) ? [] : [all])),
  ];
}

/** Returns the paths in backticks, from the top of the repository, that do not exist. */
function missingPaths(text: string, given: ReadonlySet<string>): string[] {
  const top = new Set(readdirSync(ROOT).map((name) => name.replaceAll(".", "\\.")));
  const path = new RegExp(`^(?:${[...top].join("|")})(?:/[\\w./-]*)?$`);
  return inlineCode(text).filter(
    (code) =>
      (path.test(code) || /^[\w-]+\/[\w./-]+\.(ts|mjs|yaml|yml|md|json)$/.test(code)) &&
      !NOT_COMMITTED.test(code) &&
      !given.has(code) &&
      !exists(code) &&
      !exists(`definitions/${code}`),
  );
}

/** Returns the problems of a flowchart: lines of an unknown form, and nodes that are used and not declared. */
function mermaidProblems(text: string): string[] {
  const [first = "", ...lines] = text.split("\n").filter((line) => line.trim() !== "");
  const problems = /^flowchart (LR|TD)$/.test(first) ? [] : [`starts with ${first}`];
  const node = String.raw`(\w+)(\["[^"\]]+"\])?`;
  const form = new RegExp(String.raw`^\s*${node}(?: (?:-->|-- "[^"]+" -->|-\. "[^"]+" \.->) ${node})?$`);
  const declared = new Set<string>();
  const used = new Set<string>();
  for (const line of lines) {
    const match = form.exec(line);
    if (match === null) problems.push(`cannot read ${line.trim()}`);
    const [, from, fromText, to, toText] = match ?? [];
    for (const [id, label] of [
      [from, fromText],
      [to, toText],
    ]) {
      if (id !== undefined) (label === undefined ? used : declared).add(id);
    }
  }
  return [...problems, ...[...used].filter((id) => !declared.has(id)).map((id) => `${id} is not declared`)];
}

/** Returns the path of a whole file of definitions, or undefined for a part of one. */
function definitionFile({ language, text }: Fence): string | undefined {
  if (language !== "yaml") return undefined;
  const document = YAML.parse(text) as { meta?: { CLUSTER_NAME: string }; id?: string; state?: { bucket: string } };
  if (document.meta !== undefined) return `clusters/docs/${document.meta.CLUSTER_NAME}.yaml`;
  const account = /^example-(\w+)-terraform-state$/.exec(document.state?.bucket ?? "")?.[1];
  return account === undefined ? undefined : `accounts/${account}.yaml`;
}

/** The prose of a page, and the comments in its blocks: what its author wrote in English. */
function proseOf(text: string): string[] {
  const comments = fences(text).flatMap(({ language, text: block }) =>
    language === "text" ? [] : [...block.matchAll(/(?:^|\s)# (.*)$/gm)].map(([, comment = ""]) => comment),
  );
  const prose = withoutFences(text)
    .replaceAll(/`[^`\n]*`/g, "``")
    .replaceAll(/\]\([^)\s]*\)/g, "]");
  return [...prose.split("\n"), ...comments];
}

/** Returns the problems of a newcomer's definitions with one file added or replaced; an empty text if there are none. */
function told(file: string, text: string): string {
  const directory = mkdtempSync(join(tmpdir(), "docs-"));
  try {
    cpSync(SAMPLE_FLEET, directory, { recursive: true });
    for (const each of readdirSync(join(directory, "clusters"), { recursive: true, encoding: "utf8" })) {
      const name = basename(each, ".yaml");
      if (each.endsWith(".yaml") && (!SHIPPED.includes(name) || name === basename(file, ".yaml")))
        rmSync(join(directory, "clusters", each));
    }
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
    loadFleet({ directory, shipped: join(ROOT, "definitions"), today: TODAY });
    return "";
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    return error.message.replaceAll(directory, "definitions");
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const read = (page: string): string => readFileSync(join(ROOT, page), "utf8");
const GIVEN = new Set(
  pages().flatMap((page) => [...read(page).matchAll(/whole file,\n`([^`]+)`/g)].map(([, path = ""]) => path)),
);

describe.each(pages())("%s", (page) => {
  const text = read(page);

  test("uses the words that people search for", () => {
    expect(mistakesIn(page === REFERENCE ? [] : proseOf(text))).toEqual([]);
  });

  test("links to files and headings that exist", () => {
    expect(brokenLinks(page, text)).toEqual([]);
  });

  test("names commands that exist", () => {
    expect(missingCommands(text)).toEqual([]);
  });

  test("names paths that exist", () => {
    expect(missingPaths(text, GIVEN)).toEqual([]);
  });

  test("draws flowcharts whose lines parse and whose nodes are declared", () => {
    const drawings = fences(text).filter(({ language }) => language === "mermaid");

    expect(drawings.flatMap((drawing) => mermaidProblems(drawing.text))).toEqual([]);
  });

  test("shows whole definitions that have no problem", () => {
    const problems = fences(text).flatMap((fence) => {
      const file = definitionFile(fence);
      return file === undefined ? [] : [told(file, fence.text)];
    });

    expect(problems.filter((problem) => problem !== "")).toEqual([]);
  });
});

describe("README.md", () => {
  const readme = read("README.md");

  test("has fewer than 120 lines", () => {
    expect(readme.split("\n").length).toBeLessThan(120);
  });

  test("shows the sample cluster without a change", () => {
    const sample = fences(readme).find(({ language }) => language === "yaml");
    const file = `${SAMPLE_FLEET}/clusters/platform/${SAMPLE}.yaml`;

    expect(YAML.parse(sample?.text ?? "")).toEqual(YAML.parse(read(file)));
  });

  test("shows the numbers of resources that make demo prints", () => {
    const output = scratch();
    // With the channels that the program comes with, which are ahead of those of the tests' fleet; a user's may name others.
    const fleet = join(output.path, "fleet");
    cpSync(SAMPLE_FLEET, fleet, { recursive: true });
    writeFileSync(join(fleet, "channels.yaml"), 'insiders: "2026.12"\nstable: "2026.12"\n');
    synthesize(output.path, fleet, SAMPLE);
    for (const stack of STACKS) {
      const file = join(output.path, "stacks", stackId(slugOf(SAMPLE), stack), "cdk.tf.json");
      const { resource } = JSON.parse(readFileSync(file, "utf8")) as { resource: Record<string, object> };
      const count = Object.values(resource).flatMap((ofType) => Object.keys(ofType)).length;
      expect(readme).toMatch(new RegExp(`^${stack} +${count} +0 +0 +0 +${count} +empty$`, "m"));
    }
    output.remove();
  });
});

test("docs/adding-a-cluster.md shows the errors of its mistakes", () => {
  const blocks = fences(read("docs/adding-a-cluster.md"));
  const good = blocks.find(({ language }) => language === "yaml")?.text ?? "";
  const shown = blocks.find(({ language }) => language === "text")?.text ?? "";
  const broken = good
    .replace("eu-west-1", "eu-west1")
    .replace(/vpc_cidr: \S+/, "vpc_cidr: 10.65.0.0/16")
    .replace("min_size: 2", "min_sise: 2")
    .replace("max_size: 4", 'max_size: 4\n      spot_price: "0.1"');
  const problems = told("clusters/search/search.dev.example.com.yaml", broken).split("\n");

  expect(problems.filter((problem) => !problem.includes(" warning: "))).toEqual(shown.trimEnd().split("\n"));
});

describe("a mistake in a page is reported", () => {
  test.each([
    ["a link to no file", () => brokenLinks("README.md", "[x](docs/nothing.md)"), ["docs/nothing.md"]],
    [
      "a link to no heading",
      () => brokenLinks("README.md", "[x](docs/architecture.md#no)"),
      ["docs/architecture.md#no"],
    ],
    ["an unknown command", () => missingCommands("`make nothing` and `make test`"), ["make nothing"]],
    ["an unknown command in a block", () => missingCommands("```sh\nmake nothing\n```"), ["make nothing"]],
    [
      "an unknown entry of launch.mjs",
      () => missingCommands("`node launch.mjs cli/nothing.ts`"),
      ["launch.mjs cli/nothing.ts"],
    ],
    ["an unknown path", () => missingPaths("`fleet/nothing.ts` and `fleet/load.ts`", new Set()), ["fleet/nothing.ts"]],
    ["an unknown folder", () => missingPaths("`stacks/nothing/`", new Set()), ["stacks/nothing/"]],
    ["an undeclared node", () => mermaidProblems('flowchart LR\n  a["A"] --> b'), ["b is not declared"]],
    ["a line that is no arrow", () => mermaidProblems("flowchart LR\n  a => b"), ["cannot read a => b"]],
    ["a phrase in prose", () => mistakesIn(proseOf("It takes `made`.")).length, 1],
    ["a phrase in a comment", () => mistakesIn(proseOf("```yaml\na: 1 # goes with b\n```")).length, 1],
    ["a definition with errors", () => [told("clusters/docs/a.b.yaml", "meta: {}") === ""], [false]],
  ])("%s", (_, check, expected) => {
    expect(check()).toEqual(expected);
  });

  test("pages in folders of docs/ are checked too", () => {
    expect(pages().map((page) => relative("docs", page))).toContain("decisions/0001-cdktf.md");
  });
});
