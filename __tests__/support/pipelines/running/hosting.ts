import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Token } from "../../../../fleet/accounts/claims";
import { contentsApi } from "./contents-api";

/** Permissions of a token, in the format of the key `permissions` of a job. */
export type Permissions = Readonly<Record<string, string>>;

/** An issue or a pull request, with its comments. */
export interface Thread {
  readonly number: number;
  readonly isPull: boolean;
  readonly labels: readonly string[];
  title: string;
  body: string;
  state: "open" | "closed";
  readonly head: string | null;
  readonly comments: { readonly id: number; body: string }[];
}

/** A role that a job assumed, and the subject of the token with which it did. */
export interface Assumed {
  readonly role: string;
  readonly subject: string;
}

/** Parameters of a request to an API, and its answer: status and body. */
type Given = Readonly<Record<string, string & string[]>>;
type Answer = readonly [status: number, body: unknown];

/** A call of an API: `GET issues/7`, below the repository. */
interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly given: Given;
}

/** In characters, of a comment or an issue on GitHub. */
const LONGEST = 65_536;

const USER = { id: 7, login: "github-actions[bot]" };

/**
 * The services that jobs talk to, on this machine: the APIs of GitHub and GitLab and their Git over HTTP, which refuse what a token may
 * not do, the service of GitHub's identity tokens, AWS STS, which asks the trust policies of the roles, and Slack.
 */
export class Hosting {
  readonly threads: Thread[] = [];
  readonly assumed: Assumed[] = [];
  /** Texts of messages in Slack, with their channels: `#channel: text`. */
  readonly slack: string[] = [];
  /** SARIF files that code scanning has. */
  readonly scans: string[] = [];
  /** Requests that were refused, such as `POST /repos/…: issues: write`. */
  readonly refused: string[] = [];
  private readonly tokens = new Map<string, Permissions>();
  private readonly server: Server;
  private nextId = 1;

  /**
   * @param folder with the bare repositories
   * @param repository path of the fleet's one in it
   * @param mayAssume says what the trust policy of a role says
   * @param base path of GitHub's API: `/api/v3` on an Enterprise Server
   */
  constructor(
    private readonly folder: string,
    private readonly repository: string,
    private readonly mayAssume: (role: string, token: Token) => Promise<boolean>,
    readonly base = "",
  ) {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Returns a token that may do no more than a job's permissions. */
  tokenFor(permissions: Permissions): string {
    const token = `ghs_${this.tokens.size + 1}`;
    this.tokens.set(token, permissions);
    return token;
  }

  /** Adds what a tool found to code scanning. */
  scan(sarif: string, permissions: Permissions): void {
    if (permissions["security-events"] !== "write") this.refused.push("code scanning: security-events: write");
    else this.scans.push(sarif);
  }

  /** Adds a pull request that people opened. */
  openPull(head: string): number {
    return this.add({ isPull: true, labels: [], title: head, body: "", head }).number;
  }

  private add(given: Pick<Thread, "body" | "head" | "isPull" | "labels" | "title">): Thread {
    const thread: Thread = { number: this.threads.length + 1, state: "open", comments: [], ...given };
    this.threads.push(thread);
    return thread;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "", this.url);
    if (url.pathname.startsWith("/git/")) {
      this.git(url, request, response);
      return;
    }
    const body = await bodyOf(request);
    if (url.pathname === "/sts/") {
      await this.assume(new URLSearchParams(body.toString()), response);
      return;
    }
    const [status, value] = this.answerOf(url, request, body);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
  }

  private answerOf(url: URL, request: IncomingMessage, body: Buffer): Answer {
    if (url.pathname === "/oidc") return [200, { value: url.searchParams.get("token") }];
    if (url.pathname.startsWith("/slack/")) {
      const message = new URLSearchParams(body.toString());
      this.slack.push(`${message.get("channel")}: ${message.get("text")}`);
      return [200, { ok: true }];
    }
    if (url.pathname === `${this.base}/user` || url.pathname === "/api/v4/user") return [200, USER];
    const { method = "" } = request;
    const given = body.length === 0 ? {} : (JSON.parse(body.toString()) as Given);
    const query = url.searchParams;
    const permissions = this.permissionsOf(request);
    const [, project] = /^\/api\/v4\/projects\/[^/]+\/(.*)$/.exec(url.pathname) ?? [];
    if (project !== undefined) {
      if (permissions !== undefined) return this.gitlabApi({ method, path: project, query, given });
      return [401, { message: "401 Unauthorized" }];
    }
    const [, path] = /^\/repos\/[^/]+\/[^/]+\/?(.*)$/.exec(url.pathname.slice(this.base.length)) ?? [];
    if (path === undefined || !url.pathname.startsWith(this.base)) return [404, { message: "Not Found" }];
    return this.api(`${method} ${path}`, query, given, permissions);
  }

