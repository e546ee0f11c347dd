import { join, relative, resolve } from "node:path";
import { checkFleet, type Fleet, type LoadOptions, loadFleet } from "../../fleet/load";
import type { Cluster } from "../../fleet/model/cluster";
import { ExpectedError } from "../../language/expected-error";
import { extensionsFolder, findExtensions } from "../../language/extensions/find";
import { ownExtensions } from "../../language/extensions/own";
import { DefinitionError, type Problem } from "../../language/problem";
import { programFolder } from "../../language/program-folder";
import { Synthesizer } from "../../synth/synthesizer";

/** Options for loading definitions. */
export interface LoadingOptions {
  /** The directory of definitions; by default `definitions`. */
  readonly directory?: string | undefined;
  /** Names or globs of clusters, separated by commas; by default every cluster. */
  readonly select?: string | undefined;
  /** The day from which warnings count, YYYY-MM-DD; by default today. It changes no output. */
  readonly today?: string | undefined;
}

/** Returns the options of the program's own functions. Files that a directory does not contain come from the program. */
export function sourceOf({ directory = "definitions", select, today }: LoadingOptions): LoadOptions {
  const extensions = extensionsFolder(directory);
  if (resolve(extensions) !== resolve(ownExtensions().folder) && findExtensions(extensions).sources.length > 0)
    throw new ExpectedError(
      `${extensions} is not read, because extensions are chosen when the program is loaded. Set DEFINITIONS_DIR=${directory} in the environment`,
    );
  return {
    directory,
    shipped: relative(process.cwd(), join(programFolder(), "definitions")),
    select,
    today: today ?? new Date().toISOString().slice(0, 10),
  };
}

/**
 * Loads and checks definitions.
 *
 * @throws DefinitionError with every problem, if one of them is an error
 */
export function load(options: LoadingOptions = {}): Fleet {
  return loadFleet(sourceOf(options));
}

/** Returns every error and warning about definitions. */
export function validate(options: LoadingOptions = {}): readonly Problem[] {
  try {
    return checkFleet(sourceOf(options)).problems;
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems;
    throw error;
  }
}

/**
 * Writes the Terraform JSON of clusters to `outdir`, as `cdktf synth` does. Stacks of other clusters stay, unless `all` is true.
 *
 * @param options `directory` is the one that the clusters were loaded from: programs of releases read it themselves
 */
export async function synthesize(
  clusters: readonly Cluster[],
  options: { readonly outdir?: string; readonly all?: boolean; readonly directory?: string } = {},
): Promise<void> {
  const { all = false, directory, outdir = "cdktf.out" } = options;
  const synthesizer = new Synthesizer(outdir, clusters.length, { definitions: sourceOf({ directory }) });
  try {
    await synthesizer.write(clusters, { all });
  } finally {
    synthesizer.close();
  }
}
