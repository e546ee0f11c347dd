import type { Problem } from "../problem";
import { compileExtensions, type Extension, type Extensions } from "./compile";
import { extensionsFolder, type Kind } from "./find";
import { ExtensionError, runExtension } from "./run";

/**
 * The extensions of this process: those beside DEFINITIONS_DIR, or else beside `definitions`. They are chosen once, because the schema
 * of definitions depends on them.
 */
let own: Extensions | undefined;
const problems: Problem[] = [];

export function ownExtensions(): Extensions {
  own ??= compileExtensions(extensionsFolder(process.env["DEFINITIONS_DIR"] ?? "definitions"));
  return own;
}

/** Returns what is wrong with the extensions, as far as they were loaded. */
export function extensionProblems(): readonly Problem[] {
  return [...ownExtensions().problems, ...problems];
}

/** Adds a problem that is found when extensions are seen together. */
export function reportExtension(problem: Problem): void {
  problems.push(problem);
}

/** Returns the extensions of a kind. */
export function extensionsOf(kind: Kind): readonly Extension[] {
  return ownExtensions().all.filter((each) => each.kind === kind);
}

/**
 * Runs the extensions of a kind. Those that fail are left out, and their problems are kept for whoever loads definitions.
 *
 * @param accept returns the extension in its form, or throws an ExtensionError
 */
export function loadExtensions<Accepted>(
  kind: Kind,
  accept: (exported: unknown, extension: Extension) => Accepted,
): readonly Accepted[] {
  const { folder } = ownExtensions();
  return extensionsOf(kind).flatMap((extension): Accepted[] => {
    try {
      return [accept(runExtension(folder, extension), extension)];
    } catch (error) {
      if (!(error instanceof ExtensionError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
}