  /** GitLab's names of the same things: merge requests with notes, issues with a description. */
  private gitlabApi({ given, method, path, query }: Call): Answer {
    const [kind = "", id, notes, note] = path.split("/");
    const isPull = kind === "merge_requests";
    const shown = (thread: Thread): object => ({
      ...{ iid: thread.number, description: thread.body, author: USER },
      web_url: `https://gitlab.example/${kind}/${thread.number}`,
    });
    if (id === undefined && method === "POST") {
      const { description: body = "", labels = "", source_branch: head = null, title = "" } = given;
      return [201, shown(this.add({ isPull, labels: labels.split(",").filter(Boolean), title, body, head }))];
    }
    if (id === undefined) {
      const isWanted = ({ head, labels }: Thread): boolean =>
        isPull ? query.get("source_branch") === head : labels.includes(query.get("labels") ?? "");
      const open = this.threads.filter((each) => each.isPull === isPull && each.state === "open" && isWanted(each));
      return [200, open.map(shown)];
    }
    const thread = this.threads.find((each) => each.number === Number(id) && each.isPull === isPull);
    if (thread === undefined) return [404, { message: "404 Not found" }];
    if (notes === undefined) {
      if (given["description"] !== undefined) thread.body = given["description"];
      if (given["state_event"] === "close") thread.state = "closed";
      return [200, shown(thread)];
    }
    const found = thread.comments.find((each) => each.id === Number(note));
    if (found !== undefined) Object.assign(found, { body: given["body"] });
    else if (method === "POST") this.comment(thread, given["body"] ?? "");
    return [200, method === "GET" ? thread.comments.map((each) => ({ ...each, author: USER })) : {}];
  }

  private comment({ comments }: Thread, body: string): Thread["comments"][number] {
    const comment = { id: this.nextId, body };
    this.nextId += 1;
    comments.push(comment);
    return comment;
  }

  private permissionsOf({ headers }: IncomingMessage): Permissions | undefined {
    const token = headers["private-token"] ?? headers.authorization ?? "";
    return this.tokens.get(String(token).replace(/^(?:token|bearer) /i, ""));
  }

  private api(call: string, query: URLSearchParams, given: Given, permissions: Permissions | undefined): Answer {
    if (permissions === undefined) return [401, { message: "Bad credentials" }];
    if (/^POST git\/refs|^PUT contents\//.test(call) && permissions["contents"] !== "write") {
      this.refused.push(`${call}: contents: write`);
      return [403, { message: "Resource not accessible by integration" }];
    }
    const ofFiles = contentsApi(join(this.folder, this.repository), call, query, given);
    if (ofFiles !== undefined) return ofFiles;
    const [, method = "", kind = "", id = ""] = /^(\w+) (issues\/comments|issues|pulls)\/?(\d*)/.exec(call) ?? [];
    const number = Number(id);
    const isComment = kind === "issues/comments";
    const thread = this.threads.find((each) =>
      isComment ? each.comments.some((comment) => comment.id === number) : each.number === number,
    );
    const scope = kind === "pulls" || thread?.isPull === true ? "pull-requests" : "issues";
    if (method !== "GET" && permissions[scope] !== "write") {
      this.refused.push(`${call}: ${scope}: write`);
      return [403, { message: "Resource not accessible by integration" }];
    }
    if ((given["body"] ?? "").length > LONGEST) return [422, { message: "body is too long" }];
    if (thread === undefined) return this.threadsApi(method, kind === "pulls", query, given);
    if (isComment) Object.assign(thread.comments.find((comment) => comment.id === number) ?? {}, given);
    else if (call.endsWith("/comments")) return this.commentsApi(method, thread, query, given);
    else Object.assign(thread, given);
    return [200, this.shown(thread)];
  }

