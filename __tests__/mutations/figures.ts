import { formatProblem, type Problem } from "../../language/problem";

const MOST_MS = 2000;
/** Words of libraries, which say nothing to a reader. */
const FOREIGN = /Invalid input|undefined|\[object|NaN,|Too (?:small|big)/;

export interface Figures {
  readonly mutants: number;
  accepted: number;
  refused: number;
  /** Number of accepted mutants whose stacks, pipelines or plans were created too. */
  synthesized: number;
  problems: number;
  slowestMs: number;
  /** Forbidden outcomes, each with the number of its mutant. */
  readonly faults: string[];
}

export interface Mutant {
  /** Name of the file that was changed. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Tries mutants one after another, and collects what must not happen. */
export function tryMutants(
  mutants: number,
  mutantOf: (number: number) => Mutant,
  /** Returns the problems of a mutant, and counts it. */
  verify: (mutant: Mutant, figures: Figures) => readonly Problem[],
): Figures {
  const figures: Figures = { mutants, accepted: 0, refused: 0, synthesized: 0, problems: 0, slowestMs: 0, faults: [] };
  for (let number = 0; number < mutants; number += 1) {
    const mutant = mutantOf(number);
    const fault = (what: string): void => void figures.faults.push(`mutant ${number} of ${mutant.name}: ${what}`);
    let ms = 0;
    try {
      const lines = Buffer.from(mutant.bytes).toString("utf8").split("\n").length;
      let problems: readonly Problem[] = [];
      ms = millisecondsOf(() => (problems = verify(mutant, figures)));
      // A hang lasts as long the second time. What the first one loads, and a collection of garbage, do not.
      if (ms > MOST_MS) ms = millisecondsOf(() => verify(mutant, { ...figures, faults: [] }));
      figures.problems += problems.length;
      for (const problem of problems)
        for (const what of wrongWith(problem, mutant.name, lines)) fault(`${what}: ${formatProblem(problem)}`);
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      fault(`crash: ${text.split("\n").slice(0, 4).join(" ")}`);
    }
    figures.slowestMs = Math.max(figures.slowestMs, ms);
    if (ms > MOST_MS) fault(`takes ${Math.round(ms)} ms`);
  }
  return figures;
}

/** Returns the time of the processor that work takes, in milliseconds. */
function millisecondsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1000;
}

/** Returns what is wrong with a problem itself. */
function wrongWith(problem: Problem, changed: string, lines: number): string[] {
  const { message, place } = problem;
  const text = formatProblem(problem);
  const beyond = place?.file.endsWith(changed) && place.line > lines + 1;
  return [
    ...(place === null || place.file === "" || place.line < 1 || beyond ? ["no place"] : []),
    ...(message === "" || FOREIGN.test(message) ? ["words of a library"] : []),
    ...(/[\p{C}\p{Zl}\p{Zp}]/u.test(text) ? ["control characters"] : []),
    ...(text.length > 3000 ? [`${text.length} characters`] : []),
  ];
}
