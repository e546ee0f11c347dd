import type { Command } from "../shared/command";
import { list } from "./list";

/** Every command of `fleet`, in the order of its help. */
export const COMMANDS: readonly Command[] = [list];
