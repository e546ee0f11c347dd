import type { Question } from "../../../operations/questions/question";

/** True if questions can be shown: they are read from stdin and written to stderr. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** From this number of choices on, letters that are typed narrow the list. */
const MANY = 8;

/** Repeats one question on stderr until its answer is accepted. Ctrl-C throws an error that ends the command. */
export async function ask({ choices, default: given, message, refused }: Question): Promise<string> {
  const { input, search, select } = await import("@inquirer/prompts");
  const context = { output: process.stderr };
  if (choices === undefined || choices.length === 0) {
    const validate = (answer: string): true | string => refused(answer.trim()) ?? true;
    return (await input({ message, validate, ...(given !== undefined && { default: given }) }, context)).trim();
  }
  const options = choices.map(({ meaning, value }) => ({
    value,
    name: value,
    ...(meaning !== undefined && { description: meaning }),
  }));
  if (choices.length < MANY)
    return select({ message, choices: options, ...(given !== undefined && { default: given }) }, context);
  const ordered = [...options].sort((a, b) => Number(b.value === given) - Number(a.value === given));
  return search(
    { message, source: (typed) => ordered.filter(({ value }) => value.includes((typed ?? "").trim())) },
    context,
  );
}

/** Shows a yes-or-no question on stderr; Enter means no. */
export async function confirmed(message: string): Promise<boolean> {
  const { confirm } = await import("@inquirer/prompts");
  return confirm({ message, default: false }, { output: process.stderr });
}
