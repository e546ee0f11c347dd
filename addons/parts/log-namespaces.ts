import { z } from "zod";
import { dnsLabel } from "../../language/words/kubernetes";
import type { AddonFinding } from "../contract/addon";

/** Options of whatever collects logs of pods: whose. */
export const logNamespaces = {
  include_namespaces: z.array(dnsLabel).describe("Namespaces to collect logs from. Empty for all."),
  exclude_namespaces: z.array(dnsLabel).describe("Namespaces not to collect logs from."),
} as const;

export function namespaceFindings(given: {
  readonly include_namespaces: readonly string[];
  readonly exclude_namespaces: readonly string[];
}): readonly AddonFinding[] {
  if (given.include_namespaces.length === 0 || given.exclude_namespaces.length === 0) return [];
  return [
    {
      path: ["options", "exclude_namespaces"],
      message: "has no effect because include_namespaces lists all collected namespaces. Remove one of them",
    },
  ];
}
