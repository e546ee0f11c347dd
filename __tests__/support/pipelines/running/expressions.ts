import { bundled } from "../bundled";

/** A value of an expression, as GitHub's evaluator has it. */
interface Data {
  coerceString(): string;
}

interface Evaluation {
  readonly Lexer: new (text: string) => { lex(): { readonly tokens: object } };
  readonly Parser: new (
    tokens: object,
    contexts: readonly string[],
    functions: readonly object[],
  ) => { parse(): object };
  readonly Evaluator: new (expression: object, context: object, functions: Map<string, object>) => { evaluate(): Data };
  readonly data: { readonly BooleanData: new (value: boolean) => Data };
  readonly reviver: (key: string, value: unknown) => unknown;
}

/** GitHub's own evaluator, bundled because it has ES modules alone. */
let evaluation: Evaluation | undefined;

function githubEvaluation(): Evaluation {
  evaluation ??= bundled<Evaluation>(
    [
      'export { Evaluator, Lexer, Parser, data } from "@actions/expressions";',
      'export { reviver } from "@actions/expressions/data/reviver";',
    ].join("\n"),
  );
  return evaluation;
}

/** Result of the earlier jobs or steps, from which always() and similar functions follow. */
export type Before = "success" | "failure" | "cancelled" | "skipped";

/** Contexts that expressions can read, by name, such as github, needs and matrix. */
export type Contexts = Readonly<Record<string, unknown>>;

/** Returns the value of an expression as text. */
export function evaluate(expression: string, contexts: Contexts, before: Before = "success"): string {
  const { data, Evaluator, Lexer, Parser, reviver } = githubEvaluation();
  const answers = {
    always: true,
    cancelled: before === "cancelled",
    failure: before === "failure",
    success: before === "success",
  };
  const functions = Object.entries(answers).map(([name, answer]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(answer),
  }));
  const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), functions).parse();
  const context = JSON.parse(JSON.stringify(contexts), reviver) as object;
  const found = new Evaluator(tree, context, new Map(functions.map((each) => [each.name, each]))).evaluate();
  return found.coerceString();
}

/** Returns text with the values of its expressions. */
export function interpolate(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => evaluate(expression.trim(), contexts));
}

/** True if the condition of a job or a step holds. Without a word about failures, it also requires success. */
export function holds(condition: string | undefined, contexts: Contexts, before: Before): boolean {
  const text = condition?.replace(/^\$\{\{(.*)\}\}$/s, "$1").trim() ?? "success()";
  const isAboutFailures = /\b(?:always|cancelled|failure|success)\(\)/.test(text);
  const whole = isAboutFailures ? text : `success() && (${text})`;
  return evaluate(`(${whole}) && 'yes' || ''`, contexts, before) === "yes";
}
