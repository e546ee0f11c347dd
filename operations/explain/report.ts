import { z } from "zod";

const place = z
  .object({ file: z.string(), line: z.number().int(), column: z.number().int() })
  .describe("A place in a file; lines and columns count from 1.");

const layer = z.enum(["defaults", "release", "platform", "channel", "account", "tier", "cluster"]);

const setting = z
  .object({
    layer,
    name: z.string().nullable().describe("Name of the layer; null for the defaults."),
    path: z
      .string()
      .describe("The key as the file spells it: a shorthand, or a key above that sets or removes this one."),
    place,
    value: z.unknown().describe("The value, without secrets."),
    removes: z.boolean().describe("True if it is a null that removes what earlier layers set."),
  })
  .describe("What one layer sets.");

const attribute = z.object({
  path: z.string().describe("Such as scaling_config.max_size, or values[0].replicas inside of text that is JSON."),
  carried_as_is: z.boolean().describe("True if the attribute has the value of the key unchanged."),
});

const effect = z
  .enum(["attributes", "existence", "absence"])
  .describe(
    "attributes: the value shapes attributes. existence: with another value, the element would not exist. absence: with another value, it would exist in addition.",
  );

const shaped = z.object({
  stack: z.enum(["networking", "eks-cluster", "eks-workers", "addons"]),
  address: z.string().describe("Address of a resource, or of data, an output, a provider and other parts of a stack."),
  effect,
  attributes: z.array(attribute),
});

const schemaFacts = z.object({
  description: z.string(),
  type: z.string(),
  allowed: z.array(z.unknown()).describe("Values that are accepted; empty if the schema does not list them."),
  required: z.boolean().describe("True if some layer must set the key, because it has no default."),
  default: z.unknown().describe("What defaults.yaml sets; absent if it sets nothing.").optional(),
});

const findings = z.object({
  status: z
    .enum(["shapes", "nothing", "unknown"])
    .describe(
      "shapes: other values change something. nothing: they do not, or nothing reads the key. unknown: no other value could be tried.",
    ),
  reason: z.string().describe("How it was found out, or why it could not be."),
  tried: z.array(z.unknown()).describe("Other values with which the cluster was built."),
  refused: z.array(z.object({ value: z.unknown(), reason: z.string() })),
  shapes: z.array(shaped),
});

/** The report of `fleet explain <cluster> <path>`. */
export const keyReport = z.object({
  kind: z.literal("key"),
  cluster: z.string(),
  path: z.string(),
  set: z.boolean().describe("False if no layer sets the key, or the last one removes it."),
  value: z.unknown().describe("The value, without secrets; null if the key is not set."),
  settings: z.array(setting).describe("What each layer sets, the last word first."),
  schema: schemaFacts,
  effect: findings,
  keys: z
    .array(z.object({ path: z.string(), value: z.unknown(), setting: setting.nullable(), effect: findings }))
    .describe("The keys of a section; empty for a single value."),
});

const shapingKey = z.object({
  path: z.string(),
  value: z.unknown(),
  setting: setting.nullable().describe("The layer that sets the key; null if it could not be found."),
  effect,
  attributes: z.array(attribute),
});

/** The report of `fleet explain <cluster> --resource <address>`. */
export const resourceReport = z.object({
  kind: z.literal("resource"),
  cluster: z.string(),
  resources: z.array(
    z.object({
      stack: shaped.shape.stack,
      address: z.string(),
      keys: z.array(shapingKey),
      unknown: z
        .array(z.object({ path: z.string(), reason: z.string() }))
        .describe("Keys that the stack may read, but of which no other value could be tried."),
      hook: z
        .array(z.string())
        .describe("Attributes that the hook of `extensions/` adds, changes or removes; empty if there is no hook."),
    }),
  ),
});

/** The report of `fleet explain <cluster>`. */
export const summaryReport = z.object({
  kind: z.literal("summary"),
  cluster: z.string(),
  layers: z.array(
    z.object({
      layer,
      name: z.string().nullable(),
      file: z.string(),
      keys: z.number().int().describe("Values of the cluster that the layer sets."),
    }),
  ),
  sections: z.array(
    z.object({
      path: z.string(),
      keys: z.number().int(),
      layers: z.array(z.object({ layer, keys: z.number().int() })),
    }),
  ),
  own: z
    .array(z.object({ path: z.string(), value: z.unknown(), place }))
    .describe("The keys that the cluster's own file sets."),
});

/** The answer of `fleet explain`. */
export const explainReport = z.object({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  answer: z.discriminatedUnion("kind", [keyReport, resourceReport, summaryReport]),
});

export type Setting = Readonly<z.output<typeof setting>>;
export type Findings = Readonly<z.output<typeof findings>>;
export type ShapedElement = Readonly<z.output<typeof shaped>>;
export type SchemaFacts = Readonly<z.output<typeof schemaFacts>>;
export type KeyReport = Readonly<z.output<typeof keyReport>>;
export type ResourceReport = Readonly<z.output<typeof resourceReport>>;
export type ShapingKey = Readonly<z.output<typeof shapingKey>>;
export type SummaryReport = Readonly<z.output<typeof summaryReport>>;
export type ExplainReport = Readonly<z.output<typeof explainReport>>;
