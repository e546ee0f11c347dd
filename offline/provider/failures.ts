import { existsSync, readFileSync } from "node:fs";
import { PROVIDERS, type ProviderName } from "../schema/schema";
import { ProviderError } from "./provider-error";

/** Operations that can fail. `validate` and `configure` come before any plan. */
const OPERATIONS = ["validate", "configure", "read", "plan", "create", "update", "delete", "import", "data"] as const;

/** An operation that Terraform requests from a provider. */
export type Operation = (typeof OPERATIONS)[number];

/** A call that fails. A missing member matches everything; `*` in a pattern matches any text. */
export interface Failure {
  readonly provider?: ProviderName;
  /** A pattern over the type, such as `aws_iam_*`. */
  readonly type?: string;
  readonly operation?: Operation;
  /** A pattern over the object's name or id. */
  readonly name?: string;
  /** Number of the matching call that fails, counted from 1, so that a second try succeeds. By default every call fails. */
  readonly nth?: number;
  readonly message?: string;
}

/** The properties of a call that failures can match. */
export interface Call {
  readonly provider: ProviderName;
  readonly operation: Operation;
  readonly type: string;
  /** Names and ids of the object. */
  readonly names: readonly string[];
}

/** Source of failures, and the counter of matching calls. */
export interface FailureSource {
  readonly failures?: readonly Failure[];
  /** JSON file with a list of failures. It is read again on every call, so that it can change while servers run. */
  readonly file?: string | undefined;
  readonly count: (what: string) => number;
}

function matches(pattern: string | undefined, texts: readonly string[]): boolean {
  if (pattern === undefined) return true;
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  const expression = new RegExp(`^${escaped}$`);
  return texts.some((text) => expression.test(text));
}

const MEMBERS: Readonly<Record<keyof Failure, "text" | "a number">> = {
  provider: "text",
  type: "text",
  operation: "text",
  name: "text",
  nth: "a number",
  message: "text",
};

/** Reads a failure or a list of failures from JSON. Refuses anything else, because a typing error would stay unnoticed. */
export function parseFailures(text: string, where: string): Failure[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new ProviderError(`${where} is not JSON`, error instanceof Error ? error.message : String(error));
  }
  const failures = (Array.isArray(parsed) ? parsed : [parsed]) as Failure[];
  const known = Object.keys(MEMBERS);
  for (const failure of failures) {
    const unknown = Object.keys(failure ?? {}).filter((key) => !known.includes(key));
    if (typeof failure !== "object" || failure === null || unknown.length > 0) {
      throw new ProviderError(
        unknown.length === 0
          ? `${where}: a failure must be an object`
          : `${where}: a failure has the unknown ${unknown.length === 1 ? "member" : "members"} ${unknown.join(", ")}`,
        `Known members: ${known.join(", ")}.`,
      );
    }
    for (const [member, kind] of Object.entries(MEMBERS)) {
      const value = failure[member as keyof Failure];
      const fits = kind === "text" ? typeof value === "string" : Number.isInteger(value) && Number(value) > 0;
      if (value === undefined || fits) continue;
      throw new ProviderError(
        `${where}: ${member} must be ${kind}, got ${JSON.stringify(value)}`,
        kind === "text" ? "" : "Calls are counted from 1.",
      );
    }
    if (failure.provider !== undefined && !PROVIDERS.includes(failure.provider)) {
      throw new ProviderError(
        `${where}: "${failure.provider}" is not a provider`,
        `Known providers: ${PROVIDERS.join(", ")}.`,
      );
    }
    if (failure.operation !== undefined && !OPERATIONS.includes(failure.operation)) {
      throw new ProviderError(
        `${where}: "${failure.operation}" is not an operation`,
        `Known operations: ${OPERATIONS.join(", ")}.`,
      );
    }
  }
  return failures;
}

/** Throws if an option, the file or the environment (OFFLINE_FAILURES) makes the call fail. */
export function failIfTold(source: FailureSource, call: Call): void {
  const { failures = [], file } = source;
  const inFile = file !== undefined && existsSync(file) ? parseFailures(readFileSync(file, "utf8"), file) : [];
  const environment = process.env["OFFLINE_FAILURES"];
  const inEnvironment = environment ? parseFailures(environment, "OFFLINE_FAILURES") : [];
  for (const failure of [...failures, ...inFile, ...inEnvironment]) {
    const { provider, operation, type, name, nth, message } = failure;
    if (provider !== undefined && provider !== call.provider) continue;
    if (operation !== undefined && operation !== call.operation) continue;
    if (!matches(type, [call.type]) || !matches(name, call.names)) continue;
    if (nth !== undefined && source.count(JSON.stringify(failure)) !== nth) continue;
    throw new ProviderError(message ?? `${call.operation} of ${call.type} fails on demand`, call.names.join(", "));
  }
}
