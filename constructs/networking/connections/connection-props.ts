import type { Owner } from "../../../fleet/plan/owner";
import type { NetworkRef } from "../network-ref";

/** Props that every connection has. */
export interface ConnectionProps {
  readonly owner: Owner;
  readonly network: NetworkRef;
}
