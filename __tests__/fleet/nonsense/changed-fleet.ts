import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { type Document, isMap, isSeq, parseDocument } from "yaml";
import { fleetProblems } from "../../../fleet/fleet-problems";
import { loadFleet } from "../../../fleet/load";
import { DefinitionFiles, nameOfFile } from "../../../fleet/read/files";
import { Layers } from "../../../fleet/read/layers";
import { definitionOf } from "../../../fleet/read/read-definition";
import { resolveDefinitions } from "../../../fleet/resolve";
import { DefinitionError, formatProblem, type Problem } from "../../../language/problem";
import { parseYaml } from "../../../language/yaml/parse";
import { TODAY } from "../../support/definitions";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

/** One changed value of a file of the sample fleet. */
export interface Change {
  /** The first word of a cluster's name, or the path of another file. */
  readonly in: string;
  /** Keys with dots between them: a name or a number selects an item of a list, `+` adds one. */
  readonly at: string;
  readonly is: unknown;
}

/** Clusters beside the other files of the fleet when one of those changes. All would take long. */
const FEW = ["everything", "insiders", "production", "staging"];

/** Returns what is reported of each change, without what is reported of the file as it is. */
export function reportsOfChanges(changes: readonly Change[]): string[][] {
  const reports = new Map<Change, string[]>();
  const files = new DefinitionFiles(SAMPLE_FLEET, "definitions").clusterFiles();
  for (const file of files) {
    const own = changes.filter((change) => basename(file).startsWith(`${change.in}.`));
    const [before, ...after] = problemsOfCluster(file, own);
    for (const [index, change] of own.entries()) reports.set(change, newIn(after[index], before));
  }
  const others = changes.filter((change) => change.in.endsWith(".yaml"));
  const [before, ...after] = problemsOfFleet(files, others);
  for (const [index, change] of others.entries()) reports.set(change, newIn(after[index], before));
  return changes.map((change) => {
    const found = reports.get(change);
    if (found === undefined) throw new Error(`no file ${change.in}`);
    return found;
  });
}

function newIn(after: readonly string[] = [], before: readonly string[] = []): string[] {
  return after.filter((problem) => !before.includes(problem));
}

/** Returns the problems of a cluster's file as it is, and of each of its changed forms. */
function problemsOfCluster(file: string, changes: readonly Change[]): string[][] {
  if (changes.length === 0) return [];
  const definitions = new DefinitionFiles(SAMPLE_FLEET, "definitions");
  const layers = new Layers(definitions);
  const text = readFileSync(file, "utf8");
  const read = [text, ...changes.map((change) => changed(text, change))].map((each) =>
    definitionOf(parseYaml(file, Buffer.from(each))),
  );
  const roots = read.flatMap(({ root }) => (root === undefined ? [] : [{ file, nameOfFile: nameOfFile(file), root }]));
  const resolved = resolveDefinitions(roots, layers, TODAY).values();
  const fleet = { layers, every: definitions.clusterFiles(), rollouts: undefined, exceptions: undefined, today: TODAY };
  return read.map(({ problems, root }) => {
    const own = root === undefined ? undefined : resolved.next().value;
    if (own === undefined) return shown(problems);
    return shown([...problems, ...own.problems, ...fleetProblems({ ...fleet, selected: [own], resolved: [own] })]);
  });
}

/** Returns the problems of a smaller fleet as it is, and of each of its changed forms. */
function problemsOfFleet(files: readonly string[], changes: readonly Change[]): string[][] {
  const directory = mkdtempSync(join(tmpdir(), "changed-"));
  try {
    for (const part of ["accounts", "tiers", "channels.yaml", "pipelines.yaml", "rollouts.yaml"])
      cpSync(join(SAMPLE_FLEET, part), join(directory, part), { recursive: true });
    for (const file of files.filter((each) => FEW.includes(basename(each).split(".")[0] ?? ""))) {
      const to = join(directory, relative(SAMPLE_FLEET, file));
      mkdirSync(dirname(to), { recursive: true });
      cpSync(file, to);
    }
    return [
      problemsIn(directory),
      ...changes.map((change) => {
        const file = join(directory, change.in);
        const text = readFileSync(file, "utf8");
        writeFileSync(file, changed(text, change));
        const problems = problemsIn(directory);
        writeFileSync(file, text);
        return problems;
      }),
    ];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function problemsIn(directory: string): string[] {
  try {
    return shown(loadFleet({ directory, shipped: "definitions", today: TODAY }).warnings);
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    return shown(error.problems);
  }
}

/** Returns errors and warnings without their places, which move with a change. */
const shown = (problems: readonly Problem[]): string[] =>
  problems.map((problem) => formatProblem(problem).replace(/^\S+:\d+:\d+ /, ""));

function changed(text: string, { at, is }: Change): string {
  const document = parseDocument(text);
  document.setIn(steps(document, at), document.createNode(is));
  return document.toString({ lineWidth: 0 });
}

/** Returns the path of a value. */
function steps(document: Document, at: string): (string | number)[] {
  const path: (string | number)[] = [];
  for (const step of at.split(".")) {
    const node = path.length === 0 ? document.contents : document.getIn(path, true);
    if (!isSeq(node)) {
      if (node !== undefined && !isMap(node)) throw new Error(`${at}: no map before ${step}`);
      path.push(step);
      continue;
    }
    const index = node.items.findIndex((item) => isMap(item) && [item.get("name"), item.get("id")].includes(step));
    if (index < 0 && !/^(\+|\d+)$/.test(step)) throw new Error(`${at}: no item ${step}`);
    path.push(index >= 0 ? index : step === "+" ? node.items.length : Number(step));
  }
  return path;
}
