import { isDeepStrictEqual } from "node:util";
import { Decoder, Encoder, ExtData, ExtensionCodec } from "@msgpack/msgpack";
import type { DynamicValue } from "./protocol";

/**
 * A value Terraform does not know yet. Extension 12 carries a refinement, such as a known prefix; it is never read here,
 * only handed back as it came, so the payload stays what Terraform wrote.
 */
export class Unknown {
  constructor(
    readonly extension: 0 | 12,
    readonly payload: Uint8Array,
  ) {}
}

/** Bytes stand for a type in front of a value of dynamic type. */
export type Value = null | boolean | number | bigint | string | Uint8Array | Unknown | Value[] | ObjectValue;

/** The value of a block, an object or a map. */
export interface ObjectValue {
  [name: string]: Value;
}

/** Known after apply, and nothing more is said of it. */
export const UNKNOWN = new Unknown(0, new Uint8Array([0]));

const extensions = new ExtensionCodec();
for (const extension of [0, 12] as const) {
  extensions.register({
    type: extension,
    encode: (value) => (value instanceof Unknown && value.extension === extension ? value.payload : null),
    decode: (payload) => new Unknown(extension, Uint8Array.from(payload)),
  });
}
const encoder = new Encoder({ extensionCodec: extensions, useBigInt64: true });
const decoder = new Decoder({ extensionCodec: extensions, useBigInt64: true });

/** The library yields every 64-bit integer as bigint; those a number holds exactly are easier to work with as numbers. */
function narrow(value: unknown): Value {
  if (typeof value === "bigint") {
    return value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER ? Number(value) : value;
  }
  if (Array.isArray(value)) return value.map(narrow);
  // A copy: the decoder hands out views of the message, as Buffers, which print and compare differently.
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (value instanceof ExtData) throw new Error(`value of an extension type ${value.type} that is not known`);
  if (typeof value === "object" && value !== null && !(value instanceof Unknown)) {
    const object = value as Record<string, unknown>;
    for (const name in object) object[name] = narrow(object[name]);
  }
  return value as Value;
}

/** Encodes a value; an integer beyond 32 bits goes as an integer, where the library would write a float. */
export function encodeValue(value: Value): DynamicValue {
  return { msgpack: encoder.encode(widen(value)) };
}

function widen(value: Value): Value {
  if (typeof value === "number") {
    return Number.isSafeInteger(value) && Math.abs(value) > 0x7fffffff ? BigInt(value) : value;
  }
  if (Array.isArray(value)) return value.map(widen);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, widen(member)]));
  return value;
}

/** Decodes what Terraform sent; an absent value is null. */
export function decodeValue(value: DynamicValue | null | undefined): Value {
  if (value?.msgpack?.length) return narrow(decoder.decode(value.msgpack));
  if (value?.json?.length) return JSON.parse(Buffer.from(value.json).toString("utf8")) as Value;
  return null;
}

/** Tells whether a value is an object, a map or a block. */
export function isObject(value: Value | undefined): value is ObjectValue {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Uint8Array)
  );
}

/** Tells whether any part of a value is known only after apply. */
export function containsUnknown(value: Value | undefined): boolean {
  if (value instanceof Unknown) return true;
  if (Array.isArray(value)) return value.some(containsUnknown);
  return isObject(value) && Object.values(value).some(containsUnknown);
}

/** Equality of content. Sets need nothing special: Terraform sends both sides in one order. */
export function sameValue(left: Value | undefined, right: Value | undefined): boolean {
  return isDeepStrictEqual(left ?? null, right ?? null);
}
