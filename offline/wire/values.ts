import { isDeepStrictEqual } from "node:util";
import { Decoder, Encoder, ExtData, ExtensionCodec } from "@msgpack/msgpack";
import type { DynamicValue } from "./protocol";

/**
 * A value that is unknown until apply. Extension 12 has a refinement, such as a known prefix. It is returned
 * with the payload that Terraform wrote, unread.
 */
export class Unknown {
  constructor(
    readonly extension: 0 | 12,
    readonly payload: Uint8Array,
  ) {}
}

/** Bytes before a value of dynamic type encode its type. */
export type Value = null | boolean | number | bigint | string | Uint8Array | Unknown | Value[] | ObjectValue;

/** Value of a block, an object or a map. */
export interface ObjectValue {
  [name: string]: Value;
}

/** Unknown value without a refinement. */
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

/** Returns a number for each bigint that fits exactly; the library decodes every 64-bit integer as bigint. */
function narrow(value: unknown): Value {
  if (typeof value === "bigint") {
    return value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER ? Number(value) : value;
  }
  if (Array.isArray(value)) return value.map(narrow);
  // A copy, because the decoder returns Buffers, views of the message, which print and compare differently.
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (value instanceof ExtData) throw new Error(`unknown extension type ${value.type}`);
  if (typeof value === "object" && value !== null && !(value instanceof Unknown)) {
    const object = value as Record<string, unknown>;
    for (const name in object) object[name] = narrow(object[name]);
  }
  return value as Value;
}

/** Encodes a value. An integer beyond 32 bits stays an integer; the library would write a float. */
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

/** Decodes a value from Terraform; an absent value is null. */
export function decodeValue(value: DynamicValue | null | undefined): Value {
  if (value?.msgpack?.length) return narrow(decoder.decode(value.msgpack));
  if (value?.json?.length) return JSON.parse(Buffer.from(value.json).toString("utf8")) as Value;
  return null;
}

/** True if a value is an object, a map or a block. */
export function isObject(value: Value | undefined): value is ObjectValue {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Uint8Array)
  );
}

/** True if any part of a value is known only after apply. */
export function containsUnknown(value: Value | undefined): boolean {
  if (value instanceof Unknown) return true;
  if (Array.isArray(value)) return value.some(containsUnknown);
  return isObject(value) && Object.values(value).some(containsUnknown);
}

/** True if the contents are equal. Sets need no special treatment, because Terraform sends both sides in the same order. */
export function sameValue(left: Value | undefined, right: Value | undefined): boolean {
  return isDeepStrictEqual(left ?? null, right ?? null);
}
