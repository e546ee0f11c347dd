/** Beginnings of text that refers to a secret: an address, a path, or a reference of a shell, chart or pipeline. */
const REFERENCE =
  /^(?:arn:|ssm:|vault:|ref\+|op:\/\/|aws-sm:|secretsmanager:|env:|file:|keyring:|\/|\$(?!2[abxy]?\$|apr1\$|argon2|[1567y]\$)|\{\{|\(\(|<|%\{|ENC\[)/;

/** Text that stands for a secret that was left out, switches, and rights such as that of `id-token: write` in a workflow. */
const PLACEHOLDER =
  /^(?:[xX*.•_?-]+|true|false|null|none|yes|no|on|off|auto|read|write|enabled|disabled|required|optional|redacted|\[?redacted\]?|<[^<>]*>)$/i;

/** A value that kubeseal encrypted for one cluster: the length of an RSA session key (512 bytes, or 256), the key, then the text. */
const SEALED = /^A[gQ][A-Za-z0-9+/]{340,}={0,2}$/;

/** True if a value refers to a secret, marks its absence or is encrypted, instead of being one. */
export function isReference(value: string): boolean {
  return value === "" || REFERENCE.test(value) || PLACEHOLDER.test(value) || SEALED.test(value);
}

/** Words that are joined, as in the name of a Secret or of one of its keys, with at most a small number behind one of them. */
const NAME = /^[A-Za-z]*\d{0,2}(?:[-_./:][A-Za-z]*\d{0,4})*$/;

/** True if a value is not made of words. */
export function isNoName(value: string): boolean {
  return value.length >= 8 && !NAME.test(value);
}

const AWS_ID = /^(?:[a-z]{1,8}-|mrk-)[0-9a-f]{8,32}$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TOKEN = /^[A-Za-z0-9+/=_.~-]{16,1024}$/;
const SEGMENTS = /[-_./~]/;

/** True if a value has a long part of letters and digits in no order, as only generated text has. */
export function looksRandom(value: string): boolean {
  if (!TOKEN.test(value) || AWS_ID.test(value) || UUID.test(value)) return false;
  return value
    .split(SEGMENTS)
    .some((part) => part.length >= 16 && /\d/.test(part) && /[A-Za-z]/.test(part) && isMixed(part));
}

/** True if letters and digits change places often, unlike in `kubernetes2026`. */
function isMixed(part: string): boolean {
  let changes = 0;
  for (let index = 1; index < part.length; index += 1)
    if (classOf(part, index) !== classOf(part, index - 1)) changes += 1;
  return changes * 5 >= part.length;
}

function classOf(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code >= 48 && code <= 57) return 0;
  return code >= 97 && code <= 122 ? 1 : 2;
}

/** Returns the text that a value encodes by base64; undefined if it encodes none. */
export function decoded(value: string): string | undefined {
  if (value.length < 12 || value.length > 200_000) return undefined;
  const bytes = Buffer.from(value, "base64");
  if (bytes.length * 4 < value.length * 3 - 12) return undefined;
  const text = bytes.toString("latin1");
  return /^[\t\n\r\x20-\x7E]+$/.test(text) ? text : undefined;
}
