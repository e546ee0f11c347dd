import { existsSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { tryGit } from "../../../fleet/programs/git";
import { type Promotion, type Proof, planPromotion } from "../../../operations/release/promotion";
import { forgeOf, openPullRequest } from "../../../operations/release/pull-request";
import type { PromoteReport } from "../../../operations/release/report";
import { soakProblems } from "../../../operations/release/soak";
import { rolloutStatus } from "../../../operations/rollout/status";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { definitionsDirectory } from "../../shared/definitions";
import type { ExitCode } from "../../shared/exit-code";
import { printJson, printText, withProgress } from "../../shared/print";
import { promoteText } from "../../texts/release/release-text";
import { openRollout } from "../rollout/open-rollout";
import { definitionsOf } from "./open-layers";

type Flags = {
  readonly "dry-run": boolean;
  readonly "pull-request": boolean;
  readonly records: string | undefined;
  readonly today: string | undefined;
};

export const run = action(
  async ({ flags, json, positionals: [name = "", release = ""] }: Input<Flags>): Promise<ExitCode> => {
    const promotion = await withProgress("checking the promotion", async () =>
      planPromotion(definitionsOf(flags.today), name, release, await proofOf(flags)),
    );
    const report = await carryOut(promotion, flags);
    if (json) printJson(report);
    else printText(promoteText(report));
    return report.refused.length > 0 ? 2 : 0;
  },
);

/** Returns the records of rollouts as proof; undefined if the definitions have no rollouts. */
async function proofOf({ records, today }: Flags): Promise<Proof | undefined> {
  if (!existsSync(join(definitionsDirectory(), "rollouts.yaml"))) return undefined;
  const now = today === undefined ? undefined : `${today}T00:00:00Z`;
  const { fleet, log, now: moment } = await openRollout({ now, records });
  const status = rolloutStatus(fleet, log.history, moment());
  return (release) => soakProblems(status, release);
}

async function carryOut({ edit, report }: Promotion, flags: Flags): Promise<PromoteReport> {
  const done: PromoteReport = { version: 1, ...report, written: false, commands: [], pull_request: null };
  if (edit === undefined || report.refused.length > 0 || flags["dry-run"]) return done;
  const title = `Promote ${report.target.name} from ${report.from} to ${report.to}`;
  const branch = `promote-${report.target.name}-${report.to}`;
  if (!flags["pull-request"]) {
    writeFileSync(edit.file, edit.text);
    const commands = [
      `git switch -c ${branch}`,
      `git commit -m '${title}' ${edit.file}`,
      `git push -u origin ${branch}`,
    ];
    return { ...done, written: true, commands };
  }
  const directory = definitionsDirectory();
  const top = tryGit(directory, ["rev-parse", "--show-toplevel"])?.trim() ?? ".";
  const forge = forgeOf(process.env, tryGit(directory, ["remote", "get-url", "origin"])?.trim());
  const pull_request = await openPullRequest(forge, {
    path: relative(realpathSync(top), realpathSync(edit.file)),
    before: readFileSync(edit.file, "utf8"),
    after: edit.text,
    branch,
    title,
    body: bodyOf(report),
  });
  return { ...done, pull_request };
}

function bodyOf({ clusters, from, held, to }: Promotion["report"]): string {
  return [
    `Moves these clusters from release ${from} to ${to}. Revert this change to undo the promotion.`,
    "",
    ...clusters.map((name) => `- ${name}`),
    ...(held.length === 0
      ? []
      : [
          "",
          "Held, and not moved:",
          "",
          ...held.map((each) => `- ${each.cluster} on ${each.release} until ${each.until}`),
        ]),
  ].join("\n");
}
