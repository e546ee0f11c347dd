import type { Release } from "../../fleet/model/cluster";
import { pinOf } from "../../fleet/programs/program-pin";
import type { Layers } from "../../fleet/read/layers";
import { ExpectedError } from "../../language/expected-error";
import { isMap } from "../../language/plain-map";
import { compareText, DefinitionError } from "../../language/problem";
import { meantOrKnown } from "../../language/suggest";
import { plainValue } from "../../language/yaml/plain-tree";
import type { ReleaseDiffReport } from "./report";
import { chartNotes, pinNotes } from "./upstream";

/**
 * Returns a release.
 *
 * @throws ExpectedError if it does not exist, DefinitionError if it has an error
 */
export function releaseNamed(layers: Layers, name: string): Release {
  const names = layers.files.names("releases");
  if (!names.includes(name))
    throw new ExpectedError(`unknown release ${JSON.stringify(name)}${meantOrKnown(name, names)}`);
  const { own } = layers.release(name);
  if (own === undefined) throw new DefinitionError(layers.problems);
  return own;
}

/** Returns the versions and the settings that differ between two releases. */
export function releaseDiff(layers: Layers, from: string, to: string): ReleaseDiffReport {
  const [before, after] = [versionsOf(releaseNamed(layers, from)), versionsOf(releaseNamed(layers, to))];
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return {
    version: 1,
    from,
    to,
    changes: names.flatMap((name) => {
      const [then, now] = [before.get(name), after.get(name)];
      if (then?.version === now?.version) return [];
      return { name, before: then?.version ?? null, after: now?.version ?? null, link: now?.link ?? null };
    }),
    settings: differing(settingsOf(layers, from), settingsOf(layers, to)),
  };
}

interface Version {
  readonly version: string;
  readonly link: string | null;
}

function versionsOf({ charts, kubernetes, program }: Release): ReadonlyMap<string, Version> {
  const found = new Map<string, Version>();
  if (program !== undefined) found.set("program", { version: pinOf(program).version, link: null });
  for (const [minor, pins] of Object.entries(kubernetes).sort(([a], [b]) => compareText(a, b)))
    for (const [path, version] of leavesOf(pins))
      found.set(`kubernetes[${minor}].${path.join(".")}`, { version, link: pinNotes(path, version) });
  for (const [addon, chart] of Object.entries(charts))
    if (chart !== undefined)
      found.set(`charts.${addon}`, {
        version: chart.version,
        link: chartNotes(chart.repository, chart.chart, chart.version),
      });
  return found;
}

function settingsOf(layers: Layers, name: string): ReadonlyMap<string, string> {
  const value = plainValue(layers.release(name).root ?? layers.defaults);
  const { platforms, tfvars } = isMap(value) ? value : {};
  return new Map(
    leavesOf({ ...(isMap(platforms) && { platforms }), ...(isMap(tfvars) && { tfvars }) }).map(([path, text]) => [
      path.join("."),
      text,
    ]),
  );
}

function differing(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((path) => {
    const [then, now] = [before.get(path), after.get(path)];
    return then === now ? [] : `${path}: ${then ?? "not set"} -> ${now ?? "not set"}`;
  });
}

function leavesOf(value: unknown, path: readonly string[] = []): (readonly [readonly string[], string])[] {
  if (isMap(value)) return Object.entries(value).flatMap(([key, each]) => leavesOf(each, [...path, key]));
  return [[path, typeof value === "string" ? value : JSON.stringify(value)]];
}
