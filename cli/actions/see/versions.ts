import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createColors } from "picocolors";
import { DefinitionFiles } from "../../../fleet/read/files";
import { Layers } from "../../../fleet/read/layers";
import { ExpectedError } from "../../../language/expected-error";
import { withoutOwnKeys } from "../../../operations/release/new-release";
import { nextName } from "../../../operations/versions/next-release";
import { resolveImages, withDigests } from "../../../operations/versions/pin-images";
import { Registries } from "../../../operations/versions/registries";
import type { ReleaseVersions, VersionsReport } from "../../../operations/versions/report";
import { hasNewer, newestRelease, versionsOf } from "../../../operations/versions/versions";
import { writtenRelease } from "../../../operations/versions/write-release";
import { unpinnedPlaces } from "../../../pipelines/model/unpinned";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import {
  dayOf,
  definitionsDirectory,
  load,
  loadEvery,
  printRefused,
  shippedDirectory,
  withoutErrors,
} from "../../shared/definitions";
import { worst } from "../../shared/exit-code";
import { printJson, printText, withProgress } from "../../shared/print";
import { type Cell, table } from "../../shared/table";
import { type Terminal, terminalOf } from "../../shared/terminal";

type Flags = {
  readonly check: boolean;
  readonly write: boolean;
  readonly name: string | undefined;
  readonly today: string | undefined;
};

export const run = action(async ({ flags, json, positionals }: Input<Flags>) => {
  if (flags.write && positionals.length > 0)
    throw new ExpectedError("--write starts from the newest release. Leave out the names of releases");
  if (flags.name !== undefined && !flags.write) throw new ExpectedError("--name requires --write");
  const today = dayOf(flags.today);
  const layers = new Layers(new DefinitionFiles(definitionsDirectory(), shippedDirectory()));
  // The next release is written for a fleet without errors.
  const fleet = flags.write ? withoutErrors(load(undefined, today)) : loadEvery(today);
  const names = flags.write ? [newestRelease(layers)] : positionals;
  const registry = flags.check || flags.write ? new Registries() : undefined;
  const found = await withProgress("asking registries", () =>
    versionsOf({ layers, clusters: fleet.clusters, names, registry, today }),
  );
  const report =
    flags.write && registry !== undefined
      ? await withPinnedImages(write(found, layers, flags.name), layers, registry)
      : found;
  if (json) printJson(report);
  else printText(versionsText(report, terminalOf(process.stdout)));
  const missing = unreached(report);
  if (missing !== undefined) console.error(missing);
  return worst([printRefused(fleet), flags.check && hasNewer(report) ? 2 : 0]);
});

/** Writes the next release and its sightings, and returns the report with the files. */
function write(report: VersionsReport, layers: Layers, given: string | undefined): VersionsReport {
  const { releases, today } = report;
  const [release] = releases;
  const { seen } = layers;
  if (release === undefined || seen === undefined) return report;
  const name = given ?? nextName(today, release.name);
  if (!/^[\w.-]+$/.test(name))
    throw new ExpectedError(`--name must be the name of a file, such as 2027.01, got ${JSON.stringify(name)}`);
  if (layers.files.layerFile("releases", name) !== undefined)
    throw new ExpectedError(`release ${name} exists, and a release never changes. Choose another --name`);
  const directory = definitionsDirectory();
  const own = join(directory, "seen-versions.yaml");
  const from = layers.files.layerFile("releases", release.name);
  const isShipped = resolve(directory) === resolve(shippedDirectory());
  const written = writtenRelease({
    name,
    text: from === undefined ? "" : withoutOwnKeys(readFileSync(from, "utf8")),
    release,
    seen,
    seenText: existsSync(own) ? readFileSync(own, "utf8") : "",
    seenUnder: isShipped ? undefined : layers.files.levels("seen-versions.yaml")[0]?.root,
    support: layers.support,
    today,
  });
  if (written === undefined) return report;
  const file = join(directory, "releases", `${name}.yaml`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, written.releaseText, { flag: "wx" }); // does not overwrite a release that was written meanwhile
  writeFileSync(own, written.seenText);
  return { ...report, written: [file, own] };
}

/** Writes the digests of images that only their tag pins, and returns the report with them. */
async function withPinnedImages(
  report: VersionsReport,
  { pipelines }: Layers,
  registry: Registries,
): Promise<VersionsReport> {
  const places = pipelines === undefined ? [] : unpinnedPlaces(pipelines.value);
  const resolved = await withProgress("asking registries for digests", () => resolveImages(places, registry));
  const images = resolved.map((each) => ({
    image: each.image,
    digest: "digest" in each ? each.digest : null,
    problem: "problem" in each ? each.problem : null,
  }));
  if (images.every(({ digest }) => digest === null)) return { ...report, images };
  const file = join(definitionsDirectory(), "pipelines.yaml");
  writeFileSync(file, withDigests(readFileSync(file, "utf8"), resolved));
  return { ...report, images, written: [...report.written, file] };
}

/** Returns the message about registries that could not be reached. */
function unreached({ checked, releases }: VersionsReport): string | undefined {
  const charts = releases.flatMap((release) => release.charts);
  const reasons = [...new Set(charts.flatMap(({ not_checked }) => not_checked ?? []))];
  const [first] = reasons;
  if (!checked || first === undefined) return undefined;
  return charts.every(({ not_checked }) => not_checked !== null)
    ? `No registry answered, so no chart was compared: ${first}`
    : `Not compared: ${reasons.join("; ")}`;
}

/** Returns the tables of `fleet versions`. */
export function versionsText(report: VersionsReport, terminal: Terminal): string {
  return [
    ...report.releases.flatMap((release) => releaseText(release, report.checked, terminal)),
    ...report.images.map(({ digest, image, problem }) => `Image ${image}: ${digest ?? `not pinned, ${problem}`}`),
    ...report.written.map((file) => `Written: ${file}`),
    ...(report.written.length > 0 ? ["Check it with `make validate`, and then name it in channels.yaml."] : []),
  ].join("\n");
}

function releaseText(release: ReleaseVersions, checked: boolean, terminal: Terminal): string[] {
  const { green, yellow } = createColors(terminal.colours);
  const used = release.channels.length > 0 ? `channels ${release.channels.join(", ")}` : "no channel";
  const newer = (version: string | null | undefined): Cell =>
    version === null || version === undefined ? "" : { text: version, paint: green };
  const clusters = `${release.clusters} ${release.clusters === 1 ? "cluster" : "clusters"}`;
  return [
    `Release ${release.name}: ${used}, ${clusters}`,
    "",
    ...release.kubernetes.flatMap(({ pins, version }) => [
      table(
        [`Kubernetes ${version}`, "version", "newer", { title: "days", align: "right" }, "seen"],
        pins.map((pin) => [
          pin.path.replace(/^(?:eks_addons|images)\./, ""),
          pin.version,
          newer(pin.newer),
          pin.age_days ?? "",
          pin.seen ?? { text: "never", paint: yellow },
        ]),
        terminal,
      ),
      "",
    ]),
    table(
      ["chart", "version", ...(checked ? ["newer"] : []), "Kubernetes", "seen"],
      release.charts.map(({ addon, kube_version, newer: later, not_checked, seen, version }) => [
        addon,
        version,
        ...(checked ? [not_checked === null ? newer(later?.version) : { text: "not compared", paint: yellow }] : []),
        kube_version ?? "any",
        seen ?? "",
      ]),
      terminal,
    ),
    "",
  ];
}
