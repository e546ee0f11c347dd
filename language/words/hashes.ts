import { text } from "./text";

/** A SHA-1 in hexadecimal digits, such as a commit or a fingerprint. */
export const sha1 = (what: string) => text(/^[0-9a-f]{40}$/, what);

/** A SHA-256 in hexadecimal digits. */
export const sha256Digits = text(/^[0-9a-f]{64}$/, "64 hexadecimal digits");

/** A SHA-256 with its name, as digests are written. */
export const sha256 = (what: string) => text(/^sha256:[0-9a-f]{64}$/, what);
