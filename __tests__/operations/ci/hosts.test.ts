import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { commentBody, MARKER } from "../../../operations/ci/comment";
import { contextOf } from "../../../operations/ci/context";
import type { Host } from "../../../operations/ci/host";
import { hostOf } from "../../../operations/ci/hosts";

// Jest cannot load its ES modules.
jest.mock("@octokit/core", () =>
  jest
    .requireActual<typeof import("../../support/pipelines/bundled")>("../../support/pipelines/bundled")
    .bundled('export * from "@octokit/core";'),
);

type Answer = readonly [status: number, body: unknown, headers?: Readonly<Record<string, string>>];

const TOKEN = "secret-token";
let server: Server;
/** Path of the service, which a server of one's own can have. */
let base = "";
let asked: { readonly line: string; readonly body: Record<string, unknown>; readonly token: unknown }[] = [];
let answers: Readonly<Record<string, Answer | readonly Answer[]>> = {};

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const path = request.url ?? "";
    const url = new URL(path.startsWith(base) ? path.slice(base.length) : "/elsewhere", "http://local");
    const page = url.searchParams.get("page") ?? "1";
    const line = `${request.method} ${decodeURIComponent(url.pathname)}`;
    const body = await textOf(request);
    const { authorization, "private-token": privateToken } = request.headers;
    const before = asked.filter((each) => each.line === line).length;
    asked.push({ line, body: body === "" ? {} : JSON.parse(body), token: authorization ?? privateToken });
    const found = answers[`${line} ${page}`] ?? answers[line] ?? [404, { message: "Not Found" }];
    const [status, content, headers] = isOne(found) ? found : (found[Math.min(before, found.length - 1)] as Answer);
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(content));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
  answers = {};
});

const isOne = (found: Answer | readonly Answer[]): found is Answer => typeof found[0] === "number";

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request) text += part;
  return text;
}

