import { stackId } from "../../../fleet/model/stacks";
import type { Waiting } from "../../../operations/deploy/stack-runner";
import { changesText } from "../changes-text";
import { terminalOf } from "../terminal";
import { answerOf } from "./prompt";

let questions: Promise<unknown> = Promise.resolve();

/**
 * Shows a plan and requests confirmation. For a protected cluster, the person must type its name. Questions appear one at a time, even if
 * several clusters are deployed.
 */
export function askApproval(waiting: Waiting, isProtected: boolean): Promise<boolean> {
  const answer = questions.then(() => ask(waiting, isProtected));
  questions = answer.catch(() => {});
  return answer;
}

async function ask({ changes, cluster, slug, stack }: Waiting, isProtected: boolean): Promise<boolean> {
  const { confirm, input } = await import("@inquirer/prompts");
  const id = stackId(slug, stack);
  console.error(`\n${changesText(changes, false, terminalOf(process.stderr)).join("\n")}`);
  const message = `Apply this to ${id}?`;
  if (!isProtected) return (await answerOf((context) => confirm({ message, default: false }, context))) === true;
  const typed = await answerOf((context) => input({ message: `${message} Type ${cluster} to apply:` }, context));
  return typed === cluster;
}
