import { DefinitionFiles } from "../../../fleet/read/files";
import { Layers } from "../../../fleet/read/layers";
import type { Definitions } from "../../../operations/release/promoted-fleet";
import { dayOf, definitionsDirectory, shippedDirectory } from "../../shared/definitions";

export function definitionsOf(today: string | undefined): Definitions {
  return { directory: definitionsDirectory(), shipped: shippedDirectory(), today: dayOf(today) };
}

/** Opens the layers alone: no cluster is loaded. */
export function openLayers(): Layers {
  return new Layers(new DefinitionFiles(definitionsDirectory(), shippedDirectory()));
}
