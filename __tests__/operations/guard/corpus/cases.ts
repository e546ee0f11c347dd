import type { PlanCase } from "./case";
import { LOSS_CASES } from "./loss-cases";
import { REST_CASES } from "./rest-cases";
import { WIDER_CASES } from "./wider-cases";

/** Every case of the corpus: each is a plan that Terraform made, and what the guard must find in it. */
export const CASES: readonly PlanCase[] = [...LOSS_CASES, ...WIDER_CASES, ...REST_CASES];
