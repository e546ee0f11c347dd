import { z } from "zod";
import { text } from "./text";

/** AWS accepts 128 characters as a tag's key and 256 as its value, and reserves `aws:`. */
const tagKey = text(
  /^(?!aws:)[\p{L}\p{N}\p{Z}_.:/=+@-]{1,128}$/iu,
  "a tag key of at most 128 characters that does not start with aws:",
);

export const tagValue = text(
  /^[\p{L}\p{N}\p{Z}_.:/=+@-]{0,256}$/u,
  "a tag value of at most 256 letters, digits, spaces and any of _.:/=+@-",
);

export const tagMap = z.record(tagKey, tagValue);

/** Returns the tags that a CSI driver can read from its command line, where `unreadable` has a meaning of its own. */
export function tagMapWithout(unreadable: RegExp, what: string) {
  const readable = (value: string) => !unreadable.test(value);
  const message = `must not contain ${what}, which the driver cannot read in a tag`;
  return z.record(tagKey.refine(readable, message), tagValue.refine(readable, message));
}
