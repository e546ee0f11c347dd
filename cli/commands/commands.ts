import type { Command } from "../shared/command";
import { list } from "./list";
import { newCluster } from "./new";
import { upgrade } from "./upgrade";

/** Every command of `fleet`, in the order of its help. */
export const COMMANDS: readonly Command[] = [list, upgrade, newCluster];
