import { readFileSync } from "node:fs";
import { ExpectedError } from "../../../language/expected-error";
import { DefinitionError } from "../../../language/problem";
import { systemErrorText } from "../../../language/system-error";
import { childOf, type MapTree } from "../../../language/yaml/tree";
import { eksctlAnswer } from "../../../operations/import/eksctl/answer";
import { readConfig } from "../../../operations/import/eksctl/read-config";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { draftingContext, refusedRequest } from "../../shared/drafting";
import type { ExitCode } from "../../shared/exit-code";
import { printOrWrite } from "../../shared/output-file";
import { printJson } from "../../shared/print";
import { printDraftProblems } from "../../shared/problem-report";
import { terminalOf } from "../../shared/terminal";
import { writeAll } from "../../shared/write-files";
import { eksctlImportText } from "../../texts/import-text";

type Flags = {
  readonly "cluster-name": string | undefined;
  readonly owner: string | undefined;
  readonly account: string | undefined;
  readonly tier: string | undefined;
  readonly channel: string | undefined;
  readonly zones: string | undefined;
  readonly out: string | undefined;
  readonly "dry-run": boolean;
  readonly today: string | undefined;
};

/** Names of the parts of a request: flags, and keys of the file. */
const SUBJECTS: Readonly<Record<string, string>> = {
  name: "--cluster-name",
  releaseModel: "--channel",
  region: "metadata.region",
};

export const run = action(async ({ flags, json, positionals }: Input<Flags>): Promise<ExitCode> => {
  const [source = ""] = positionals;
  if (flags["dry-run"] && flags.out !== undefined)
    throw new ExpectedError("--dry-run and --out cannot be combined. Remove one of them");
  const { problems: wrong, root } = readConfig(source, contentOf(source));
  if (root === undefined) throw new DefinitionError(wrong);
  if (flags.zones !== undefined && namesZones(root))
    throw new ExpectedError(`${source} names its zones, so --zones has no effect. Remove the flag`);
  const answer = eksctlAnswer(
    {
      source,
      root,
      name: flags["cluster-name"],
      owner: flags.owner,
      account: flags.account,
      tier: flags.tier,
      releaseModel: flags.channel,
      zones: flags.zones === undefined ? [] : flags.zones.split(",").map((zone) => zone.trim()),
      out: flags.out,
    },
    draftingContext(flags.today),
  );
  if (answer.report === undefined) throw refusedRequest(answer.problems, SUBJECTS);
  const { file, reservation, text, valid } = answer.report;
  const written = !flags["dry-run"] && (valid || flags.out !== undefined);
  const inPlace = written && flags.out === undefined;
  if (inPlace) writeAll(answer.files, () => undefined);
  else if (written) await printOrWrite(text, file);
  const report = {
    ...answer.report,
    written,
    reservation: reservation && { ...reservation, reserved: reservation.reserved || inPlace },
  };
  if (json) printJson(report);
  else {
    printDraftProblems(answer.problems, { file, text });
    if (flags["dry-run"]) process.stdout.write(text);
    const print = flags["dry-run"] ? console.error : console.log;
    print(
      eksctlImportText(
        report,
        inPlace ? [...answer.files.keys()] : [file],
        terminalOf(flags["dry-run"] ? process.stderr : process.stdout),
      ),
    );
  }
  return valid ? 0 : 2;
});

/** True if eksctl did not choose the zones: the file lists them, or subnets that exist. */
function namesZones(root: MapTree): boolean {
  const vpc = childOf(root, "vpc");
  return (
    childOf(root, "availabilityZones") !== undefined || (vpc?.kind === "map" && childOf(vpc, "subnets") !== undefined)
  );
}

function contentOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new ExpectedError(systemErrorText(error, file) ?? `${file} cannot be read: ${error}`);
  }
}
