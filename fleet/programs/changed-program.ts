import { git } from "./git";

/** Files that shape no Terraform JSON: tests, docs, commands, checks of the code. Every other file counts as the program. */
const WITHOUT_EFFECT =
  /^(\.ci|\.github|\.vscode|__tests__|bench|cli(?!\/library\/)|docs|offline|operations)\/|\.md$|^(LICENSE|Makefile|biome\.json|\.gitignore|\.dependency-cruiser\.cjs|jest\.[\w.]+)$/;

/**
 * Returns the files of the program that differ from a commit, with uncommitted and untracked changes. The folders of definitions are
 * not part of the program.
 *
 * @param program the program's folder, in a repository
 * @param definitions folders of definitions, relative to the program
 */
export function changedProgram(program: string, commit: string, definitions: readonly string[]): readonly string[] {
  const changed = changedBelow(program, commit, ".");
  const isDefinition = (file: string): boolean => definitions.some((folder) => file.startsWith(`${folder}/`));
  return changed.filter((file) => !isDefinition(file) && !WITHOUT_EFFECT.test(file));
}

/** Returns the files below a path that differ from a commit, with uncommitted and untracked changes; none outside of the repository. */
export function changedBelow(folder: string, commit: string, path: string): readonly string[] {
  if (path.startsWith("..")) return [];
  const listed = (args: readonly string[]): string[] => git(folder, args).split("\0").filter(Boolean);
  return [
    ...listed(["diff", "--name-only", "--relative", "--no-renames", "--no-ext-diff", "-z", commit, "--", path]),
    ...listed(["ls-files", "--others", "--exclude-standard", "-z", "--", path]),
  ];
}
