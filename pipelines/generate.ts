import type { CiSystem } from "../fleet/schema/pipelines";
import { ExpectedError } from "../language/expected-error";
import { compareText } from "../language/problem";
import { CODEOWNERS_PLACES, codeowners, codeownersNotices } from "./codeowners/codeowners";
import type { Notice } from "./model/meaning";
import type { PipelineModel } from "./model/model";
import { type Files, MARK, type Renderer } from "./model/renderer";
import type { PipelinesReport } from "./report";
import { RENDERERS } from "./systems";

/** Returns the renderer of a system. */
export function rendererOf(system: CiSystem): Renderer {
  const renderer = RENDERERS[system];
  if (renderer === undefined) throw new ExpectedError(`pipelines of ${system} cannot be generated yet`);
  return renderer;
}

/** Returns every generated file of a fleet. */
export function generate(model: PipelineModel): Files {
  return new Map([...rendererOf(model.settings.system).render(model), ...codeowners(model)]);
}

/** Returns the features that a system does not support, and the steps to set it up by hand. */
export function noticesOf(model: PipelineModel): readonly Notice[] {
  return [...rendererOf(model.settings.system).notices(model), ...codeownersNotices(model)];
}

/** Places in which any system's generated files may be. */
export function everyPlace(): readonly string[] {
  return [...Object.values(RENDERERS).flatMap(({ places }) => places), ...CODEOWNERS_PLACES];
}

/**
 * Compares generated files with existing files.
 *
 * @param present files at the paths of generated files, including those that a person wrote
 * @throws ExpectedError if a file that somebody wrote is in the place of a generated one
 */
export function compareFiles(files: Files, present: Files): PipelinesReport["files"] {
  const foreign = [...files.keys()].filter((path) => present.has(path) && !isGenerated(present.get(path) ?? ""));
  if (foreign.length > 0)
    throw new ExpectedError(
      `${foreign.join(", ")} would be overwritten, but ${foreign.length === 1 ? "is" : "are"} not generated. Remove or rename the file first`,
    );
  const stale = [...present.keys()].filter((path) => !files.has(path) && isGenerated(present.get(path) ?? ""));
  return [
    ...[...files].map(([path, text]) => {
      const before = present.get(path);
      return { path, state: before === undefined ? "new" : before === text ? "same" : "changed" } as const;
    }),
    ...stale.map((path) => ({ path, state: "removed" }) as const),
  ].sort((a, b) => compareText(a.path, b.path));
}

/** True for a file that the program wrote. */
export function isGenerated(text: string): boolean {
  return text.slice(0, text.indexOf("\n")).includes(MARK);
}
