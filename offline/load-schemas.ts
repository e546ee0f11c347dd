import { applyOverlays } from "./overlay/overlay";
import { deriveProvider } from "./schema/derive";
import { PROVIDERS, type ProviderSchema } from "./schema/schema";
import type { TypesInUse } from "./schema/types-in-use";

/** The schemas of all three providers for the types given, overlays applied. 0.5 to 1 ms a type once the files are in memory. */
export function loadSchemas(modules: string, types: TypesInUse): ProviderSchema[] {
  return PROVIDERS.map((provider) => {
    const schema = deriveProvider(modules, provider, types[provider]);
    applyOverlays(schema);
    return schema;
  });
}
