import { procedures } from "../wire/protocol";
import type { Attribute, Block, Nesting, ProviderSchema } from "./schema";

const NESTING: Readonly<Record<Nesting, number>> = { single: 1, list: 2, set: 3, map: 4 };
const CAPABILITIES = { getProviderSchemaOptional: true };

function attributeMessage([name, attribute]: readonly [string, Attribute]): object {
  const { nested, type, required, optional, computed, sensitive, writeOnly } = attribute;
  const shape =
    nested === undefined
      ? { type: Buffer.from(JSON.stringify(type)) }
      : {
          nestedType: {
            nesting: NESTING[nested.nesting],
            attributes: Object.entries(nested.attributes).map(attributeMessage),
          },
        };
  return { name, ...shape, required, optional, computed, sensitive, writeOnly };
}

function blockMessage(block: Block): object {
  return {
    attributes: Object.entries(block.attributes).map(attributeMessage),
    blockTypes: Object.entries(block.blocks).map(([typeName, nested]) => ({
      typeName,
      nesting: NESTING[nested.nesting],
      minItems: nested.minItems ?? 0,
      maxItems: nested.maxItems ?? 0,
      block: blockMessage(nested.block),
    })),
  };
}

function schemas(blocks: Readonly<Record<string, Block>>): object {
  return Object.fromEntries(Object.entries(blocks).map(([type, block]) => [type, { block: blockMessage(block) }]));
}

/** Returns the encoded answer to GetProviderSchema. Callers keep it: 60 types take 2 to 27 ms, depending on their size. */
export function encodeProviderSchema(schema: ProviderSchema): Uint8Array {
  const procedure = procedures.find(({ name }) => name === "GetProviderSchema");
  if (procedure === undefined) throw new Error("the protocol has no GetProviderSchema");
  return procedure.encode({
    provider: { block: blockMessage(schema.config) },
    resourceSchemas: schemas(schema.resources),
    dataSourceSchemas: schemas(schema.dataSources),
    serverCapabilities: CAPABILITIES,
  });
}
