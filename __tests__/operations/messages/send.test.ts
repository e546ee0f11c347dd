import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Message, OCCASIONS } from "../../../operations/messages/message";
import { type Secrets, send } from "../../../operations/messages/send";
import { escapeSlack, slackMessage } from "../../../operations/messages/slack-blocks";

interface Request {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

let server: Server;
let requests: Request[] = [];
let answers: { readonly status: number; readonly body: string; readonly headers?: Record<string, string> }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      requests.push({ path: request.url ?? "", authorization: request.headers.authorization, body });
      const answer = answers.shift() ?? { status: 200, body: '{"ok":true}' };
      response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => server.close());
beforeEach(() => {
  requests = [];
  answers = [];
});

const address = (path: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
const NONE: Secrets = { slackToken: undefined, slackWebhook: undefined, webhook: undefined, slackApi: undefined };
const message = (given: Partial<Message> = {}): Message => ({
  occasion: "failed",
  cluster: "a.example.com",
  owner: "search",
  title: "The deploy of a.example.com failed",
  lines: ["addons failed"],
  next: "fleet rollout status",
  url: "https://ci.example.com/1",
  ...given,
});
const channels = { slackOf: (owner: string | null) => (owner === "search" ? "#search" : "#platform") };

test("a bot token writes to the channel of the owner", async () => {
  const secrets = { ...NONE, slackToken: "xoxb-secret", slackApi: address("/api/") };

  expect(await send([message(), message({ owner: null })], channels, secrets)).toEqual([]);
  expect(requests.map(({ authorization, path }) => [path, authorization])).toEqual([
    ["/api/chat.postMessage", "Bearer xoxb-secret"],
    ["/api/chat.postMessage", "Bearer xoxb-secret"],
  ]);
  expect(requests.map(({ body }) => new URLSearchParams(body).get("channel"))).toEqual(["#search", "#platform"]);
});

test("a webhook of Slack is tried again after the time that it names", async () => {
  answers = [
    { status: 429, body: "slow", headers: { "retry-after": "0" } },
    { status: 200, body: "ok" },
  ];

  expect(await send([message()], channels, { ...NONE, slackWebhook: address("/hook") })).toEqual([]);
  expect(requests).toHaveLength(2);
});

test.each<[string, (address: string) => Partial<Secrets>]>([
  ["a bot token", (url) => ({ slackToken: "xoxb-secret", slackApi: `${url}/` })],
  ["the generic webhook", (url) => ({ webhook: url })],
])("%s is tried again after the time that a busy service names", async (_, secrets) => {
  answers = [
    { status: 429, body: "slow", headers: { "retry-after": "1" } },
    { status: 200, body: '{"ok":true}' },
  ];
  const started = performance.now();

  expect(await send([message()], channels, { ...NONE, ...secrets(address("/any")) })).toEqual([]);
  expect(requests).toHaveLength(2);
  expect(performance.now() - started).toBeGreaterThan(900);
});

test.each<[string, (address: string) => Partial<Secrets>]>([
  ["a bot token", (url) => ({ slackToken: "xoxb-secret", slackApi: `${url}/` })],
  ["a webhook of Slack", (url) => ({ slackWebhook: url })],
  ["the generic webhook", (url) => ({ webhook: url })],
])("%s does not keep a deploy waiting for hours, and shows no secret", async (_, secrets) => {
  answers = Array.from({ length: 4 }, () => ({ status: 429, body: "slow", headers: { "retry-after": "7200" } }));
  const problems = await send([message()], channels, { ...NONE, ...secrets(address("/SECRET")) });

  expect(problems).toHaveLength(1);
  expect(problems.join()).not.toMatch(/SECRET|xoxb/);
});

test.each(OCCASIONS)("a message about %s is sent in each of the three ways", async (occasion) => {
  const about = message({ occasion, title: `about ${occasion}` });
  const both = { slackToken: "xoxb-secret", slackApi: address("/api/"), webhook: address("/any") };
  const problems = [
    ...(await send([about], channels, { ...NONE, ...both })),
    ...(await send([about], channels, { ...NONE, slackWebhook: address("/hook") })),
  ];

  expect(problems).toEqual([]);
  expect(requests.map(({ path }) => path)).toEqual(["/api/chat.postMessage", "/any", "/hook"]);
  expect(new URLSearchParams(requests[0]?.body).get("text")).toBe(`about ${occasion}`);
  expect(JSON.parse(requests[1]?.body ?? "")).toMatchObject({ occasion });
  expect(JSON.parse(requests[2]?.body ?? "")).toMatchObject({ text: `about ${occasion}` });
});

test("no message calls everybody, whatever a definition's text is", async () => {
  const text = "<!channel> <!here> <@U012> <https://evil|click>";
  const about = message({ title: text, lines: [text], next: text, url: `https://ci.example/|${text}` });
  await send([about], channels, { ...NONE, slackWebhook: address("/hook") });

  const { blocks } = JSON.parse(requests[0]?.body ?? "") as { blocks: { text?: { type: string; text: string } }[] };
  const marked = blocks.filter((block) => block.text?.type !== "plain_text");
  expect(JSON.stringify(marked)).not.toMatch(/<[!@h]/);
});

test("a message that is refused is reported without the secret address", async () => {
  answers = [{ status: 400, body: "invalid_blocks" }];
  const problems = await send([message()], channels, { ...NONE, slackWebhook: address("/services/SECRET") });

  expect(problems).toEqual(["Slack, #search: invalid_blocks"]);
});

test("a service that cannot be reached fails nothing, and its address is not shown", async () => {
  const problems = await send([message()], channels, { ...NONE, webhook: "http://127.0.0.1:1/SECRET" });

  expect(problems).toHaveLength(1);
  expect(problems.join()).not.toContain("SECRET");
});

test("the generic webhook gets the message as JSON", async () => {
  await send([message()], channels, { ...NONE, webhook: address("/any") });

  expect(JSON.parse(requests[0]?.body ?? "")).toEqual({ version: 1, ...message() });
});

test("a message without a channel is not sent", async () => {
  await send([message()], { slackOf: () => undefined }, { ...NONE, slackWebhook: address("/hook") });

  expect(requests).toEqual([]);
});

test("a definition's text cannot mention a channel, or contain a link", () => {
  expect(escapeSlack("<!channel> <https://evil|x> & more\u202e")).toBe(
    "&lt;!channel&gt; &lt;https://evil|x&gt; &amp; more\\u202e",
  );
  expect(
    JSON.stringify(slackMessage(message({ lines: ["<!here>"], next: "<!here>", title: "<!here>" })).blocks.slice(1)),
  ).not.toContain("<!");
});

test("a long message stays within Slack's limits, and a cut does not break an escape", () => {
  const { blocks } = slackMessage(
    message({ title: "&".repeat(400), lines: Array.from({ length: 90 }, () => "&".repeat(300)) }),
  );

  for (const block of blocks) {
    const text = block.type === "context" ? "" : block.text.text;
    expect(text.length).toBeLessThanOrEqual(block.type === "header" ? 150 : 3000);
    expect(text).not.toMatch(/&(?!amp;|lt;|gt;)[a-z]+…$/);
  }
});
