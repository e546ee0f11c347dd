import { types } from "node:util";
import { ExpectedError } from "../../language/expected-error";
import { visible } from "../../language/problem";

/** Advice for each HTTP status of a hosting service's API. */
const ADVICE: Readonly<Record<number, string>> = {
  401: "The token is wrong, or has expired. Set another one",
  403: "The token may not do this. docs/pipelines/ lists what each job writes",
  404: "It does not exist, or the token may not read it. Check the repository and the scopes of the token",
  429: "Too many requests were sent. Run the job again later",
};

/** Returns the HTTP status of an error of Octokit or Gitbeaker; undefined if the service did not answer. */
export function statusOf(error: unknown): number | undefined {
  const { cause, message, response, status } = error as {
    readonly cause?: { readonly response?: { readonly status?: unknown } };
    readonly message?: unknown;
    readonly response?: unknown;
    readonly status?: unknown;
  };
  // If the service does not respond, Octokit reports status 500 without a response.
  if (typeof status === "number") return status === 500 && response === undefined ? undefined : status;
  if (typeof cause?.response?.status === "number") return cause.response.status;
  const last = /last status code: (\d{3})/.exec(String(message))?.[1];
  return last === undefined ? undefined : Number(last);
}

/** True if Gitbeaker has given up because of the rate of its requests: it tries again within milliseconds only. */
export function isRateLimit(error: unknown): boolean {
  return error instanceof Error && error.name === "GitbeakerRetryError" && statusOf(error) === 429;
}

/**
 * Returns an error of a service's API as people understand it.
 *
 * @param token is in no message, even if the service repeats it
 */
export function apiError(error: unknown, token: string): Error {
  if (!types.isNativeError(error)) return new Error(String(error));
  if (!isOfService(error)) return error;
  const status = statusOf(error);
  if (status === undefined)
    return new ExpectedError(`the hosting service did not answer: ${shown(reasonOf(error), token)}. Run the job again`);
  const advice = ADVICE[status];
  return new ExpectedError(
    `the API of the hosting service answered ${status}: ${shown(error.message, token)}${advice === undefined ? "" : `. ${advice}`}`,
  );
}

const shown = (text: string, token: string): string => visible(text).replaceAll(token, "***");

/** True for errors of the two libraries and of connections. Other errors are defects of this program. */
function isOfService({ message, name }: Error): boolean {
  return name === "HttpError" || name.startsWith("Gitbeaker") || message === "fetch failed";
}

/** Returns the deepest reason: fetch() hides why a connection failed, and libraries hide fetch(). */
function reasonOf({ cause, message }: Error): string {
  const deeper = types.isNativeError(cause) ? reasonOf(cause) : "";
  return deeper === "" ? message : deeper;
}
