import { DefinitionFiles, nameOfFile } from "../../../fleet/read/files";
import { annotation } from "../../../operations/ci/annotations";
import { required } from "../../../operations/ci/context";
import { deadlineMessages } from "../../../operations/ci/deadlines";
import { drilledCluster } from "../../../operations/ci/drill";
import { apiError, hostOf } from "../../../operations/ci/hosts";
import { writeState } from "../../../operations/ci/job-state";
import { pushChanges } from "../../../operations/ci/push";
import { dayOf, definitionsDirectory, shippedDirectory } from "../../shared/definitions";
import { loadPipelines } from "../../shared/pipelines";
import type { StageRun } from "./job";
import { fleet } from "./job";

/** Proposes newer versions in one pull request, which later runs update. */
const bump: StageRun = async (context) => {
  const run = await fleet(["versions", "--write"]);
  process.stdout.write(run.stdout);
  if (run.code === 1) return 1;
  const title = "Pin newer versions";
  return propose(context, "fleet/bump", title, `\`\`\`text\n${run.stdout.trim()}\n\`\`\`\n`);
};

async function propose(context: Parameters<StageRun>[0], branch: string, title: string, body: string): Promise<0> {
  const { settings } = loadPipelines(dayOf(undefined)).model;
  if (!pushChanges(context, branch, [definitionsDirectory()], title)) {
    console.log("There is nothing to propose.");
    return 0;
  }
  try {
    const host = await hostOf(context);
    const url = (await host?.propose(branch, settings.branch, title, body)) ?? null;
    console.log(url ?? `The branch ${branch} is pushed. Open a pull request from it.`);
    writeState({
      messages: [
        { occasion: "proposed", cluster: null, owner: null, title, lines: [], next: "Review and merge it", url },
      ],
    });
    return 0;
  } catch (error) {
    throw apiError(error);
  }
}

/** Proposes a release for a channel or a cluster. */
const promote: StageRun = async (context) => {
  const [target, release] = [required(context, "TARGET"), required(context, "RELEASE")];
  const run = await fleet(["promote", target, release]);
  process.stdout.write(run.stdout);
  if (run.code !== 0) return run.code === 2 ? 2 : 1;
  return propose(context, `fleet/promote-${target}`, `Promote ${target} to ${release}`, run.stdout);
};

const deadlines: StageRun = async () => {
  const today = dayOf(undefined);
  const { fleet: loaded, model } = loadPipelines(today);
  const files = new DefinitionFiles(definitionsDirectory(), shippedDirectory()).clusterFiles();
  const clusters = model.clusters.map(({ name, owner }) => ({
    name,
    owner,
    file: files.find((file) => nameOfFile(file) === name) ?? "",
  }));
  const messages = deadlineMessages(loaded.warnings, clusters);
  if (messages.length === 0) console.log("Nothing ends soon.");
  writeState({ messages: [...messages] });
  return 0;
};

/** Label of the issues that ask for a restore. */
const DRILL_LABEL = "fleet-drill";

/** Rebuilds a cluster in a simulated cloud. The owner is asked to do what only a real cluster can show. */
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
  try {
    const host = await hostOf(context);
    const marker = `<!-- fleet: drill of ${name} -->`;
    const body = [
      marker,
      `Restore a backup of \`${name}\` into an empty namespace, and look at the data: docs/operations/restore-from-a-backup.md.`,
      "",
      `Its rebuild from nothing in a simulated cloud ${ok ? "worked" : "**failed**"} on ${today}. Close this issue when the restore worked.`,
    ].join("\n");
    const open = (await host?.issues(DRILL_LABEL))?.find((each) => each.body.startsWith(marker));
    if (open === undefined) await host?.createIssue(`Restore drill: ${name}`, body, DRILL_LABEL);
    else await host?.updateIssue(open.id, body);
  } catch (error) {
    throw apiError(error);
  }
  return ok ? 0 : run.code === 2 ? 2 : 1;
};

export const UPKEEP = { bump, promote, deadlines, drill } as const;
