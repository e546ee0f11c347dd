import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Fleet, loadFleet } from "../../fleet/load";
import { DefinitionFiles } from "../../fleet/read/files";
import { Layers } from "../../fleet/read/layers";
import { ExpectedError } from "../../language/expected-error";
import { dayOf, definitionsDirectory, shippedDirectory } from "./definitions";

/** The definitions beside which a new one is drafted. */
export interface DraftingContext {
  readonly directory: string;
  readonly shipped: string;
  readonly today: string;
  readonly fleet: Fleet;
  readonly layers: Layers;
  /** Text of ranges.yaml; undefined if it does not exist. */
  readonly ranges: string | undefined;
}

/** Loads the definitions; a directory without clusters is accepted. */
export function draftingContext(day: string | undefined): DraftingContext {
  const [directory, shipped, today] = [definitionsDirectory(), shippedDirectory(), dayOf(day)];
  const ranges = join(directory, "ranges.yaml");
  return {
    directory,
    shipped,
    today,
    fleet: loadFleet({ directory, shipped, today, withoutClusters: true }),
    layers: new Layers(new DefinitionFiles(directory, shipped)),
    ranges: existsSync(ranges) ? readFileSync(ranges, "utf8") : undefined,
  };
}

/**
 * Returns the error for a request from which nothing can be drafted.
 *
 * @param subjects parts of the request that are no flags of the same name, with their names in messages
 */
export function refusedRequest(
  problems: readonly { readonly flag: string; readonly message: string }[],
  subjects: Readonly<Record<string, string>>,
): ExpectedError {
  return new ExpectedError(
    problems.map(({ flag, message }) => `${subjects[flag] ?? `--${flag}`} ${message}`).join("\n"),
  );
}
