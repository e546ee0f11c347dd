import { parse } from "yaml";
import { contentOf, digestOf } from "../../fleet/read/release-digest";
import type { ReleaseProgram } from "../../fleet/schema/releases/release-program";
import { ExpectedError } from "../../language/expected-error";

/** Input of a new release. */
export interface Cut {
  readonly name: string;
  /** Name and text of the release that the clusters run. */
  readonly from: string;
  readonly text: string;
  readonly program: Exclude<ReleaseProgram, string>;
  /** The reasons why clusters must not skip the release, and why they cannot go back. */
  readonly cannotSkip?: string | undefined;
  readonly noWayBack?: string | undefined;
  /** The day, YYYY-MM-DD. */
  readonly today: string;
}

/** Keys of a release that are about itself, not about the versions that it pins. */
const OWN = ["program", "digest", "cannot_skip", "no_way_back"];

/**
 * Returns the text of a release with the versions of another one, the version of the program, and the digest of both. Comments and
 * layout stay.
 */
export function cutText({ cannotSkip, from, name, noWayBack, program, text, today }: Cut): string {
  const [editors = ""] = /^# yaml-language-server:[^\n]*\n/.exec(text) ?? [];
  const rest = text.slice(editors.length).replace(/^(?:#[^\n]*\n)*/, "");
  const versions = withoutOwnKeys(rest);
  const { version, ...hashes } = program;
  const entries = Object.entries(hashes).map(([key, value]) => `, ${key}: ${value}`);
  const head = `${editors}# Release ${name}, cut from ${from} on ${today} with program ${version}. It must not change: see docs/releases/cut-a-release.md.\n`;
  const reasons = Object.entries({ cannot_skip: cannotSkip, no_way_back: noWayBack });
  const lines = reasons.flatMap(([key, reason]) => (reason === undefined ? [] : `${key}: ${JSON.stringify(reason)}\n`));
  const body = `program: { version: ${version}${entries.join("")} }\n${lines.join("")}${versions}`;
  return `${head}digest: ${digestOf(body)}\n${body}`;
}

/** Returns the text of a release without the keys that are about that release alone. */
export function withoutOwnKeys(text: string): string {
  const kept = text.replace(new RegExp(`^(?:${OWN.join("|")}):[^\\n]*\\n(?:[ \\t]+[^\\n]*\\n)*`, "gm"), "");
  const value: Record<string, unknown> = { ...(parse(text) as Record<string, unknown>) };
  for (const key of OWN) delete value[key];
  if (contentOf(kept) !== contentOf(JSON.stringify(value)))
    throw new ExpectedError(
      `the release cannot be copied without ${OWN.join(", ")}. Write each of these keys on one line of its own`,
    );
  return kept;
}
