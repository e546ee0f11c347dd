import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateFleet } from "./generated-fleet";
import { type Measured, node } from "./processes";

/** One measurement: what is compared, and the ratio it must keep. */
export interface Benchmark {
  readonly name: string;
  readonly what: string;
  readonly bar: number;
  readonly unit: "ms" | "MiB";
  measure(): Promise<{ ours: number; theirs: number; ratio: number }>;
}

/** Everything that the benchmarks write. */
export const work = mkdtempSync(join(tmpdir(), "cf-bench-"));

const STORE = join(work, "store");
const fleets = new Map<number, { readonly directory: string; readonly files: readonly string[] }>();

/** Returns a generated fleet of so many clusters. */
export function fleet(size: number): { readonly directory: string; readonly files: readonly string[] } {
  const known = fleets.get(size);
  if (known !== undefined) return known;
  const directory = join(work, `definitions-${size}`);
  mkdirSync(directory);
  const made = { directory, files: generateFleet(directory, size) };
  fleets.set(size, made);
  return made;
}

type Environment = Readonly<Record<string, string>>;

export const time = async (args: readonly string[], env: Environment = {}): Promise<number> =>
  (await node(args, env)).milliseconds;

/** Synthesizes as the first run on a machine does: nothing was built before, and what is built is stored. */
export function firstSynth(env: Environment, peaks?: string): Promise<Measured> {
  rmSync(STORE, { recursive: true, force: true });
  return node(["launch.mjs", "main.ts"], { ...env, FLEET_CACHE_DIR: STORE }, peaks);
}
