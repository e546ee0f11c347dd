import type { z } from "zod";
import type { guardException, guardSettings } from "../schema/guard";
import type { DeepReadonly } from "./cluster";

/** The changes that a tier accepts in one plan. */
export type GuardSettings = DeepReadonly<z.output<typeof guardSettings>>;

/** A finding that may pass once. */
export type GuardException = DeepReadonly<z.output<typeof guardException>> & {
  readonly name: string;
  readonly file: string;
};
