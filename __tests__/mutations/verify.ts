import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { buildCluster } from "../../fleet/build-cluster";
import { DefinitionFiles } from "../../fleet/read/files";
import { Layers } from "../../fleet/read/layers";
import { definitionOf } from "../../fleet/read/read-definition";
import { resolveDefinitions } from "../../fleet/resolve";
import type { Problem } from "../../language/problem";
import { parseYaml } from "../../language/yaml/parse";
import { synthesizeCluster } from "../../synth/synthesize-cluster";
import { SAMPLE_FLEET } from "../support/sample-fleet";
import { type Figures, type Mutant, tryMutants } from "./figures";
import { mutant, Random } from "./mutate";

const TODAY = "2026-09-01";

/** The files of the samples' clusters. */
const clusters = (readdirSync(join(SAMPLE_FLEET, "clusters"), { recursive: true }) as string[])
  .filter((file) => file.endsWith(".yaml"))
  .sort()
  .map((file) => ({ name: basename(file), text: readFileSync(join(SAMPLE_FLEET, "clusters", file), "utf8") }));
const texts = clusters.map(({ text }) => text);

export function mutantOf(seed: number, number: number): Mutant {
  const random = new Random(seed * 1_000_003 + number);
  const { name, text } = random.of(clusters);
  return { name, bytes: mutant(text, texts, random) };
}

/** Loads mutants of clusters, and synthesizes every `each`th of those that are accepted. */
export function verifyMutations({
  seed,
  mutants,
  each,
}: {
  readonly seed: number;
  readonly mutants: number;
  readonly each: number;
}): Figures {
  const layers = new Layers(new DefinitionFiles(SAMPLE_FLEET, "definitions"));
  layers.readAll();
  const output = mkdtempSync(join(tmpdir(), "cf-"));
  const options = { output, synthesize: (count: number) => count % each === 0 };
  const figures = tryMutants(
    mutants,
    (number) => mutantOf(seed, number),
    (changed, counted) => verify(changed, layers, counted, options),
  );
  rmSync(output, { recursive: true, force: true });
  return figures;
}

function verify(
  { bytes, name }: Mutant,
  layers: Layers,
  figures: Figures,
  { output, synthesize }: { readonly output: string; readonly synthesize: (count: number) => boolean },
): readonly Problem[] {
  const file = `clusters/${name}`;
  const { root, problems } = definitionOf(parseYaml(file, bytes));
  const [resolved] =
    root === undefined ? [] : resolveDefinitions([{ file, nameOfFile: basename(name, ".yaml"), root }], layers, TODAY);
  const all = [...problems, ...(resolved?.problems ?? [])];
  if (all.some(({ severity }) => severity === "error")) {
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
