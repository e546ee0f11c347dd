import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Forge, Proposal } from "../../../operations/release/proposal";
import { forgeOf, openPullRequest } from "../../../operations/release/pull-request";

// Jest cannot load its ES modules.
jest.mock("@octokit/core", () =>
  jest
    .requireActual<typeof import("../../support/pipelines/bundled")>("../../support/pipelines/bundled")
    .bundled('export * from "@octokit/core";'),
);

const TOKEN = "a-token-that-nobody-may-see";
const PROPOSAL: Proposal = {
  path: "definitions/channels.yaml",
  before: "stable: 1\n",
  after: "stable: 2\n",
  branch: "promote-stable-2",
  title: "Promote stable from 1 to 2",
  body: "Moves a.example.com",
};
const base64 = (text: string): string => Buffer.from(text).toString("base64");

interface Fault {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A repository with its branches, as both kinds of servers show it. */
class FakeForge {
  readonly branches = new Map([["main", PROPOSAL.before]]);
  readonly pulls: string[] = [];
  /** Requests that changed something. */
  readonly changes: string[] = [];
  /** Method and end of a path -> how the request goes wrong. */
  faults: Readonly<Record<string, Fault>> = {};
  url = "";
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    for await (const part of request) text += part;
    const { pathname, searchParams } = new URL(request.url ?? "", "http://x");
    const line = `${request.method} ${decodeURIComponent(pathname).split("/").slice(-1)[0]}`;
    const send = (status: number, body: unknown, headers = {}): void =>
      void response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
    const fault = this.faults[line];
    if (fault !== undefined) return send(fault.status, { message: fault.message }, fault.headers);
    const body = text === "" ? {} : (JSON.parse(text) as Record<string, string>);
    const [status, answer] = this.respond(line, body, searchParams);
    if (request.method !== "GET" && status < 300) this.changes.push(line);
    send(status, answer);
  }

  private respond(
    line: string,
    body: Readonly<Record<string, unknown>>,
    query: URLSearchParams,
  ): readonly [status: number, answer: unknown] {
    const { branch } = PROPOSAL;
    switch (line) {
      case "GET fleet":
        return [200, { default_branch: "main" }];
      case "GET main":
        return [200, { object: { sha: "head" } }];
      case "GET channels.yaml": {
        const content = this.branches.get(query.get("ref") ?? "");
        if (content === undefined) return [404, { message: "Not Found" }];
        return [200, { type: "file", sha: "blob", content: base64(content) }];
      }
      case "POST refs":
        if (this.branches.has(branch)) return [422, { message: "Reference already exists" }];
        this.branches.set(branch, this.branches.get("main") ?? "");
        return [201, {}];
      case "PUT channels.yaml":
        this.branches.set(branch, Buffer.from(String(body["content"]), "base64").toString());
        return [200, {}];
      case "GET branches":
        return [200, this.branches.has(branch) ? [{ name: branch }] : []];
      case "POST commits":
        this.branches.set(branch, (body["actions"] as readonly [{ readonly content: string }])[0].content);
        return [201, {}];
      case "GET pulls":
      case "GET merge_requests":
        return [200, this.pulls.map((url) => ({ html_url: url, web_url: url }))];
      case "POST pulls":
      case "POST merge_requests":
        this.pulls.push(`https://forge.example.com/${this.pulls.length + 1}`);
        return [201, { html_url: this.pulls.at(-1), web_url: this.pulls.at(-1) }];
      default:
        return [404, { message: `no answer for ${line} with ${TOKEN}` }];
    }
  }
}

let fake: FakeForge;
beforeEach(async () => {
  fake = new FakeForge();
  await fake.start();
});
afterEach(() => fake.stop());

