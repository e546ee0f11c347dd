import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import YAML from "yaml";
import { isGenerated } from "../../pipelines/generate";
import { lintErrors } from "../support/pipelines/github-checks";

const FOLDER = join(__dirname, "../../.github/workflows");

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>> | string;
  readonly "timeout-minutes"?: number;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on: unknown;
  readonly permissions?: Readonly<Record<string, string>> | string;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Permissions of each job beyond reading the repository. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  plan: ["id-token"],
  preview: ["id-token"],
  choose: ["id-token"],
  apply: ["id-token"],
  drift: ["id-token"],
  destroy: ["id-token"],
  comment: ["pull-requests"],
  report: ["issues"],
  drill: ["issues"],
  bump: ["contents", "pull-requests"],
  promote: ["contents", "id-token", "pull-requests"],
};

/** Our own rules; each finding names the job. */
function findings(text: string): string[] {
  const { on, permissions, concurrency, jobs } = YAML.parse(text) as Workflow;
  const found: string[] = [];
  if (JSON.stringify(on).includes("pull_request_target"))
    found.push("runs code of forks with this repository's rights");
  if (JSON.stringify(permissions) !== "{}") found.push("grants permissions to every job");
  if (concurrency === undefined && JSON.stringify(on).includes("pull_request")) found.push("has no concurrency group");
  if (/AWS_(SECRET_)?ACCESS_KEY|aws-(secret-)?access-key|\bsecrets\.(?!FLEET_)/i.test(text))
    found.push("uses long-lived secrets");
  for (const [name, job] of Object.entries(jobs)) {
    found.push(...jobFindings(name, job).map((finding) => `${name}: ${finding}`));
  }
  for (const [, action = "", version = ""] of text.matchAll(/^\s*(?:- )?uses: ([^@\s]+)@(.*)$/gm)) {
    if (!/^[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(version)) {
      found.push(`${action} is not pinned by a commit, with its version behind it`);
    }
  }
  return found;
}

function jobFindings(name: string, { permissions, steps = [], "timeout-minutes": timeout }: Job): string[] {
  const found: string[] = [];
  if (typeof permissions !== "object") found.push("does not list its permissions");
  else {
    const writes = Object.entries(permissions).flatMap(([scope, access]) => (access === "write" ? [scope] : []));
    for (const scope of writes.filter((each) => !WRITES[name]?.includes(each))) found.push(`may write ${scope}`);
  }
  if (timeout === undefined) found.push("has no timeout");
  for (const step of steps) {
    if (step.uses?.startsWith("actions/checkout@") && step.with?.["persist-credentials"] !== false) {
      found.push("leaves the token behind a checkout");
    }
    if (step.run?.includes("${{")) found.push("puts an expression into a script: pass it by env");
  }
  return found;
}

const GOOD = readFileSync(join(FOLDER, "pull-request.yml"), "utf8");

describe.each(readdirSync(FOLDER))("%s", (file) => {
  const text = readFileSync(join(FOLDER, file), "utf8");

  test("is generated", () => {
    expect(isGenerated(text)).toBe(true);
  });

  test("passes actionlint", async () => {
    expect(await lintErrors(text)).toEqual([]);
  });

  test("passes our own rules", () => {
    expect(findings(text)).toEqual([]);
  });
});

describe("a mistake in a workflow is reported", () => {
  test.each([
    ["an unknown key", (text: string) => text.replace("timeout-minutes:", "timeout:"), 'unexpected key "timeout"'],
    ["an unknown job", (text: string) => text.replace("- check", "- checks"), '"checks"'],
    ["an unknown context", (text: string) => text.replace("${{ github.token }}", "${{ nothing.here }}"), "nothing"],
    [
      "a title in a script",
      (text: string) =>
        text.replace("run: npx --no-install fleet ci test", "run: echo ${{ github.event.pull_request.title }}"),
      "potentially untrusted",
    ],
  ])("%s, by actionlint", async (_, change, message) => {
    const broken = change(GOOD);

    expect(broken).not.toBe(GOOD);
    expect((await lintErrors(broken)).join("\n")).toContain(message);
  });

  test.each([
    ["a tag that can move", /checkout@[0-9a-f]{40} # v[\d.]+/, "checkout@v7", "is not pinned by a commit"],
    ["a commit without its version", / # v7\.0\.1/, "", "is not pinned by a commit"],
    ["a permanent key", "FLEET_IDENTITY: plan", "aws-secret-access-key: x", "uses long-lived secrets"],
    ["a secret", /github\.token/, "secrets.TOKEN", "uses long-lived secrets"],
    ["code of forks with our rights", "pull_request:", "pull_request_target:", "runs code of forks"],
    ["rights for every job", "permissions: {}", "permissions: write-all", "grants permissions to every job"],
    [
      "no rights listed",
      /permissions:\n {6}contents: read\n {4}steps/,
      "steps",
      "check: does not list its permissions",
    ],
    ["credentials in a job that needs none", "contents: read", "id-token: write", "check: may write id-token"],
    [
      "a token that stays behind",
      "persist-credentials: false",
      "persist-credentials: true",
      "check: leaves the token behind",
    ],
    [
      "an expression in a script",
      "run: npx --no-install fleet ci test",
      "run: echo ${{ github.sha }}",
      "check: puts an expression",
    ],
    ["a job without an end", /timeout-minutes: 30\n/, "\n", "check: has no timeout"],
    ["runs without a concurrency group", /concurrency:\n.*\n.*\n/, "\n", "has no concurrency group"],
  ])("%s, by our rules", (_, from, to, message) => {
    expect(findings(GOOD.replace(from, to)).join("\n")).toContain(message);
  });
});
