import type { z } from "zod";
import type { guardException, guardSettings } from "../schema/guard";
import type { DeepReadonly } from "./cluster";

/** What a tier lets pass at once. */
export type GuardSettings = DeepReadonly<z.output<typeof guardSettings>>;

/** A finding that may pass once. */
export type GuardException = DeepReadonly<z.output<typeof guardException>> & {
  readonly name: string;
  readonly file: string;
};
