import { z } from "zod";
import { catalogue } from "../../addons/catalogue";
import type { Addon } from "../../addons/contract/addon";
import { extensionsOf } from "../../language/extensions/own";
import { treeOf } from "../../language/yaml/plain-tree";
import type { MapTree } from "../../language/yaml/tree";
import { ownStacks } from "../stacks/own-stacks";

const ADDONS: Readonly<Record<string, Addon>> = catalogue;

/**
 * Returns the lowest layer: addons and stacks of `extensions/` are off, with the defaults that their own schemas have. Its values are at
 * the top of the extension's file.
 */
export function extensionDefaults(): readonly MapTree[] {
  return [
    ...extensionsOf("addons").flatMap(({ file, name }) => {
      const addon = ADDONS[name.replaceAll("-", "_")];
      if (addon === undefined) return [];
      const section = { enabled: false, options: defaultsOf(addon.options), values: {} };
      return [treeOf({ tfvars: { addons: { [addon.name]: section } } }, file)];
    }),
    ...ownStacks().map(({ file, name, options }) =>
      treeOf({ tfvars: { stacks: { [name]: { enabled: false, options: defaultsOf(options) } } } }, file),
    ),
  ];
}

/** Returns the options that have a default in their schema. */
function defaultsOf(options: z.ZodType): Readonly<Record<string, unknown>> {
  const whole = options.safeParse({});
  if (whole.success) return whole.data as Readonly<Record<string, unknown>>;
  if (!(options instanceof z.ZodObject)) return {};
  const given = Object.entries(options.shape as Readonly<Record<string, z.ZodType>>).flatMap(([key, schema]) => {
    const { data, success } = schema.safeParse(undefined);
    return success && data !== undefined ? [[key, data] as const] : [];
  });
  return Object.fromEntries(given);
}
