import { z } from "zod";

const layer = z.object({
  layer: z
    .enum(["defaults", "release", "platform", "channel", "account", "tier", "cluster"])
    .describe("Kind of the layer."),
  name: z.string().nullable().describe("Name of the layer; null for the defaults, which have none."),
  file: z.string().describe("File that the layer is read from."),
  shipped: z
    .boolean()
    .describe("True if the file comes with the program, because the directory has no file of its own."),
});

const problem = z.object({
  severity: z.enum(["error", "warning"]),
  file: z.string().nullable().describe("File of the problem; null if it is in no file."),
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
  path: z.string().describe("Key as the file spells it; empty for the whole file."),
  message: z.string(),
});

/** The answer of `fleet show`. */
export const showReport = z.object({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  name: z.string().describe("CLUSTER_NAME."),
  file: z.string().describe("File of the cluster."),
  definition: z
    .record(z.string(), z.unknown())
    .describe("The resolved definition: all layers together, without values of lower layers that have no effect."),
  origins: z
    .record(z.string(), z.string())
    .describe("File and line of each value, such as definitions/tiers/production.yaml:12, by the path of its key."),
  layers: z.array(layer).describe("The layers of the cluster. A later layer overrides an earlier one."),
  facts: z
    .array(z.object({ file: z.string(), shipped: z.boolean() }))
    .describe("Other files that the cluster depends on, such as regions.yaml."),
  problems: z.array(problem).describe("Errors and warnings. If there are errors, the definition has what resolves."),
});

const fleetLayer = z.object({
  layer: z
    .enum(["defaults", "release", "channel", "account", "tier", "facts"])
    .describe("Kind of the layer; facts for data that is no layer, such as regions.yaml."),
  name: z.string().nullable().describe("Name of the layer; null for a file that is the only one of its kind."),
  file: z.string().describe("File that is read."),
  shipped: z.boolean().describe("True if the file comes with the program."),
  replaces: z
    .string()
    .nullable()
    .describe("The program's file that is not read because of this one; null if there is none."),
  adds_to: z.string().nullable().describe("The program's file that is read below this one; null if there is none."),
});
export type FleetLayer = Readonly<z.output<typeof fleetLayer>>;

/** The answer of `fleet show --layers` without a cluster. */
export const fleetLayersReport = z.object({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  directory: z.string().describe("The directory of definitions."),
  layers: z.array(fleetLayer).describe("The layers of all clusters, the lowest first, and then the facts."),
  clusters: z.int().describe("Number of files of clusters, each of which lies over its layers."),
});
export type FleetLayersReport = Readonly<z.output<typeof fleetLayersReport>>;

export type ShowReport = Readonly<z.output<typeof showReport>>;
export type ShownLayer = Readonly<z.output<typeof layer>>;
