import { releaseNotes } from "../../../operations/release/release-notes";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import type { ExitCode } from "../../shared/exit-code";
import { printJson, withProgress } from "../../shared/print";
import { releaseNotesMarkdown } from "../../texts/release/release-text";
import { definitionsOf } from "./open-layers";

type Flags = { readonly since: string | undefined; readonly today: string | undefined };

export const run = action(async ({ flags, json, positionals: [release = ""] }: Input<Flags>): Promise<ExitCode> => {
  const report = await withProgress("comparing both releases", () =>
    releaseNotes(definitionsOf(flags.today), release, flags.since),
  );
  if (json) printJson(report);
  else console.log(releaseNotesMarkdown(report));
  return 0;
});
