import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join, relative, resolve } from "node:path";
import { buildFleet, checkFleet, resolveFleet } from "../../../fleet/load";
import { DefinitionFiles, nameOfFile } from "../../../fleet/read/files";
import { Layers } from "../../../fleet/read/layers";
import { ExpectedError } from "../../../language/expected-error";
import { isPackage, programFolder } from "../../../language/program-folder";
import type { InitRequest } from "../../../operations/init/answers";
import { type Folder, foreignContent, refusedFolder } from "../../../operations/init/folder";
import { type InitPlan, planInit } from "../../../operations/init/init";
import { type Existing, mergeFiles, mergePipelines } from "../../../operations/init/merge-files";
import type { Program } from "../../../operations/init/program";
import type { InitFile, InitReport } from "../../../operations/init/report";
import { generate } from "../../../pipelines/generate";
import { RENDERERS } from "../../../pipelines/systems";
import { schemaFiles } from "../../generate";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { dayOf, shippedDirectory } from "../../shared/definitions";
import { type ExitCode, worst } from "../../shared/exit-code";
import { modelOf } from "../../shared/pipelines";
import { printJson, printText } from "../../shared/print";
import { printProblems } from "../../shared/problem-report";
import { canAsk, confirmed } from "../../shared/questions/ask";
import { completeAnswers } from "../../shared/questions/init-answers";
import { isClean, rehearseClusters } from "../../shared/rehearsal";
import { terminalOf } from "../../shared/terminal";
import { terraformVersion } from "../../shared/terraform-version";
import { thisProgram } from "../../shared/this-program";
import { writeAll } from "../../shared/write-files";
import { initText } from "../../texts/init-text";
import { compareWith } from "../pipelines/generate";

type Flags = {
  readonly [Name in
    | "account-id"
    | "account"
    | "region"
    | "domain"
    | "hosted-zone"
    | "cidr-pool"
    | "admin-role"
    | "owner"
    | "tier"
    | "cluster-name"
    | "ci"
    | "repository"
    | "platform-team"
    | "ci-issuer"
    | "package"
    | "today"]: string | undefined;
} & {
  readonly [Name in "no-cluster" | "yes" | "skip-rehearsal"]: boolean;
};

/** The folder of a repository's definitions. */
const DEFINITIONS = "definitions";

export const run = action(async ({ flags, json, positionals }: Input<Flags>): Promise<ExitCode> => {
  const folder = openFolder(resolve(positionals[0] ?? "."));
  const today = dayOf(flags.today);
  const program = thisProgram(folder.path, flags.package);
  const plan = await planned(folder, flags, program);
  const files = write(folder.path, plan, program);
  const below = relative(process.cwd(), folder.path);
  const place = below.startsWith("..") ? folder.path : below;
  process.chdir(folder.path);
  const { problems } = checkFleet({
    directory: DEFINITIONS,
    shipped: shippedDirectory(),
    today,
    withoutClusters: true,
  });
  const count = (severity: string): number => problems.filter((each) => each.severity === severity).length;
  const pipelines = count("error") === 0 ? writePipelines(plan.pipelines, today) : [];
  const report: InitReport = {
    version: 1,
    folder: folder.path,
    depends_on: program.spec,
    files: [...files, ...pipelines],
    cluster: plan.cluster,
    errors: count("error"),
    warnings: count("warning"),
    ...(await rehearsed(plan.cluster, count("error") > 0, flags["skip-rehearsal"], today)),
  };
  printProblems(problems);
  if (process.env["DEFINITIONS_DIR"] !== undefined)
    console.error(
      `warning: DEFINITIONS_DIR is set, so commands read ${process.env["DEFINITIONS_DIR"]}. Unset it in the new repository`,
    );
  if (!isPackage() && program.spec === program.version)
    console.error(
      `warning: package.json depends on ${program.name} ${program.version}, but this program runs from a checkout, which no registry need have. If yours has no such version, run npm pack in the checkout, and fleet init with --package file:<path of the file>`,
    );
  if (json) printJson(report);
  else printText(initText(report, place, program.install, terminalOf(process.stdout)));
  return worst([report.errors > 0 ? 1 : 0, report.rehearsal?.passed === false ? 2 : 0]);
});

function openFolder(path: string): Folder {
  const isFolder = lstatSync(path, { throwIfNoEntry: false }) === undefined ? undefined : entriesOf(path);
  const folder: Folder = { path, entries: isFolder ?? [], isFile: isFolder === null };
  const refused = refusedFolder(folder, homedir(), programFolder());
  if (refused !== undefined) throw new ExpectedError(refused);
  return folder;
}

/** Returns null if the path is not a folder. */
function entriesOf(path: string): readonly string[] | null {
  try {
    return readdirSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOTDIR" || code === "ENOENT") return null;
    throw new ExpectedError(`cannot read ${path}: ${code}`);
  }
}

