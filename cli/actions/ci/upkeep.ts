import { DefinitionFiles, nameOfFile } from "../../../fleet/read/files";
import { annotation } from "../../../operations/ci/annotations";
import { bumpOf } from "../../../operations/ci/bump";
import { certificateMessages, endpointsOf, lookAtCertificate } from "../../../operations/ci/certificates";
import { type CiContext, required } from "../../../operations/ci/context";
import { deadlineMessages } from "../../../operations/ci/deadlines";
import { drilledCluster } from "../../../operations/ci/drill";
import { hostOf } from "../../../operations/ci/hosts";
import { writeState } from "../../../operations/ci/job-state";
import { pushChanges } from "../../../operations/ci/push";
import type { Message } from "../../../operations/messages/message";
import type { PromoteReport } from "../../../operations/release/report";
import type { VersionsReport } from "../../../operations/versions/report";
import { dayOf, definitionsDirectory, shippedDirectory } from "../../shared/definitions";
import { loadPipelines } from "../../shared/pipelines";
import { promoteText } from "../../texts/release/release-text";
import type { StageRun } from "./job";
import { answerOf, fleet } from "./job";
import { recordsVariables } from "./plan";

/** Proposes newer versions in one pull request, which later runs update. */
const bump: StageRun = async (context) => {
  const report = answerOf<VersionsReport>(await fleet(["versions", "--write", "--json"]));
  if (report === undefined) return 1;
  const { body, problems, reached } = bumpOf(report);
  for (const problem of problems) console.log(annotation(context, reached ? "warning" : "error", problem));
  if (!reached) return 1;
  console.log(body);
  return propose(context, "fleet/bump", "Pin newer versions", body);
};

async function propose(context: CiContext, branch: string, title: string, body: string): Promise<0> {
  const { settings } = loadPipelines(dayOf(undefined)).model;
  if (!pushChanges(context, branch, [definitionsDirectory()], title)) {
    console.log("There is nothing to propose.");
    return 0;
  }
  const host = await hostOf(context);
  const url = (await host?.propose(branch, settings.branch, title, body)) ?? null;
  console.log(url ?? `The branch ${branch} is pushed. Open a pull request from it.`);
  writeState({ messages: [proposed(title, url)] });
  return 0;
}

/** Proposes a release for a channel or a cluster: `fleet promote` opens the pull request, as it does from a laptop. */
const promote: StageRun = async (context) => {
  const [target, release] = [required(context, "TARGET"), required(context, "RELEASE")];
  const { fleet: loaded, model } = loadPipelines(dayOf(undefined));
  const env = {
    ...(await recordsVariables(context, loaded.accounts, model.settings.own)),
    ...forgeVariables(context),
  };
  const run = await fleet(["promote", target, release, "--pull-request", "--json"], env);
  const report = answerOf<PromoteReport>(run);
  if (report === undefined) return 1;
  console.log(promoteText(report));
  for (const reason of report.refused) console.log(annotation(context, "error", reason));
  const { pull_request: url } = report;
  if (url !== null) writeState({ messages: [proposed(`Promote ${target} to ${release}`, url)] });
  return run.code === 0 ? 0 : run.code === 2 ? 2 : 1;
};

/** Returns the variables by which `fleet promote` finds the repository and may write to it. */
function forgeVariables(context: CiContext): Readonly<Record<string, string>> {
  const token = required(context, "FLEET_CI_TOKEN");
  if (context.system === "gitlab") return { GITLAB_TOKEN: token };
  const { api, repository } = context;
  return {
    GITHUB_TOKEN: token,
    ...(repository !== null && { GITHUB_REPOSITORY: repository }),
    ...(api !== null && { GITHUB_API_URL: api }),
  };
}

function proposed(title: string, url: string | null): Message {
  return { occasion: "proposed", cluster: null, owner: null, title, lines: [], next: "Review and merge it", url };
}

const deadlines: StageRun = async (context) => {
  const today = dayOf(undefined);
  const { fleet: loaded, model } = loadPipelines(today);
  const files = new DefinitionFiles(definitionsDirectory(), shippedDirectory()).clusterFiles();
  const clusters = model.clusters.map(({ name, owner }) => ({
    name,
    owner,
    file: files.find((file) => nameOfFile(file) === name) ?? "",
  }));
  const seen = await Promise.all(
    endpointsOf(loaded.rollouts, loaded.clusters).map((endpoint) => lookAtCertificate(endpoint)),
  );
  for (const each of seen)
    if ("problem" in each)
      console.log(annotation(context, "notice", `the certificate of ${each.address} was not read: ${each.problem}`));
  const messages = [...deadlineMessages(loaded.warnings, clusters), ...certificateMessages(seen, today)];
  if (messages.length === 0) console.log("Nothing ends soon.");
  writeState({ messages });
  return 0;
};

/** Label of the issues that request a restore. */
const DRILL_LABEL = "fleet-drill";

/** Rebuilds a cluster in a simulated cloud. The issue lists the steps that only a real cluster can test. */
const drill: StageRun = async (context) => {
  const today = dayOf(undefined);
  const { clusters } = loadPipelines(today).model;
  const name = drilledCluster(
    clusters.map((each) => each.name),
    today,
  );
  if (name === undefined) return 0;
  const owner = clusters.find((each) => each.name === name)?.owner ?? null;
  const run = await fleet(["rehearse", name, "--base", "none"]);
  process.stdout.write(run.stdout);
  const ok = run.code === 0;
  if (!ok) {
    console.log(annotation(context, "error", `${name} cannot be rebuilt from nothing`));
    const title = `${name} cannot be rebuilt from nothing`;
    writeState({
      messages: [{ occasion: "failed", cluster: name, owner, title, lines: [], next: "Read the run", url: null }],
    });
  }
  const host = await hostOf(context);
  const marker = `<!-- fleet: drill of ${name} -->`;
  const body = [
    marker,
    `Restore a backup of \`${name}\` into an empty namespace, and look at the data: docs/operations/restore.md.`,
    "",
    `Its rebuild from nothing in a simulated cloud ${ok ? "worked" : "**failed**"} on ${today}. Close this issue when the restore worked.`,
  ].join("\n");
  const open = (await host?.issues(DRILL_LABEL))?.find((each) => each.body.startsWith(marker));
  if (open === undefined) await host?.createIssue(`Restore drill: ${name}`, body, DRILL_LABEL);
  else await host?.updateIssue(open.id, body);
  return ok ? 0 : run.code === 2 ? 2 : 1;
};

export const UPKEEP = { bump, promote, deadlines, drill } as const;
