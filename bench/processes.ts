import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";

/** Duration of a process, and the largest memory of it and its children. */
export interface Measured {
  readonly milliseconds: number;
  /** Peak resident memory of the largest process, in MiB; 0 where it was not asked for. */
  readonly peak: number;
}

/** Runs Node in a process of its own; failures stop the benchmark, because a quick failure is no speed. */
export function node(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
  peaks?: string,
  succeeds: readonly number[] = [0],
): Promise<Measured> {
  if (peaks !== undefined) rmSync(peaks, { force: true });
  const hook =
    peaks === undefined ? {} : { NODE_OPTIONS: "--require ./bench/peak-memory.cjs", PEAK_MEMORY_FILE: peaks };
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...hook, ...env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors += text;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      const milliseconds = performance.now() - started;
      if (code === null || !succeeds.includes(code))
        reject(new Error(`${args.join(" ")} ended with ${code}: ${errors}`));
      else resolve({ milliseconds, peak: peaks === undefined ? 0 : largest(peaks) });
    });
  });
}

function largest(file: string): number {
  if (!existsSync(file)) throw new Error("no process wrote its peak memory");
  return Math.max(...readFileSync(file, "utf8").trim().split("\n").map(Number)) / 1024;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError("nothing was measured");
  return middle;
}

/** Two things measured in turns, so that whatever else the machine does meets both; the ratio of their medians. */
export async function ratio(
  rounds: number,
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
): Promise<{ ours: number; theirs: number; ratio: number }> {
  const [a, b]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    a.push(await ours());
    b.push(await theirs());
  }
  return { ours: median(a), theirs: median(b), ratio: median(a) / median(b) };
}
