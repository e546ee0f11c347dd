import { z } from "zod";
import { dnsLabel } from "../../language/words/kubernetes";
import type { AddonSubject } from "../contract/addon-context";
import { type AddonFinding, reportOption } from "../contract/rule";

/** Options of whatever collects logs of pods: whose. */
export const logNamespaces = {
  include_namespaces: z.array(dnsLabel).describe("Namespaces to collect logs from. Empty for all."),
  exclude_namespaces: z.array(dnsLabel).describe("Namespaces not to collect logs from."),
} as const;

export function namespaceFindings(
  _subject: AddonSubject,
  given: { readonly include_namespaces: readonly string[]; readonly exclude_namespaces: readonly string[] },
): readonly AddonFinding[] {
  return reportOption(
    given.include_namespaces.length > 0 && given.exclude_namespaces.length > 0,
    "exclude_namespaces",
    "has no effect because include_namespaces lists all collected namespaces. Remove one of them",
  );
}
