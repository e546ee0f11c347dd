import { withProgress } from "./print";

/** Prints a line on stderr when a step has ended. */
export async function step<Result>(title: string, work: () => Promise<Result>): Promise<Result> {
  const started = performance.now();
  const ended = (mark: string): void =>
    console.error(`${mark} ${title} [${((performance.now() - started) / 1000).toFixed(1)}s]`);
  try {
    const result = await withProgress(title, work);
    ended("✔");
    return result;
  } catch (error) {
    ended("✘");
    throw error;
  }
}
