import type { Command } from "../shared/command";

/** Every command of `fleet`, in the order of its help. */
export const COMMANDS: readonly Command[] = [];
