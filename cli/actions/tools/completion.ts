import { join } from "node:path";
import { programFolder } from "../../../language/program-folder";
import { SCRIPTS, type Shell } from "../../completion/scripts";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";

export const run = action(({ positionals: [shell] }: Input) => {
  process.stdout.write(SCRIPTS[shell as Shell](join(programFolder(), "cli/fleet.mjs")));
  return 0;
});
