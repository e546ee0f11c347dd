import { execFileSync, spawnSync } from "node:child_process";
import type { AffectedReport } from "../../../operations/affected/report";
import { annotation } from "../../../operations/ci/annotations";
import { onlyDefinitions } from "../../../operations/ci/changed-files";
import { type CiContext, required } from "../../../operations/ci/context";
import type { DiffReport } from "../../../operations/diff/report";
import { dayOf, definitionsDirectory } from "../../shared/definitions";
import { worst } from "../../shared/exit-code";
import { loadPipelines } from "../../shared/pipelines";
import { diffMarkdown } from "../../texts/diff-markdown";
import { diffText } from "../../texts/diff-text";
import type { StageRun } from "./job";
import { answerOf, fleet, handOn, keep, summarizeRun } from "./job";

/** Maximum number of clusters that a pull request rehearses. More clusters would take longer than a reviewer waits. */
const MOST_REHEARSED = "5";

/** For a text that is not read on a terminal. */
const PLAIN = { width: 120, colours: false } as const;

const validate: StageRun = async (context) => {
  const base = ["--base", required(context, "BASE")];
  const formats = { github: "github", gitlab: "text", concourse: "text", prow: "text" } as const;
  const shown = await fleet(["validate", ...base, "--format", formats[context.system ?? "prow"]]);
  process.stdout.write(shown.stdout);
  await keepFindings(context, "check", base);
  if (shown.code !== 0) return worst([1]);
  const generated = await fleet(["pipelines", "generate", "--check"]);
  if (generated.code !== 0) process.stdout.write(generated.stdout);
  return generated.code === 0 ? 0 : generated.code === 2 ? 2 : 1;
};

/** Keeps the findings in the formats that the system compares. */
async function keepFindings({ system }: CiContext, job: string, base: readonly string[]): Promise<void> {
  keep(job, "fleet.sarif", (await fleet(["validate", ...base, "--format", "sarif"])).stdout);
  if (system === "gitlab")
    keep(job, "code-quality.json", (await fleet(["validate", ...base, "--format", "gitlab"])).stdout);
}

/** Findings of the branch fail nothing here: the deploy of a refused cluster does. */
const findings: StageRun = async (context) => {
  await keepFindings(context, "findings", []);
  return 0;
};

/** The program is tested unless only definitions changed, which the other stages check. */
const test: StageRun = async (context) => {
  const base = required(context, "BASE");
  const changed = execFileSync("git", ["diff", "--name-only", "-z", base, "--"], { encoding: "utf8" });
  const files = changed.split("\0").filter((file) => file !== "");
  if (onlyDefinitions(files, definitionsDirectory())) {
    console.log("Only definitions changed: the program is not tested again.");
    return 0;
  }
  const { status } = spawnSync("npm", ["test", "--if-present"], { stdio: "inherit" });
  return status === 0 ? 0 : 1;
};

const diff: StageRun = async (context) => {
  const run = await fleet(["diff", "--base", required(context, "BASE"), "--json"]);
  const report = answerOf<DiffReport>(run);
  if (report === undefined) return 1;
  const text = diffText(report, PLAIN);
  keep("review", "diff.md", diffMarkdown(report));
  keep("review", "diff.txt", `${text}\n`);
  keep("review", "diff.json", run.stdout);
  console.log(text);
  summarizeRun(context, diffMarkdown(report));
  return run.code === 1 ? 1 : 0; // a difference does not fail this job
};

const affected: StageRun = async (context) => {
  const { model } = loadPipelines(dayOf(undefined));
  const shards = ["--shards", String(model.settings.shards)];
  const run = await fleet(["affected", "--base", required(context, "BASE"), ...shards, "--json"]);
  const report = answerOf<AffectedReport>(run);
  if (report === undefined) return 1;
  keep("review", "affected.json", run.stdout);
  const planned = report.shards.filter(({ stacks }) => stacks.some((stack) => applies(report, stack)));
  handOn(
    context,
    "review",
    planned.map(({ index }) => ({ shard: index + 1 })),
  );
  for (const { reasons, stack } of report.stacks) console.log(`${stack}: ${reasons.join("; ")}`);
  if (planned.length > 0 && context.system !== null && context.variable("FLEET_AWS") !== "true")
    console.log(noPlan(context));
  return run.code === 1 ? 1 : 0;
};

const applies = ({ stacks }: AffectedReport, name: string): boolean =>
  stacks.some(({ action, stack }) => stack === name && action === "apply");

function noPlan(context: CiContext): string {
  return annotation(context, "notice", "No plan: the variable FLEET_AWS is not true (docs/pipelines/)");
}

const rehearse: StageRun = async (context) => {
  const run = await fleet(["rehearse", "--base", required(context, "BASE"), "--limit", MOST_REHEARSED]);
  process.stdout.write(run.stdout);
  keep("review", "rehearsal.txt", run.stdout);
  return run.code === 0 ? 0 : run.code === 2 ? 2 : 1;
};

export const REVIEW = { validate, findings, test, diff, affected, rehearse } as const;
