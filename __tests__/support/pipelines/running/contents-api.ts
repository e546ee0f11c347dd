import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** An answer of GitHub: status and body. */
type Answer = readonly [status: number, body: unknown];

/**
 * Answers what GitHub's API answers about branches and files, from a bare repository. Undefined for other calls.
 *
 * @param call such as `GET contents/definitions/channels.yaml`
 */
export function contentsApi(
  bare: string,
  call: string,
  query: URLSearchParams,
  given: Readonly<Record<string, string>>,
): Answer | undefined {
  const git = (args: readonly string[], input = ""): string =>
    execFileSync("git", ["--git-dir", bare, ...args], { encoding: "utf8", input, env: environment(bare) }).trim();
  const [, path] = /^(?:GET|PUT) contents\/(.*)$/.exec(call) ?? [];
  if (call === "GET ") return [200, { default_branch: "main" }];
  if (call.startsWith("GET git/ref/")) {
    const ref = decodeURIComponent(call.slice("GET git/ref/".length));
    return [200, { object: { sha: git(["rev-parse", `refs/${ref}`]) } }];
  }
  if (call === "POST git/refs") {
    git(["update-ref", given["ref"] ?? "", given["sha"] ?? ""]);
    return [201, {}];
  }
  if (path !== undefined && call.startsWith("GET")) {
    const name = `${query.get("ref")}:${decodeURIComponent(path)}`;
    const content = Buffer.from(`${git(["show", name])}\n`).toString("base64");
    return [200, { type: "file", content, sha: git(["rev-parse", name]) }];
  }
  if (path !== undefined) {
    const { branch = "", content = "", message = "" } = given;
    const blob = git(["hash-object", "-w", "--stdin"], Buffer.from(content, "base64").toString());
    git(["read-tree", branch]);
    git(["update-index", "--add", "--cacheinfo", `100644,${blob},${decodeURIComponent(path)}`]);
    git(["update-ref", `refs/heads/${branch}`, git(["commit-tree", git(["write-tree"]), "-p", branch, "-m", message])]);
    return [200, {}];
  }
  return undefined;
}

const environment = (bare: string): NodeJS.ProcessEnv => ({
  ...process.env,
  GIT_INDEX_FILE: join(bare, "api-index"),
  ...{ GIT_AUTHOR_NAME: "app", GIT_AUTHOR_EMAIL: "app@example.com" },
  ...{ GIT_COMMITTER_NAME: "app", GIT_COMMITTER_EMAIL: "app@example.com" },
});
