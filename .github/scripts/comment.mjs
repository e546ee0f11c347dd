// node comment.mjs <reports>: writes the plans of a pull request to one comment, and later updates it. Reads the reports of
// plan-stacks.mjs, and these variables of the workflow: CLUSTERS, REMOVED, PLAN_RESULT, RUN_URL, REPOSITORY, PULL_REQUEST. A pull
// request that changes no stack gets no comment, unless it has one already.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const MARKER = "<!-- plans of the stacks -->";
/** In characters. GitHub accepts 65,536. */
const LIMIT = 65_000;

const [reports] = process.argv.slice(2);
const { CLUSTERS = "[]", REMOVED = "", PLAN_RESULT, RUN_URL, REPOSITORY, PULL_REQUEST } = process.env;
const planned = JSON.parse(CLUSTERS).flatMap(({ stacks }) => stacks.split(" "));
const removed = REMOVED.split(" ").filter((stack) => stack !== "");

function read(file) {
  const path = join(reports, file);
  return existsSync(path) ? readFileSync(path, "utf8").trimEnd() : undefined;
}

function statusOf(stack) {
  const status = read(`${stack}.status`);
  if (status !== undefined) return status;
  if (PLAN_RESULT === "skipped") return "not planned: the repository variable PLAN_ENTRY_ROLE_ARN is not set";
  return "failed: there is no report. See the run";
}

function overview() {
  if (planned.length + removed.length === 0) return `${MARKER}\n### Plans\n\nNo stack changes.\n`;
  return [
    `${MARKER}\n### Plans\n\n| stack | plan |`,
    "| --- | --- |",
    ...planned.map((stack) => `| \`${stack}\` | ${statusOf(stack)} |`),
    ...removed.map(
      (stack) =>
        `| \`${stack}\` | **its definition is removed, so nothing destroys this stack. Destroy it before the merge** |`,
    ),
    `\nIn full: [the run](${RUN_URL}).\n`,
  ].join("\n");
}

function details(stack) {
  const text = read(`${stack}.txt`);
  if (text === undefined) return "";
  return `\n<details><summary>${stack}</summary>\n\n~~~~text\n${text}\n~~~~\n</details>\n`;
}

function body() {
  const tooLong = "\nPlans that are too long for a comment are only in the run.\n";
  let text = overview();
  let leftOut = false;
  for (const stack of planned) {
    const more = details(stack);
    if (text.length + more.length + tooLong.length <= LIMIT) text += more;
    else leftOut = true;
  }
  // The overview of hundreds of stacks may be too long by itself.
  return (leftOut ? text + tooLong : text).slice(0, LIMIT);
}

function gh(args, input) {
  return execFileSync("gh", ["api", ...args], { encoding: "utf8", input, stdio: ["pipe", "pipe", "inherit"] });
}

/** Returns the id of the workflow's own comment: anybody can write the marker. */
function ownComment() {
  const own = `.user.login == "github-actions[bot]" and (.body | startswith("${MARKER}"))`;
  const comments = `repos/${REPOSITORY}/issues/${PULL_REQUEST}/comments`;
  return gh(["--paginate", comments, "--jq", `.[] | select(${own}) | .id`]).split("\n")[0];
}

const comment = ownComment();
const request = JSON.stringify({ body: body() });
if (comment !== "") {
  gh(["--method", "PATCH", `repos/${REPOSITORY}/issues/comments/${comment}`, "--input", "-", "--silent"], request);
} else if (planned.length + removed.length > 0) {
  gh(["--method", "POST", `repos/${REPOSITORY}/issues/${PULL_REQUEST}/comments`, "--input", "-", "--silent"], request);
}
