import { cpSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { definition } from "../../../support/definition";
import { withDefinitions } from "../../../support/definitions";
import { GitRepository } from "../../../support/git-repository";
import { type Run, run } from "../../../support/run-program";

const CHANNELS = 'insiders: "2026.11"\nstable: "2026.10" # why\n';
const PROMOTED = 'insiders: "2026.11"\nstable: "2026.11" # why\n';
const TOKEN = "a-token-that-nobody-may-see";

const repository = new GitRepository();
const directory = join(repository.path, "fleet/definitions");
const files = {
  "channels.yaml": CHANNELS,
  "clusters/a.example.com.yaml": definition({ meta: "RELEASE_MODEL: stable", cluster: 'kubernetes_version: "1.35"' }),
};
beforeAll(() => {
  withDefinitions(files, (written) => cpSync(written, directory, { recursive: true }));
  repository.commit();
});
afterAll(() => repository.remove());

interface Asked {
  readonly line: string;
  readonly body: unknown;
}
type Answer = readonly [status: number, body: unknown];

/** Runs a promotion against a server that answers by the method and path of each request, and returns what it was asked. */
async function promoted(
  answers: Readonly<Record<string, Answer>>,
  variables: (url: string) => Readonly<Record<string, string>>,
): Promise<{ readonly result: Run; readonly asked: readonly Asked[]; readonly tokens: ReadonlySet<unknown> }> {
  const asked: Asked[] = [];
  const tokens = new Set<unknown>();
  const server: Server = createServer(async (request, response) => {
    const text = await textOf(request);
    const line = `${request.method} ${decodeURIComponent((request.url ?? "").replace(/\?.*/, ""))}`;
    asked.push({ line, body: text === "" ? undefined : JSON.parse(text) });
    tokens.add(request.headers.authorization ?? request.headers["private-token"]);
    const [status, body] = answers[line] ?? [404, { message: `no answer for ${line} with ${TOKEN}` }];
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const empty = {
      GITHUB_REPOSITORY: undefined,
      CI_PROJECT_PATH: undefined,
      GITHUB_TOKEN: undefined,
      GITLAB_TOKEN: undefined,
    };
    const result = await run(
      "cli/fleet.mjs",
      ["promote", "stable", "2026.11", "--pull-request", "--today", "2026-08-17"],
      {
        ...empty,
        CLUSTER_NAME: undefined,
        DEFINITIONS_DIR: directory,
        ...variables(url),
      },
    );
    return { result, asked, tokens };
  } finally {
    server.close();
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request) text += part;
  return text;
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const PATH = "fleet/definitions/channels.yaml";
const onGitHub = (url: string) => ({ GITHUB_REPOSITORY: "acme/fleet", GITHUB_API_URL: url, GITHUB_TOKEN: TOKEN });

test("opens a pull request on GitHub with an edit of one file, and leaves the working tree as it is", async () => {
  const { asked, result, tokens } = await promoted(
    {
      "GET /repos/acme/fleet": [200, { default_branch: "main" }],
      "GET /repos/acme/fleet/git/ref/heads/main": [200, { object: { sha: "head" } }],
      [`GET /repos/acme/fleet/contents/${PATH}`]: [200, { type: "file", content: base64(CHANNELS), sha: "blob" }],
      "POST /repos/acme/fleet/git/refs": [201, {}],
      [`PUT /repos/acme/fleet/contents/${PATH}`]: [200, {}],
      "GET /repos/acme/fleet/pulls": [200, []],
      "POST /repos/acme/fleet/pulls": [201, { html_url: "https://github.com/acme/fleet/pull/7" }],
    },
    onGitHub,
  );

  expect([result.code, result.stderr]).toEqual([0, ""]);
  expect(result.stdout).toBe(
    "stable: 2026.10 -> 2026.11, for a.example.com\nPull request: https://github.com/acme/fleet/pull/7\n",
  );
  const bodies = asked.filter(({ body }) => body !== undefined).map(({ body }) => body);
  const title = "Promote stable from 2026.10 to 2026.11";
  expect(bodies).toEqual([
    { ref: "refs/heads/promote-stable-2026.11", sha: "head" },
    { branch: "promote-stable-2026.11", message: title, content: base64(PROMOTED), sha: "blob" },
    expect.objectContaining({ title, head: "promote-stable-2026.11", base: "main" }),
  ]);
  expect([...tokens]).toEqual([`token ${TOKEN}`]);
  expect(readFileSync(join(directory, "channels.yaml"), "utf8")).toBe(CHANNELS);
});

test("opens a merge request on GitLab", async () => {
  const project = "/api/v4/projects/acme/fleet";
  const { asked, result } = await promoted(
    {
      [`GET ${project}`]: [200, { default_branch: "main" }],
      [`GET ${project}/repository/files/${PATH}`]: [200, { content: base64(CHANNELS) }],
      [`GET ${project}/repository/branches`]: [200, []],
      [`POST ${project}/repository/commits`]: [201, {}],
      [`GET ${project}/merge_requests`]: [200, []],
      [`POST ${project}/merge_requests`]: [
        201,
        { web_url: "https://gitlab.example.com/acme/fleet/-/merge_requests/7" },
      ],
    },
    (url) => ({ CI_PROJECT_PATH: "acme/fleet", CI_SERVER_URL: url, GITLAB_TOKEN: TOKEN }),
  );

  expect([result.code, result.stderr]).toEqual([0, ""]);
  expect(result.stdout).toContain("Pull request: https://gitlab.example.com/acme/fleet/-/merge_requests/7\n");
  expect(asked.find(({ line }) => line.endsWith("/commits"))?.body).toMatchObject({
    branch: "promote-stable-2026.11",
    start_branch: "main",
    actions: [{ action: "update", file_path: PATH, content: PROMOTED }],
  });
});

test("shows what the server answered, and never the token", async () => {
  const { result } = await promoted({}, onGitHub);

  expect(result.code).toBe(1);
  expect(result.stderr).toMatch(
    / refused the pull request \(404\): no answer for GET \/repos\/acme\/fleet with \*\*\*/,
  );
  expect(result.stderr + result.stdout).not.toContain(TOKEN);
});
