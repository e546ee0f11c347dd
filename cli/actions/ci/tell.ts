import { annotation } from "../../../operations/ci/annotations";
import { readState, writeState } from "../../../operations/ci/job-state";
import { send } from "../../../operations/messages/send";
import { dayOf } from "../../shared/definitions";
import { loadPipelines } from "../../shared/pipelines";
import type { StageRun } from "./job";

/** Sends the messages of earlier steps of the job. A message that cannot be sent is reported, and does not fail the job. */
export const tell: StageRun = async (context) => {
  const { messages } = readState();
  for (const { lines, title } of messages) console.log([title, ...lines.map((line) => `- ${line}`)].join("\n"));
  if (messages.length === 0) return 0;
  const { own } = loadPipelines(dayOf(undefined)).model.settings;
  const { variable } = context;
  const problems = await send(
    messages.map((each) => ({ ...each, url: each.url ?? context.runUrl })),
    { slackOf: (owner) => (owner === null ? undefined : own.owners?.[owner]?.slack) ?? own.messages?.slack },
    {
      slackToken: variable("FLEET_SLACK_TOKEN"),
      slackWebhook: variable("FLEET_SLACK_WEBHOOK"),
      webhook: variable("FLEET_WEBHOOK_URL"),
      slackApi: variable("FLEET_SLACK_API"),
    },
  );
  writeState({ messages: [] });
  for (const problem of problems) console.log(annotation(context, "warning", `a message was not sent. ${problem}`));
  return 0;
};
