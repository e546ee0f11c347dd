import { compareText, type Problem } from "../../../language/problem";
import { ifCertain } from "../../../language/refused";
import { descend, placeOf } from "../../../language/yaml/tree";
import type { Release } from "../../model/cluster";
import type { DefinitionFiles } from "../../read/files";
import type { Layers } from "../../read/layers";
import { contentOf, digestOf, releaseText } from "../../read/release-digest";
import type { ResolvedFile } from "../../resolve";
import { findingProblems } from "../../rules/resolved-definition";

/** The releases at the commit that a change is compared with. */
export interface BaseReleases {
  /** CLUSTER_NAME -> its release. */
  readonly clusters: ReadonlyMap<string, string>;
  /** Releases that somebody may have deployed -> the content of the file. */
  readonly published: ReadonlyMap<string, string>;
}

/** The keys of a release about the steps to and from it. */
export type ReleaseStep = Pick<Release, "cannot_skip" | "name" | "no_way_back">;

/** Returns the releases that must not change any more: those of channels and of clusters, and those that were cut. */
export function publishedReleases(files: DefinitionFiles, layers: Layers, used: Iterable<string>): Map<string, string> {
  const named = new Set([...used, ...layers.channelNames().map((channel) => layers.releaseOf(channel))]);
  return new Map(
    files.names("releases").flatMap((name) => {
      const text = releaseText(files, name);
      const own = layers.release(name).own;
      return text !== undefined && (named.has(name) || own?.digest !== undefined) ? [[name, contentOf(text)]] : [];
    }),
  );
}

/** Refuses changes of releases that were published: clusters would get other versions without a promotion. */
export function publishedProblems({ published }: BaseReleases, { files }: Layers): Problem[] {
  return [...published].flatMap(([name, before]): Problem[] => {
    const text = releaseText(files, name);
    if (text === undefined || contentOf(text) === before) return [];
    const file = files.layerFile("releases", name) ?? name;
    const message = `release ${name} is in use, and must not change. Restore the file, and make the change in a new release (fleet release new)`;
    return [{ rule: "published-release", severity: "error", place: { file, line: 1, column: 1 }, path: "", message }];
  });
}

/** Reports releases whose content is not the one that was cut. */
export function digestProblems(layers: Layers): Problem[] {
  return layers.files.names("releases").flatMap((name): Problem[] => {
    const { own, root } = layers.release(name);
    const text = own?.digest === undefined ? undefined : releaseText(layers.files, name);
    if (text === undefined || root === undefined || digestOf(text) === own?.digest) return [];
    const place = placeOf(descend(root, ["digest"]).tree);
    const message = `does not match the content: release ${name} was changed after it was cut. Restore the file, and make the change in a new release (fleet release new)`;
    return [{ rule: "published-release", severity: "error", place, path: "digest", message }];
  });
}

/** Refuses a change of a cluster's release that skips one that must not be skipped, or goes back over one that cannot be undone. */
export function releaseStepProblems(base: BaseReleases, resolved: readonly ResolvedFile[], layers: Layers): Problem[] {
  const steps = releaseSteps(layers);
  return resolved.flatMap((each) => {
    const before = base.clusters.get(each.name);
    const after = each.chosen.release;
    const message = before === undefined ? undefined : wrongReleaseStep(before, after, steps);
    const held = ifCertain(() => each.subject?.definition.meta.HOLD?.release) !== undefined;
    const path = held ? ["meta", "HOLD", "release"] : ["meta", "RELEASE_MODEL"];
    return message === undefined ? [] : findingProblems(each, [{ rule: "release-steps", path, message }]);
  });
}

/** Returns every release that can be read, the earliest first. */
export function releaseSteps(layers: Layers): readonly ReleaseStep[] {
  return layers.files.names("releases").flatMap((name) => layers.release(name).own ?? []);
}

/** Returns why a cluster must not go from one release to another; undefined if it may. */
export function wrongReleaseStep(before: string, after: string, steps: readonly ReleaseStep[]): string | undefined {
  const between = (name: string, from: string, to: string): boolean =>
    compareText(name, from) > 0 && compareText(name, to) < 0;
  const skipped = steps.find(({ cannot_skip, name }) => cannot_skip !== undefined && between(name, before, after));
  if (skipped !== undefined)
    return `must not skip release ${skipped.name} on the way from ${before} to ${after}: ${skipped.cannot_skip}. Move to ${skipped.name} and deploy it first`;
  const crossed = steps.findLast(
    ({ name, no_way_back }) =>
      no_way_back !== undefined &&
      (between(name, after, before) || (name === before && compareText(after, before) < 0)),
  );
  if (crossed !== undefined)
    return `must not go back from ${before} to ${after}, because release ${crossed.name} cannot be undone: ${crossed.no_way_back}. Fix the cause in a later release`;
  return undefined;
}
