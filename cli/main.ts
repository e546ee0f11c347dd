import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Command } from "commander";
import { ExpectedError } from "../language/expected-error";
import { writeWhole } from "../synth/whole-output";
import { printError } from "./shared/action";

const program = new Command("cluster-fleet").description("The commands behind make; see `make help`.");

program
  .command("generate")
  .description(
    "regenerate the JSON Schemas and the definition reference; with DEFINITIONS_DIR, the JSON Schemas of that directory",
  )
  .action(async () => {
    const { generatedFiles, schemaFiles } = await import("./generate");
    const { brokenAnswers } = await import("./answer-schema");
    const broken = brokenAnswers((file) => (existsSync(file) ? readFileSync(file, "utf8") : undefined));
    if (broken.length > 0) throw new ExpectedError(broken.join("\n"));
    const own = process.env["DEFINITIONS_DIR"];
    const files = own === undefined ? generatedFiles(".") : schemaFiles(".", own, "definitions");
    await writeWhole(own ?? ".", (unfinished) => {
      for (const [file, text] of files) {
        mkdirSync(join(unfinished, dirname(file)), { recursive: true });
        writeFileSync(join(unfinished, file), text);
      }
    });
    for (const file of files.keys()) console.log(file);
  });

program.parseAsync().catch((error: unknown) => {
  process.exitCode = printError(error);
});
