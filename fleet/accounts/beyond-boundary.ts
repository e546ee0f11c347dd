import { matchesWildcards } from "../../language/wildcard";
import { BOUNDARY_IAM, BOUNDARY_SERVICES } from "./boundary";
import { ONLY_DESTROY } from "./permissions";
import type { BootstrappedAccount } from "./roles";

/**
 * Returns why the permissions boundary denies an action to every role of a cluster: its service is missing, or no role of a cluster
 * ever has the action. Undefined if it does not, or if the action is a pattern that the boundary denies only in part.
 */
export function beyondBoundary(
  { bootstrap }: Pick<BootstrappedAccount, "bootstrap">,
  action: string,
): "service" | "never" | undefined {
  const lower = action.toLowerCase();
  const [service = ""] = lower.split(":");
  if (service.includes("*")) return undefined;
  if (service === "iam") {
    const known = BOUNDARY_IAM.map((each) => each.toLowerCase());
    return known.some((each) => matchesWildcards(each, lower) || matchesWildcards(lower, each)) ? undefined : "never";
  }
  if (![...BOUNDARY_SERVICES, ...(bootstrap.boundary_services ?? [])].includes(service)) return "service";
  return ONLY_DESTROY.some((each) => each.toLowerCase() === lower) ? "never" : undefined;
}