/** Prompts for missing answers, and returns the plan of the files to write. */
async function planned(folder: Folder, flags: Flags, program: Program): Promise<InitPlan> {
  const definitions = new DefinitionFiles(join(folder.path, DEFINITIONS), shippedDirectory());
  const { regions } = new Layers(definitions);
  const accounts = definitions.names("accounts");
  const request: InitRequest = {
    accountId: flags["account-id"],
    account: flags.account,
    region: flags.region,
    domain: flags.domain,
    hostedZone: flags["hosted-zone"],
    cidrPool: flags["cidr-pool"],
    adminRole: flags["admin-role"],
    owner: flags.owner,
    tier: flags.tier,
    clusterName: flags["cluster-name"],
    ci: flags.ci,
    repository: flags.repository,
    platformTeam: flags["platform-team"],
    issuer: flags["ci-issuer"],
  };
  const withCluster = !flags["no-cluster"];
  const asks = canAsk() && !flags.yes;
  const foreign = flags.yes ? undefined : foreignContent(folder);
  const others =
    foreign === undefined || asks ? [] : [`${foreign}. Name another folder, or use --yes to write beside it`];
  const hasAnswers = accounts.length > 0 && Object.values(request).every((value) => value === undefined);
  if (asks && foreign !== undefined && !(await confirmed(`${foreign}. Write beside it?`)))
    throw new ExpectedError("nothing was written");
  const tiers = [...new Set([...program.tiers.keys(), ...definitions.names("tiers")])];
  const answers = hasAnswers
    ? undefined
    : await completeAnswers(
        request,
        { regions: Object.keys(regions), systems: Object.keys(RENDERERS), tiers, withCluster },
        { asks, others },
      );
  if (hasAnswers && others.length > 0) throw new ExpectedError(others.join("\n"));
  return planInit({
    folder: basename(folder.path),
    answers,
    withCluster,
    partition: regions[answers?.region ?? ""]?.partition ?? "aws",
    program,
    accounts,
    clusters: definitions.clusterFiles().map(nameOfFile),
    existing: (path) => existingAt(join(folder.path, path)),
  });
}

function existingAt(path: string): Existing | undefined {
  try {
    // A broken link is there too: writing would create what it points to.
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
    return { text: readFileSync(path, "utf8") };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOTDIR" ? undefined : { unreadable: `cannot be read: ${code}` };
  }
}

/** Writes everything or nothing. The schemas come last, because they contain names from the other files. */
function write(folder: string, { files, writes }: InitPlan, program: Program): readonly InitFile[] {
  const inFolder = (each: ReadonlyMap<string, string>) =>
    new Map([...each].map(([path, text]) => [join(folder, path), text]));
  return writeAll(inFolder(writes), () => {
    const schemas = schemaFiles(DEFINITIONS, join(folder, DEFINITIONS), shippedDirectory());
    const merged = mergeFiles(schemas, (path) => existingAt(join(folder, path)), { folder: basename(folder), program });
    return writeAll(inFolder(merged.writes), () => [...files, ...merged.files]);
  });
}

/** Writes the pipelines that are missing. A changed one stays. */
function writePipelines(system: string | null, today: string): readonly InitFile[] {
  if (system === null) return [];
  try {
    const resolved = resolveFleet({
      directory: DEFINITIONS,
      shipped: shippedDirectory(),
      today,
      withoutClusters: true,
    });
    const model = modelOf(resolved, buildFleet(resolved));
    const files = model === undefined ? new Map() : generate(model);
    const { merged, missing } = mergePipelines(compareWith(".", files));
    return writeAll(new Map(missing.map((path) => [path, files.get(path) ?? ""])), () => merged);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return [{ path: `pipelines of ${system}`, state: "skipped", note: error.message }];
  }
}

async function rehearsed(
  cluster: string | null,
  hasErrors: boolean,
  skipped: boolean,
  today: string,
): Promise<Pick<InitReport, "not_rehearsed" | "rehearsal">> {
  const not = (reason: string) => ({ rehearsal: null, not_rehearsed: reason });
  if (cluster === null)
    return not("no first cluster was written. npx fleet rehearse <CLUSTER_NAME> --base none rehearses another one");
  if (skipped) return not(`--skip-rehearsal was used. npx fleet rehearse ${cluster} --base none does it`);
  if (hasErrors) return not("the definitions have errors");
  try {
    terraformVersion();
  } catch (error) {
    if (error instanceof ExpectedError)
      return not(`${error.message}, then run npx fleet rehearse ${cluster} --base none`);
    throw error;
  }
  const report = await rehearseClusters({
    directory: DEFINITIONS,
    ref: null,
    select: cluster,
    today,
    limit: undefined,
  });
  const [{ seconds = 0, stacks = [] } = {}] = report.clusters;
  const resources = stacks.reduce((sum, stack) => sum + stack.resources, 0);
  return { rehearsal: { passed: isClean(report), seconds, resources }, not_rehearsed: null };
}