  private commentsApi(method: string, thread: Thread, query: URLSearchParams, given: Given): Answer {
    if (method === "GET")
      return [200, query.get("page") === "1" ? thread.comments.map((each) => ({ ...each, user: USER })) : []];
    return [201, this.comment(thread, given["body"] ?? "")];
  }

  private threadsApi(method: string, isPull: boolean, query: URLSearchParams, given: Given): Answer {
    if (method === "POST") {
      const { body = "", head = null, labels = [], title = "" } = given;
      return [201, this.shown(this.add({ isPull, labels, title, body, head }))];
    }
    const isWanted = ({ head, labels }: Thread): boolean =>
      isPull ? query.get("head") === `example:${head}` : labels.includes(query.get("labels") ?? "");
    const found = this.threads.filter((each) => each.state === "open" && each.isPull === isPull && isWanted(each));
    return [200, found.map((each) => this.shown(each))];
  }

  private shown(thread: Thread): object {
    return { ...thread, user: USER, html_url: `https://github.example/pull/${thread.number}` };
  }

  private async assume(request: URLSearchParams, response: ServerResponse): Promise<void> {
    const [, part = ""] = (request.get("WebIdentityToken") ?? "").split(".");
    const { iss = "", ...claims } = JSON.parse(Buffer.from(part, "base64url").toString() || "{}") as Record<
      string,
      string
    >;
    const role = request.get("RoleArn") ?? "";
    const subject = claims["sub"] ?? "";
    if (!(await this.mayAssume(role, { issuer: iss, claims }))) {
      this.refused.push(`${role} by ${subject}`);
      const error =
        "<Code>AccessDenied</Code><Message>Not authorized to perform sts:AssumeRoleWithWebIdentity</Message>";
      response
        .writeHead(403, { "content-type": "text/xml" })
        .end(`<ErrorResponse><Error>${error}</Error></ErrorResponse>`);
      return;
    }
    this.assumed.push({ role, subject });
    const parts = ["AccessKeyId", "SecretAccessKey", "SessionToken"].map((name) => `<${name}>x</${name}>`).join("");
    const credentials = `<Credentials>${parts}<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>`;
    const name = "AssumeRoleWithWebIdentity";
    response
      .writeHead(200, { "content-type": "text/xml" })
      .end(
        `<${name}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${name}Result>${credentials}</${name}Result></${name}Response>`,
      );
  }

  /** Everybody may read. To push, the token needs `contents: write`. */
  private git(url: URL, request: IncomingMessage, response: ServerResponse): void {
    const pushes = url.searchParams.get("service") === "git-receive-pack" || url.pathname.endsWith("/git-receive-pack");
    const basic = Buffer.from((request.headers.authorization ?? "").replace(/^Basic /, ""), "base64").toString();
    const permissions = this.tokens.get(basic.replace(/^x-access-token:/, ""));
    if (pushes && permissions?.["contents"] !== "write") {
      this.refused.push(`push: contents: write`);
      response.writeHead(permissions === undefined ? 401 : 403).end();
      return;
    }
    const backend = spawn("git", ["http-backend"], {
      env: {
        PATH: process.env["PATH"],
        GIT_PROJECT_ROOT: this.folder,
        GIT_HTTP_EXPORT_ALL: "1",
        GIT_CONFIG_NOSYSTEM: "1",
        PATH_INFO: url.pathname.slice("/git".length),
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers["content-type"] ?? "",
        HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
        ...(pushes && { REMOTE_USER: "job" }),
      },
      stdio: ["pipe", "pipe", "inherit"],
    });
    request.pipe(backend.stdin);
    const chunks: Buffer[] = [];
    backend.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    backend.on("close", () => {
      const all = Buffer.concat(chunks);
      const end = all.indexOf("\r\n\r\n");
      const headers = all
        .subarray(0, end)
        .toString()
        .split("\r\n")
        .map((line) => line.split(": ", 2) as [string, string]);
      const status = headers.find(([name]) => name === "Status")?.[1] ?? "200";
      response
        .writeHead(Number.parseInt(status, 10), Object.fromEntries(headers.filter(([name]) => name !== "Status")))
        .end(all.subarray(end + 4));
    });
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