const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`;
const BOT = { login: "github-actions[bot]" };
const ISSUES = "/repos/example/clusters/issues";
const PROJECT = "/api/v4/projects/example/clusters";

async function host(variables: Readonly<Record<string, string>>, waits?: readonly number[]): Promise<Host> {
  const opened = await hostOf(contextOf({ FLEET_CI_TOKEN: TOKEN, ...variables }), waits);
  if (opened === undefined) throw new Error("no host");
  return opened;
}
const onGithub = (): Promise<Host> =>
  host({ GITHUB_ACTIONS: "true", GITHUB_REPOSITORY: "example/clusters", GITHUB_API_URL: address() });
const onProw = (): Promise<Host> =>
  host({ PROW_JOB_ID: "1", FLEET_REPOSITORY: "example/clusters", FLEET_API: address() });
const onGitlab = (waits?: readonly number[]): Promise<Host> => {
  answers = { "GET /api/v4/user": [200, { id: 7 }], ...answers };
  return host({ GITLAB_CI: "true", CI_PROJECT_PATH: "example/clusters", CI_API_V4_URL: `${address()}/api/v4` }, waits);
};

const lines = (): string[] => asked.map(({ line }) => line);

describe.each(["", "/api/v3"])("GitHub at path %j", (path) => {
  beforeAll(() => {
    base = path;
  });

  test("the comment of an earlier run is found behind a hundred others, and those of other users are not", async () => {
    const comment = (id: number, body: string, login = BOT.login) => ({ id, body, user: { login } });
    const others = Array.from({ length: 99 }, (_, index) => comment(index, "looks good", "jane"));
    answers = {
      [`GET ${ISSUES}/7/comments 1`]: [200, [...others, comment(99, `${MARKER} mine`, "mallory")]],
      [`GET ${ISSUES}/7/comments 2`]: [200, [comment(100, `${MARKER} old`)]],
    };
    const found = await (await onGithub()).comments("7");

    expect(found).toEqual([{ id: 100, body: `${MARKER} old` }]);
    expect(asked.map(({ token }) => token)).toEqual([`token ${TOKEN}`, `token ${TOKEN}`]);
  });

  test("a token of a user, as Prow has it, finds the comments of that user", async () => {
    answers = {
      "GET /user": [200, { login: "fleet-robot" }],
      [`GET ${ISSUES}/7/comments`]: [
        200,
        [
          { id: 1, body: "x", user: BOT },
          { id: 2, body: "y", user: { login: "fleet-robot" } },
        ],
      ],
    };
    expect(await (await onProw()).comments("7")).toEqual([{ id: 2, body: "y" }]);
  });

  test("a token of an app, which has no user, finds the comments of bots", async () => {
    answers = {
      "GET /user": [403, { message: "Resource not accessible by integration" }],
      [`GET ${ISSUES}/7/comments`]: [200, [{ id: 1, body: "x", user: BOT }]],
    };
    expect(await (await onProw()).comments("7")).toEqual([{ id: 1, body: "x" }]);
  });

  test("the longest comment is one that GitHub accepts", async () => {
    answers = { [`POST ${ISSUES}/7/comments`]: [201, {}] };
    const diff = "- `a` changes\n".repeat(10_000);
    const parts = { diff, plans: [], affected: new Map(), removed: [], runUrl: "https://ci.example/1" };
    await (await onGithub()).createComment("7", commentBody(parts));

    expect(String(asked[0]?.body["body"]).length).toBeLessThanOrEqual(65_536);
    expect(String(asked[0]?.body["body"])).toContain("(https://ci.example/1) has the rest");
  });

  test("issues are read to the last page, and closed with a reason", async () => {
    const issue = (number: number) => ({ number, body: `b${number}`, user: BOT });
    answers = {
      [`GET ${ISSUES} 1`]: [200, Array.from({ length: 100 }, (_, index) => issue(index + 1))],
      [`GET ${ISSUES} 2`]: [200, [issue(101)]],
      [`POST ${ISSUES}/101/comments`]: [201, {}],
      [`PATCH ${ISSUES}/101`]: [200, {}],
    };
    const opened = await onGithub();
    const found = await opened.issues("fleet-drift");
    await opened.closeIssue(101, "There is no drift any more.");

    expect([found.length, found.at(-1)]).toEqual([101, { id: 101, body: "b101" }]);
    expect(asked.slice(2).map(({ body }) => body)).toEqual([
      { body: "There is no drift any more." },
      { state: "closed" },
    ]);
  });

  test("a pull request of the branch that is open is updated, and no second one is opened", async () => {
    const pull = { number: 9, html_url: "https://github.example/pull/9" };
    answers = {
      "GET /repos/example/clusters/pulls": [200, [pull]],
      "PATCH /repos/example/clusters/pulls/9": [200, pull],
    };
    expect(await (await onGithub()).propose("fleet/bump", "main", "Pin newer versions", "new")).toBe(pull.html_url);
    expect(lines()).not.toContain("POST /repos/example/clusters/pulls");
  });

  test.each<[number, string]>([
    [429, "1"],
    [403, "0"],
  ])("%d with Retry-After is waited for", async (status, seconds) => {
    answers = {
      [`POST ${ISSUES}/7/comments`]: [
        [status, { message: "You have exceeded a secondary rate limit" }, { "retry-after": seconds }],
        [201, {}],
      ],
    };
    await (await onGithub()).createComment("7", "text");

    expect(lines()).toEqual([`POST ${ISSUES}/7/comments`, `POST ${ISSUES}/7/comments`]);
  });

  test.each<[string, Answer, string]>([
    [
      "a token without the right",
      [403, { message: "Resource not accessible by integration" }],
      "answered 403: Resource not accessible by integration\\. The token may not do this\\. docs/pipelines/ lists",
    ],
    [
      "a repository that it does not see",
      [404, { message: "Not Found" }],
      "answered 404: Not Found\\. .*may not read it",
    ],
    ["an expired token", [401, { message: "Bad credentials" }], "answered 401: Bad credentials\\. .*has expired"],
    [
      "a limit that lasts longer than the job waits",
      [429, { message: "slow down" }, { "retry-after": "3600" }],
      "answered 429: slow down.*Run the job again later",
    ],
  ])("%s is an error that says what to do", async (_, answer, message) => {
    answers = { [`POST ${ISSUES}/7/comments`]: answer };
    await expect((await onGithub()).createComment("7", "text")).rejects.toThrow(
      new RegExp(`^the API of the hosting service ${message}`),
    );
  });

  test("no error contains the token", async () => {
    answers = { [`POST ${ISSUES}/7/comments`]: [500, { message: `bad ${TOKEN}` }] };
    await expect((await onGithub()).createComment("7", "x")).rejects.not.toThrow(TOKEN);
  });
});

describe.each(["", "/gitlab"])("GitLab at path %j", (path) => {
  beforeAll(() => {
    base = path;
  });

  test("the comment of an earlier job is found behind a page of others, and those of other users are not", async () => {
    const note = (id: number, author: number) => ({ id, body: `b${id}`, author: { id: author } });
    const next = `<${address()}${PROJECT.replace("/clusters", "%2Fclusters")}/merge_requests/7/notes?page=2>; rel="next"`;
    answers = {
      [`GET ${PROJECT}/merge_requests/7/notes 1`]: [200, [note(1, 3), note(2, 4)], { link: next }],
      [`GET ${PROJECT}/merge_requests/7/notes 2`]: [200, [note(3, 7)]],
    };
    expect(await (await onGitlab()).comments("7")).toEqual([{ id: 3, body: "b3" }]);
    expect(new Set(asked.map(({ token }) => token))).toEqual(new Set([TOKEN]));
  });

  test("an issue is opened with its label, and closed with a reason", async () => {
    answers = {
      [`POST ${PROJECT}/issues`]: [201, { iid: 1 }],
      [`POST ${PROJECT}/issues/1/notes`]: [201, {}],
      [`PUT ${PROJECT}/issues/1`]: [200, {}],
    };
    const opened = await onGitlab();
    await opened.createIssue("Drift: a", "text", "fleet-drift");
    await opened.closeIssue(1, "There is no drift any more.");

    expect(asked.slice(1).map(({ body }) => body)).toEqual([
      { title: "Drift: a", description: "text", labels: "fleet-drift" },
      { body: "There is no drift any more." },
      { state_event: "close" },
    ]);
  });

  test("a rate limit is waited for, and the call is sent again", async () => {
    const limited: Answer = [429, { message: "Retry later" }];
    answers = { [`POST ${PROJECT}/merge_requests/7/notes`]: [...Array<Answer>(10).fill(limited), [201, {}]] };
    await (await onGitlab([1])).createComment("7", "text");

    expect(asked.length).toBe(12);
  });

  test.each<[string, Answer, string]>([
    [
      "a token without the scope",
      [403, { message: "403 Forbidden" }],
      "answered 403: 403 Forbidden. The token may not",
    ],
    [
      "another project",
      [404, { message: "404 Project Not Found" }],
      "answered 404: 404 Project Not Found. It does not",
    ],
    ["a limit that lasts", [429, { message: "Retry later" }], "answered 429: .*Run the job again later"],
  ])("%s is an error that says what to do", async (_, answer, message) => {
    answers = { [`POST ${PROJECT}/merge_requests/7/notes`]: answer };
    await expect((await onGitlab([1])).createComment("7", "text")).rejects.toThrow(
      new RegExp(`^the API of the hosting service ${message}`),
    );
  });
});

test("a job without a token says which variable is missing", async () => {
  await expect(host({ GITHUB_ACTIONS: "true", GITHUB_REPOSITORY: "a/b", FLEET_CI_TOKEN: "" })).rejects.toThrow(
    "the variable FLEET_CI_TOKEN is not set",
  );
});

test("a service that does not answer is reported as that, on both", async () => {
  const nowhere = "http://127.0.0.1:2";
  const github = await host({ GITHUB_ACTIONS: "true", GITHUB_REPOSITORY: "a/b", GITHUB_API_URL: nowhere });

  await expect(github.comments("1")).rejects.toThrow(/^the hosting service did not answer: .*ECONNREFUSED/);
  await expect(host({ GITLAB_CI: "true", CI_PROJECT_PATH: "a/b", CI_API_V4_URL: `${nowhere}/api/v4` })).rejects.toThrow(
    /^the hosting service did not answer: .*ECONNREFUSED/,
  );
});
