import { version } from "../package.json";
import { COMMANDS } from "./commands/commands";
import { COMPLETE, completionText } from "./completion/answer";
import { programOf } from "./shared/program";

// If the reader closes the pipe early, as `head` does, the command ends without an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
  console.error(`the output cannot be written: ${error.message}`);
  process.exit(1);
});

const [first, ...words] = process.argv.slice(2);
if (first === COMPLETE) process.stdout.write(completionText(COMMANDS, words));
else
  programOf(COMMANDS, version)
    .parseAsync()
    .catch((error: unknown) => {
      console.error(process.env["DEBUG"] ? error : error instanceof Error ? error.message : error);
      process.exitCode = 1;
    });
