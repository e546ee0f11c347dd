import { stripVTControlCharacters } from "node:util";
import type { Cluster } from "../../../fleet/model/cluster";
import { ExpectedError } from "../../../language/expected-error";
import { annotation } from "../../../operations/ci/annotations";
import type { CiContext } from "../../../operations/ci/context";
import { endingOf, readState, writeState } from "../../../operations/ci/job-state";
import type { NextAnswer, StatusAnswer } from "../../../operations/ci/rollout-answers";
import { whileRenewing } from "../../../operations/ci/while-renewing";
import type { DeployReport } from "../../../operations/deploy/report";
import type { Message } from "../../../operations/messages/message";
import { loadNamed } from "../../shared/definitions";
import type { StageRun } from "./job";
import { answerOf, fleet } from "./job";
import { accountVariables, requiredCluster } from "./plan";

async function opened(
  context: CiContext,
): Promise<{ readonly cluster: Cluster; readonly env: Readonly<Record<string, string>> }> {
  const name = requiredCluster(context);
  const cluster = loadNamed([name]).clusters.find((each) => each.name === name);
  if (cluster === undefined) throw new ExpectedError(`no cluster is named ${JSON.stringify(name)}`);
  return { cluster, env: await accountVariables(context, cluster.account) };
}

function message({ meta, name }: Cluster, given: Pick<Message, "occasion" | "title"> & Partial<Message>): Message {
  return { cluster: name, owner: meta.OWNER, lines: [], next: null, url: null, ...given };
}

/** Starts the cluster for this run. If it is not its turn any more, because another run was faster, later steps do nothing. */
const claim: StageRun = async (context) => {
  const { cluster, env } = await opened(context);
  const run = await fleet(["rollout", "next", cluster.name, "--claim", "--runner", context.runner, "--json"], env);
  const report = answerOf<NextAnswer>(run);
  if (report === undefined) return 1;
  const claimed = report.claimed.some((each) => each.cluster === cluster.name);
  if (!claimed) {
    const why = report.decisions[0]?.why || "it is not its turn";
    console.log(annotation(context, "notice", `${cluster.name} is not deployed by this run: ${why}`));
    writeState({ claimed });
    return 0;
  }
  const release = report.claimed[0]?.target.release ?? "";
  writeState({
    claimed,
    messages: [message(cluster, { occasion: "started", title: `${cluster.name}: deploy of ${release} started` })],
  });
  return 0;
};

/**
 * Deploys the stacks in their order. Each stack is planned at its turn, because it reads the outputs of the stacks before it. The guard
 * judges that plan, and exactly that plan is applied. The plans of earlier steps are only a preview.
 */
const apply: StageRun = async (context) => {
  const { claimed, results } = readState();
  if (claimed === false) return 0;
  if (results.plan !== "ok" || results.guard !== "ok")
    throw new ExpectedError("this job has no complete plans that the guard allowed, so nothing is applied");
  const { cluster, env } = await opened(context);
  const run = await whileRenewing(
    () => fleet(["deploy", cluster.name, "--approve", "--json"], env),
    () => renew(context, cluster),
    RENEWED_EVERY,
    (error) => console.log(annotation(context, "warning", `the lease of ${cluster.name} was not renewed: ${error}`)),
  );
  const report = answerOf<DeployReport>(run);
  const detail = detailOf(report);
  writeState({
    results: { ...results, apply: run.code === 0 ? "ok" : run.code === 2 ? "stopped" : "failed" },
    ...(detail !== undefined && { detail }),
  });
  for (const stack of report?.clusters[0]?.stacks ?? [])
    console.log(`${cluster.name} ${stack.stack}: ${stack.outcome}`);
  if (detail !== undefined) console.log(annotation(context, "error", `${cluster.name}: ${detail}`));
  return run.code === 0 ? 0 : run.code === 2 ? 2 : 1;
};

/** In milliseconds. Both a lease and the session of a role last longer. */
const RENEWED_EVERY = 5 * 60_000;

/** Keeps the cluster claimed, and gives the processes that still run a token that has not expired. */
async function renew(context: CiContext, { account, name }: Cluster): Promise<void> {
  const env = await accountVariables(context, account);
  const run = await fleet(["rollout", "record", name, "running", "--runner", context.runner, "--json"], env);
  if (run.code !== 0) throw new ExpectedError(`fleet rollout record ended with ${run.code}`);
}

