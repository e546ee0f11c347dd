import { isMap } from "../../language/plain-map";
import { commonCure } from "./common-cure";
import type { Check } from "./report";
import type { RunCommand } from "./tools";

/** The JSON object that the AWS CLI prints, or the last line of its error. */
export type Answer = { readonly value: Readonly<Record<string, unknown>> } | { readonly failed: string };
export type Aws = (args: readonly string[]) => Answer;

export function answerOf(ran: ReturnType<RunCommand>): Answer {
  if ("failed" in ran) return ran;
  try {
    const value: unknown = ran.stdout.trim() === "" ? {} : JSON.parse(ran.stdout);
    return isMap(value) ? { value } : { failed: "aws printed no JSON object" };
  } catch {
    return { failed: "aws printed no JSON" };
  }
}

/** Returns the check of what the caller may not see, with the right that it lacks. */
export function unseen(name: string, failed: string, right: string): Check {
  return { name, result: "skipped", found: failed, cure: commonCure(failed) ?? `Allow ${right} to your role` };
}
