import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CiSystem } from "../../../fleet/schema/pipelines";
import { compareFiles, everyPlace, generate, noticesOf } from "../../../pipelines/generate";
import type { PipelinesReport } from "../../../pipelines/report";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { dayOf } from "../../shared/definitions";
import type { ExitCode } from "../../shared/exit-code";
import { loadPipelines } from "../../shared/pipelines";
import { printJson, printText } from "../../shared/print";
import { pipelinesText } from "../../texts/pipelines-text";

type Flags = {
  readonly check: boolean;
  readonly system: CiSystem | undefined;
  readonly out: string | undefined;
  readonly today: string | undefined;
};

export const run = action(({ flags, json }: Input<Flags>): ExitCode => {
  const { model } = loadPipelines(dayOf(flags.today), flags.system);
  const root = flags.out ?? ".";
  const files = generate(model);
  const compared = compareWith(root, files);
  const { system } = model.settings;
  const notices = noticesOf(model).map(({ job, message, pipeline }) => ({ pipeline, job, message }));
  const report: PipelinesReport = { version: 1, system, checked: flags.check, files: compared, notices };
  if (!flags.check) {
    for (const { path, state } of compared) {
      if (state === "removed") rmSync(join(root, path));
      if (state === "new" || state === "changed") write(join(root, path), files.get(path) ?? "");
    }
  }
  if (json) printJson(report);
  else printText(pipelinesText(report));
  return flags.check && compared.some(({ state }) => state !== "same") ? 2 : 0;
});

/** Returns the state of each generated file below a folder: path -> state. */
export function compareWith(root: string, files: ReadonlyMap<string, string>): PipelinesReport["files"] {
  return compareFiles(files, present(root));
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Returns the files in the places of generated files. */
function present(root: string): ReadonlyMap<string, string> {
  return new Map(
    everyPlace()
      .flatMap((place) => filesBelow(root, place))
      .map((path) => [path, readFileSync(join(root, path), "utf8")]),
  );
}

function filesBelow(root: string, place: string): string[] {
  const stat = statSync(join(root, place), { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (!stat.isDirectory()) return [place];
  return readdirSync(join(root, place), { recursive: true, encoding: "utf8" })
    .map((file) => join(place, file))
    .filter((file) => statSync(join(root, file)).isFile());
}