/** Returns the first reason for which a deploy did not succeed, without the details of Terraform. */
function detailOf(report: DeployReport | undefined): string | undefined {
  for (const { errors, outcome, stack, stopped_by } of report?.clusters[0]?.stacks ?? []) {
    if (outcome === "failed") return line(`${stack} failed: ${errors[0]?.address ?? errors[0]?.summary ?? ""}`);
    if (outcome === "stopped") return line(`${stack} was stopped: ${stopped_by[0] ?? ""}`);
  }
  return report === undefined ? "fleet deploy printed no answer" : undefined;
}

/** Returns text of Terraform as one short line without colours and frames. */
function line(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/[\s│╷╵]+/g, " ")
    .trim()
    .slice(0, 300);
}

/** Records the success, and checks the cluster's health. */
const verify: StageRun = async (context) => {
  const { claimed, results } = readState();
  if (claimed === false) return 0;
  if (results.apply !== "ok") throw new ExpectedError("the deploy did not end well, so there is nothing to verify");
  const { cluster, env } = await opened(context);
  const runner = ["--runner", context.runner];
  const recorded = await fleet(["rollout", "record", cluster.name, "succeeded", ...runner, "--json"], env);
  if (recorded.code !== 0) return 1;
  const health = await fleet(["rollout", "record", cluster.name, "health", ...runner], env);
  process.stdout.write(health.stdout);
  writeState({ results: { ...results, verify: health.code === 0 ? "ok" : "stopped" } });
  return health.code === 0 ? 0 : health.code === 2 ? 2 : 1;
};

/** Records how the deploy ended, if no step has recorded it, and the messages to people. */
const record: StageRun = async (context) => {
  const state = readState();
  const { cluster, env } = await opened(context);
  if (state.results.destroy !== undefined) {
    const ok = state.results.destroy === "ok";
    const title = `${cluster.name} ${ok ? "is destroyed" : "could not be destroyed"}`;
    writeState({
      messages: [message(cluster, { occasion: ok ? "finished" : "failed", title, lines: lines(state.detail) })],
    });
    return 0;
  }
  if (state.claimed !== true) return 0;
  const { detail, result } = endingOf(state);
  if (state.results.verify === undefined) {
    const said = detail === "" ? [] : ["--detail", detail];
    const run = await fleet(
      ["rollout", "record", cluster.name, result, "--runner", context.runner, ...said, "--json"],
      env,
    );
    if (run.code !== 0) return 1;
  }
  const status = answerOf<StatusAnswer>(await fleet(["rollout", "status", "--json"], env));
  const halts = (status?.attention ?? []).filter(({ kind }) => kind === "halted" || kind === "failed");
  const unhealthy = state.results.verify === "stopped";
  const healthy = result === "succeeded" && !unhealthy;
  const title = healthy
    ? `${cluster.name} is deployed and healthy`
    : result === "succeeded"
      ? `${cluster.name} is deployed, but not healthy`
      : result === "failed"
        ? `The deploy of ${cluster.name} failed`
        : `The result of the deploy of ${cluster.name} is unknown`;
  const ended = message(cluster, {
    occasion: healthy ? "finished" : "failed",
    title,
    lines: lines(detail),
    next: healthy ? null : `Look at the run and the cluster, then: fleet rollout status`,
  });
  const halted = halts.map(({ command, what }) =>
    message(cluster, { occasion: "halted", title: "The rollout is halted", lines: [what], next: command }),
  );
  writeState({ messages: [ended, ...(healthy ? [] : halted.slice(0, 1))] });
  return 0;
};

const lines = (text: string | null): string[] => (text === null || text === "" ? [] : [text]);

/** The stage destroy was started by a person, and approved by another one where the account requires it. */
const destroy: StageRun = async (context) => {
  const { cluster, env } = await opened(context);
  const run = await fleet(["destroy", cluster.name, "--approve", cluster.name, "--json"], env);
  const detail = detailOf(answerOf<DeployReport>(run));
  const ending = run.code === 0 ? "ok" : run.code === 2 ? "stopped" : "failed";
  writeState({ results: { destroy: ending }, ...(ending !== "ok" && detail !== undefined && { detail }) });
  return run.code === 0 ? 0 : run.code === 2 ? 2 : 1;
};

export const DEPLOY = { claim, apply, verify, record, destroy } as const;
