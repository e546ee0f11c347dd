import type { z } from "zod";
import type { Problem } from "../../language/problem";
import { type MapTree, placeOf } from "../../language/yaml/tree";
import type { channels } from "../schema/platform";
import type { DefinitionFiles } from "./files";
import { partsOf } from "./layer-parts";

/** The channels of one directory: the release of each, and what each gives its clusters. */
export class Channels {
  readonly problems: readonly Problem[];
  /** The part of each channel that clusters inherit, by the channel's name. */
  readonly parts: ReadonlyMap<string, MapTree>;

  constructor(
    files: DefinitionFiles,
    /** Undefined if the file has an error. */
    private readonly known: z.output<typeof channels> | undefined,
  ) {
    const { parts, problems } = partsOf(files.data("channels.yaml").root, "");
    this.parts = parts;
    this.problems = [...problems, ...unknownReleases(files)];
  }

  /** Returns the release of a channel; undefined if there is no channel of that name. */
  releaseOf(name: string): string | undefined {
    const channel = this.known !== undefined && Object.hasOwn(this.known, name) ? this.known[name] : undefined;
    return typeof channel === "object" ? channel.release : channel;
  }

  /** Returns the names of the channels; undefined if they cannot be read. */
  names(): readonly string[] | undefined {
    return this.known && Object.keys(this.known);
  }
}

/** Reports each channel whose release has no file. */
function unknownReleases(files: DefinitionFiles): Problem[] {
  const { root } = files.data("channels.yaml");
  return [...(root?.entries ?? [])].flatMap(([channel, { value: given }]): Problem[] => {
    const value = given.kind === "map" ? given.entries.get("release")?.value : given;
    if (value?.kind !== "scalar" || typeof value.value !== "string") return [];
    if (files.layerFile("releases", value.value) !== undefined) return [];
    return [
      {
        rule: "unknown-layer",
        severity: "error",
        place: placeOf(value),
        path: given === value ? channel : `${channel}.release`,
        message: files.unknown("releases", value.value),
      },
    ];
  });
}
