import { visible } from "../../language/problem";
import type { Message } from "./message";
import { patientFetch } from "./patient-fetch";
import { slackMessage } from "./slack-blocks";

export interface Channels {
  /** Channel of an owner: of null, that of messages about the whole fleet. Undefined if there is none. */
  readonly slackOf: (owner: string | null) => string | undefined;
}

export interface Secrets {
  readonly slackToken: string | undefined;
  readonly slackWebhook: string | undefined;
  readonly webhook: string | undefined;
  /** Address of Slack's API; undefined for Slack itself. */
  readonly slackApi: string | undefined;
}

/**
 * Sends messages, and returns one line for each that could not be sent. A message that is not sent must not fail a deploy. A webhook of
 * Slack always writes to its own channel, so that a token is required for channels of owners.
 */
export async function send(messages: readonly Message[], channels: Channels, secrets: Secrets): Promise<string[]> {
  const problems: string[] = [];
  const attempt = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      problems.push(withoutSecrets(`${what}: ${reasonOf(error)}`, secrets));
    }
  };
  const slack = await slackOf(secrets);
  for (const message of messages) {
    const channel = channels.slackOf(message.owner);
    if (slack !== undefined && channel !== undefined) await attempt(`Slack, ${channel}`, () => slack(message, channel));
    const { webhook } = secrets;
    if (webhook !== undefined) await attempt("webhook", () => post(webhook, message));
  }
  return problems;
}

async function slackOf({
  slackApi,
  slackToken,
  slackWebhook,
}: Secrets): Promise<((message: Message, channel: string) => Promise<unknown>) | undefined> {
  if (slackToken !== undefined) {
    const { LogLevel, WebClient } = await import("@slack/web-api");
    const client = new WebClient(slackToken, {
      ...(slackApi !== undefined && { slackApiUrl: slackApi }),
      logLevel: LogLevel.ERROR,
      fetch: patientFetch(),
      rejectRateLimitedCalls: true, // after the waits of fetch; by itself, it would wait for hours
      retryConfig: { retries: 2 },
    });
    return (message, channel) =>
      client.chat.postMessage({
        channel,
        ...(slackMessage(message) as { text: string; blocks: [] }),
        unfurl_links: false,
      });
  }
  if (slackWebhook === undefined) return undefined;
  const { IncomingWebhook } = await import("@slack/webhook");
  const webhook = new IncomingWebhook(slackWebhook, { fetch: patientFetch() });
  return (message) => webhook.send(slackMessage(message) as { text: string; blocks: [] });
}

async function post(address: string, message: Message): Promise<void> {
  const response = await patientFetch()(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ version: 1, ...message }),
    redirect: "error",
  });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "failed";
  const answer = "data" in error ? (error.data as { readonly error?: unknown } | undefined)?.error : undefined;
  const body = "body" in error ? error.body : undefined;
  const said = [answer, body].find((each) => typeof each === "string" && each !== "");
  return visible(typeof said === "string" ? said : error.message);
}

function withoutSecrets(text: string, { slackToken, slackWebhook, webhook }: Secrets): string {
  return [slackToken, slackWebhook, webhook].reduce<string>(
    (shown, secret) => (secret === undefined ? shown : shown.replaceAll(secret, "***")),
    text,
  );
}
