import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { buildCluster } from "../../fleet/build-cluster";
import { DefinitionFiles } from "../../fleet/read/files";
import { Layers } from "../../fleet/read/layers";
import { definitionOf } from "../../fleet/read/read-definition";
import { resolveDefinitions } from "../../fleet/resolve";
import { formatProblem, type Problem } from "../../language/problem";
import { parseYaml } from "../../language/yaml/parse";
import { synthesizeCluster } from "../../synth/synthesize-cluster";
import { SAMPLE_FLEET } from "../support/sample-fleet";
import { mutant, Random } from "./mutate";

const TODAY = "2026-09-01";
const MOST_MS = 2000;
/** Words of libraries, which say nothing to a reader. */
const FOREIGN = /Invalid input|undefined|\[object|NaN,|Too (?:small|big)/;

export interface Figures {
  readonly mutants: number;
  accepted: number;
  refused: number;
  synthesized: number;
  problems: number;
  slowestMs: number;
  /** Forbidden outcomes, each with the number of its mutant, which `mutantOf` returns. */
  readonly faults: string[];
}

interface Sample {
  readonly name: string;
  readonly text: string;
}

/** The files of the samples' clusters. */
const clusters: readonly Sample[] = (readdirSync(join(SAMPLE_FLEET, "clusters"), { recursive: true }) as string[])
  .filter((file) => file.endsWith(".yaml"))
  .sort()
  .map((file) => ({ name: basename(file, ".yaml"), text: readFileSync(join(SAMPLE_FLEET, "clusters", file), "utf8") }));

export function mutantOf(seed: number, number: number): Sample & { readonly bytes: Uint8Array } {
  const random = new Random(seed * 1_000_003 + number);
  const sample = random.of(clusters);
  return {
    ...sample,
    bytes: mutant(
      sample.text,
      clusters.map(({ text }) => text),
      random,
    ),
  };
}

/** Loads mutants, and synthesizes every `each`th of those that are accepted. */
export function verifyMutations({
  seed,
  mutants,
  each,
}: {
  readonly seed: number;
  readonly mutants: number;
  readonly each: number;
}): Figures {
  const figures: Figures = { mutants, accepted: 0, refused: 0, synthesized: 0, problems: 0, slowestMs: 0, faults: [] };
  const layers = new Layers(new DefinitionFiles(SAMPLE_FLEET, "definitions"));
  layers.readAll();
  const output = mkdtempSync(join(tmpdir(), "cf-"));
  for (let number = 0; number < mutants; number += 1) {
    const { name, bytes } = mutantOf(seed, number);
    const fault = (what: string): void => void figures.faults.push(`mutant ${number} of ${name}: ${what}`);
    const before = process.cpuUsage();
    try {
      const errors = verify(name, bytes, layers, figures, { output, synthesize: (count) => count % each === 0 });
      const lines = Buffer.from(bytes).toString("utf8").split("\n").length;
      for (const problem of errors)
        for (const what of wrongWith(problem, lines)) fault(`${what}: ${formatProblem(problem)}`);
    } catch (error) {
      fault(
        `crash: ${error instanceof Error ? (error.stack ?? error.message).split("\n").slice(0, 4).join(" ") : String(error)}`,
      );
    }
    const ms = process.cpuUsage(before).user / 1000;
    figures.slowestMs = Math.max(figures.slowestMs, ms);
    if (ms > MOST_MS) fault(`takes ${Math.round(ms)} ms`);
  }
  rmSync(output, { recursive: true, force: true });
  return figures;
}

function verify(
  name: string,
  bytes: Uint8Array,
  layers: Layers,
  figures: Figures,
  { output, synthesize }: { readonly output: string; readonly synthesize: (count: number) => boolean },
): readonly Problem[] {
  const file = `clusters/${name}.yaml`;
  const { root, problems } = definitionOf(parseYaml(file, bytes));
  const [resolved] = root === undefined ? [] : resolveDefinitions([{ file, nameOfFile: name, root }], layers, TODAY);
  const all = [...problems, ...(resolved?.problems ?? [])];
  figures.problems += all.length;
  const errors = all.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    figures.refused += 1;
    return all;
  }
  figures.accepted += 1;
  if (resolved?.subject === undefined) throw new Error("no error, and no cluster");
  const peered = resolved.subject.definition.tfvars.networking.vpc_peering_connections.some(
    (each) => each.cluster !== undefined,
  );
  if (peered || !synthesize(figures.accepted)) return all; // the other clusters of the fleet are not loaded
  for (const cluster of [buildCluster(resolved.subject, layers, [])].flat()) synthesizeCluster(cluster, output);
  figures.synthesized += 1;
  return all;
}

/** Returns what is wrong with a problem itself. */
function wrongWith(problem: Problem, lines: number): string[] {
  const { place, message } = problem;
  const text = formatProblem(problem);
  const own = place?.file.startsWith("clusters/");
  return [
    ...(place === null || place.file === "" || place.line < 1 || (own && place.line > lines + 1) ? ["no place"] : []),
    ...(message === "" || FOREIGN.test(message) ? ["words of a library"] : []),
    ...(/[\p{C}\p{Zl}\p{Zp}]/u.test(text) ? ["control characters"] : []),
    ...(text.length > 3000 ? [`${text.length} characters`] : []),
  ];
}
