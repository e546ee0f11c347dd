import { ExpectedError } from "../../../language/expected-error";
import { problemsOfDraft } from "../../../operations/import/check-draft";
import type { NewCluster } from "../../../operations/new-cluster/cluster-file";
import { newCluster } from "../../../operations/new-cluster/new-cluster";
import type { NewClusterReport } from "../../../operations/new-cluster/report";
import {
  type NewClusterRequest,
  nextQuestion,
  problemsOf,
  type Surroundings,
} from "../../../operations/new-cluster/request";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { load } from "../../shared/definitions";
import { type DraftingContext, draftingContext, refusedRequest } from "../../shared/drafting";
import type { ExitCode } from "../../shared/exit-code";
import { printJson } from "../../shared/print";
import { printDraftProblems, printProblems } from "../../shared/problem-report";
import { ask, canAsk } from "../../shared/questions/ask";
import { writeAll } from "../../shared/write-files";
import { nextCommands } from "../../texts/next-commands";

type Flags = {
  readonly owner: string | undefined;
  readonly account: string | undefined;
  readonly tier: string | undefined;
  readonly channel: string | undefined;
  readonly region: string | undefined;
  readonly zones: string | undefined;
  readonly size: string | undefined;
  readonly preset: string | undefined;
  readonly yes: boolean;
  readonly "dry-run": boolean;
  readonly today: string | undefined;
};

/** Names of flags that differ from those of the request. */
const FLAGS: Readonly<Record<string, string>> = { name: "<CLUSTER_NAME>", prefix: "--size", releaseModel: "--channel" };

export const run = action(async ({ flags, json, positionals }: Input<Flags>): Promise<ExitCode> => {
  const [name = ""] = positionals;
  const surroundings = draftingContext(flags.today);
  const given: NewClusterRequest = {
    name,
    owner: flags.owner,
    account: flags.account,
    tier: flags.tier,
    releaseModel: flags.channel,
    region: flags.region,
    zones: zonesOf(flags.zones),
    prefix: lengthOf(flags.size),
    preset: flags.preset,
  };
  const request = flags.yes || !canAsk() ? given : await completed(given, surroundings);
  const answer = newCluster(request, surroundings);
  if ("problems" in answer) throw refusedRequest(answer.problems, FLAGS);
  const { cluster, files } = answer;
  const dry = flags["dry-run"];
  if (dry && !isValid(name, files, surroundings)) return 1;
  if (!dry) printProblems(writeAll(files, () => load(name, surroundings.today)).warnings);
  if (json) printJson(reportOf(cluster, files, !dry));
  else if (dry) for (const [path, text] of files) console.log(`# ${path}\n${text}`);
  else console.log(nextSteps(cluster, [...files.keys()], byDefault(request)));
  return 0;
});

/** Prints the problems that the files would have, as a run that writes them does. */
function isValid(name: string, files: ReadonlyMap<string, string>, definitions: DraftingContext): boolean {
  const [[path, text] = ["", ""], registry] = files;
  const draft = { name, path, text, registry: registry && { path: registry[0], text: registry[1] } };
  const problems = problemsOfDraft(draft, definitions);
  printDraftProblems(problems, { file: path, text });
  return problems.every(({ severity }) => severity !== "error");
}

/** Prompts for the missing parts of a request. All given parts must be valid before the first question. */
async function completed(given: NewClusterRequest, surroundings: Surroundings): Promise<NewClusterRequest> {
  const wrong = problemsOf(given, surroundings).filter(({ flag }) => given[flag] !== undefined);
  if (wrong.length > 0) throw refusedRequest(wrong, FLAGS);
  let request = given;
  for (let next = nextQuestion(request, surroundings); next; next = nextQuestion(request, surroundings)) {
    const answer = await ask(next);
    request = { ...request, [next.flag]: next.flag === "prefix" ? Number(answer) : answer };
  }
  return request;
}

function reportOf(
  { account, name, owner, preset, range, region, tier }: NewCluster,
  files: ReadonlyMap<string, string>,
  written: boolean,
): NewClusterReport {
  return { version: 1, name, owner, account, tier, region, range, preset, files: Object.fromEntries(files), written };
}

/** The length of a prefix, with or without its slash. */
function lengthOf(flag: string | undefined): number | undefined {
  if (flag === undefined) return undefined;
  if (!/^\/?\d+$/.test(flag))
    throw new ExpectedError(`--size must be a whole number, such as 16, but is ${JSON.stringify(flag)}`);
  return Number(flag.replace("/", ""));
}

function zonesOf(flag: string | undefined): number | readonly string[] | undefined {
  if (flag === undefined) return undefined;
  return /^\d+$/.test(flag) ? Number(flag) : flag.split(",").map((zone) => zone.trim());
}

/** Returns the flags whose values are defaults, set neither on the command line nor at a prompt. */
function byDefault(request: NewClusterRequest): readonly string[] {
  const flags = ["owner", "account", "tier", "region", "preset"] as const;
  return flags.flatMap((flag) => (request[flag] === undefined ? `--${flag}` : []));
}

function nextSteps(cluster: NewCluster, paths: readonly string[], defaults: readonly string[]): string {
  const { account, name, owner, preset, range, region, tier } = cluster;
  return `${paths.map((path) => `wrote ${path}`).join("\n")}

${name} has ${range} of account ${account} in ${region}, tier ${tier}, preset ${preset}, and belongs to ${owner}.
${defaults.length === 0 ? "" : `Defaults were used for ${defaults.join(", ")}.\n`}Next:
${nextCommands(name, paths)}`;
}