describe.each(["github", "gitlab"] as const)("on %s", (kind) => {
  const open = (): Promise<string> => {
    const forge: Forge = { kind, repository: "acme/fleet", url: fake.url, token: TOKEN };
    return openPullRequest(forge, PROPOSAL);
  };
  const refused = async (): Promise<string> => open().then(String, (error: Error) => error.message);

  test("a second run finds what the first one opened, and changes nothing", async () => {
    const first = await open();
    const changes = fake.changes.length;
    const second = await open();

    expect([first, second]).toEqual(["https://forge.example.com/1", "https://forge.example.com/1"]);
    expect(fake.changes).toHaveLength(changes);
    expect([...fake.branches]).toEqual([
      ["main", PROPOSAL.before],
      [PROPOSAL.branch, PROPOSAL.after],
    ]);
  });

  test("opens the pull request if an earlier run ended before it did", async () => {
    await open();
    fake.pulls.length = 0;

    expect(await open()).toBe("https://forge.example.com/1");
  });

  test("opens nothing if the branch has another text", async () => {
    fake.branches.set(PROPOSAL.branch, "stable: 3\n");

    expect(await refused()).toBe(
      "branch promote-stable-2 exists on the server, with another text of definitions/channels.yaml. Look at its pull request, or delete the branch",
    );
    expect([fake.branches.get(PROPOSAL.branch), fake.pulls]).toEqual(["stable: 3\n", []]);
  });

  test("opens nothing if the server has another text of the file", async () => {
    fake.branches.set("main", "stable: 0\n");

    expect(await refused()).toBe(
      "definitions/channels.yaml differs from main on the server. Commit or pull first, so that no change is lost",
    );
    expect(fake.changes).toEqual([]);
  });

  test.each<[string, Fault, RegExp]>([
    [
      "a wrong token",
      { status: 401, message: `Bad credentials ${TOKEN}` },
      /\(401\): .*\*\*\*.* to a token that is valid$/,
    ],
    [
      "missing rights",
      { status: 403, message: "Forbidden" },
      /\(403\): .*may write contents and open pull requests in acme\/fleet$/,
    ],
    [
      "a repository that the token does not see",
      { status: 404, message: "Not Found" },
      /\(404\): .*Check that the token/,
    ],
    [
      "a server that fails",
      { status: 500, message: "Oops" },
      /\(500\): .*Run the command again later: the server failed$/,
    ],
  ])("explains %s, and never shows the token", async (_, fault, message) => {
    fake.faults = { "GET fleet": fault };

    const text = await refused();

    expect(text).toMatch(message);
    expect(text).not.toContain(TOKEN);
    expect(fake.changes).toEqual([]);
  });
});

test("says when GitHub's limit of requests ends", async () => {
  const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1796040000" };
  fake.faults = { "GET fleet": { status: 403, message: "API rate limit exceeded", headers } };

  await expect(
    openPullRequest({ kind: "github", repository: "acme/fleet", url: fake.url, token: TOKEN }, PROPOSAL),
  ).rejects.toThrow("Run the command again after 2026-11-30T12:00:00.000Z, when the limit of requests ends");
});

test.each<[NodeJS.ProcessEnv, string | undefined, Partial<Forge> | string]>([
  [{ GITHUB_TOKEN: "t" }, "git@github.com:acme/fleet.git", { kind: "github", repository: "acme/fleet" }],
  [{ GH_TOKEN: "t" }, "https://github.com/acme/fleet", { kind: "github", url: "https://api.github.com" }],
  [
    { GITLAB_TOKEN: "t" },
    "ssh://git@gitlab.example.com:2222/infra/eks/fleet.git",
    { kind: "gitlab", repository: "infra/eks/fleet", url: "https://gitlab.example.com" },
  ],
  [
    { CI_PROJECT_PATH: "a/b", CI_SERVER_URL: "https://git.example.com", GITLAB_TOKEN: "t" },
    undefined,
    { kind: "gitlab", repository: "a/b", url: "https://git.example.com" },
  ],
  [
    {},
    "git@github.com:acme/fleet.git",
    "a pull request requires a token. Set GITHUB_TOKEN, or leave out --pull-request, which edits the file and prints the commands that propose the change",
  ],
  [{}, "git@git.example.com:x/y", "the repository is neither on GitHub nor on GitLab"],
])("%j with origin %s is %j", (environment, origin, expected) => {
  if (typeof expected === "string") expect(() => forgeOf(environment, origin)).toThrow(expected);
  else expect(forgeOf(environment, origin)).toMatchObject(expected);
});
