import { cloudTokens } from "./cloud-tokens";
import { codeTokens } from "./code-tokens";
import { announcesSecret } from "./hints";
import { isSecretUnderKey } from "./keys";
import { IN_SECRETS_MANAGER, type SecretKind, type SecretRule } from "./rule";
import { serviceTokens } from "./service-tokens";
import { decoded, isReference } from "./values";
import { writtenSecrets } from "./written";

/** The form of one issuer's tokens comes before the general forms of secrets, because its message is more precise. */
export const SECRET_RULES: readonly SecretRule[] = [...cloudTokens, ...codeTokens, ...serviceTokens, ...writtenSecrets];

/** Text under a key that names a secret. */
export const UNDER_SECRET_KEY: SecretKind = { what: "a secret", instead: IN_SECRETS_MANAGER };

/** A secret in a text. The positions are those of the secret itself, without the words around it. */
export interface Secret {
  readonly kind: SecretKind;
  readonly start: number;
  readonly end: number;
}

/** The base64 form of a text of 12 characters or more. */
const BASE64 = /\b(?<![+/=_-])[A-Za-z0-9+/]{16,}={0,2}(?![A-Za-z0-9+/=_-])/g;

const ALL_BASE64 = /^[A-Za-z0-9+/]{16,}={0,2}\s?$/;

/** `key: value` and `key=value` in files of other programs. What follows must end the setting, unlike in a sentence. */
const SETTING =
  /(?<![\w.-])([A-Za-z_][\w.-]{0,40})(?:\\?["'])?[^\S\n]{0,3}(?:=>|[:=])[^\S\n]{0,3}(?:\\?"([^"\n\\]{3,80})\\?"|'([^'\n]{3,80})'|(?=([^\s"'#,{}[\]()<>|;\\]{4,100}))\4)(?=[^\S\n]{0,20}(?:$|[,}\];#\\]))/gm;

/** True if a text contains a secret that has a form. Most texts don't even contain a part of one. */
export function mayHoldSecret(text: string): boolean {
  return (
    (announcesSecret(text) && SECRET_RULES.some(({ shape }) => shape.test(text))) || encodedSecrets(text).length > 0
  );
}

/** Returns the secrets of a text that have a form, plain or in base64. */
export function secretsIn(text: string): Secret[] {
  return [...shapedSecrets(text), ...encodedSecrets(text)];
}

function shapedSecrets(text: string): Secret[] {
  if (!announcesSecret(text)) return [];
  return SECRET_RULES.flatMap((kind) => {
    const { shape, counts = (value: string) => !isReference(value) } = kind;
    if (!shape.test(text)) return [];
    return [...text.matchAll(new RegExp(shape, `${shape.flags}g`))].flatMap(({ 0: match, index, groups }): Secret[] => {
      const value = groups?.["value"];
      if (value === undefined) return [{ kind, start: index, end: index + match.length }];
      const start = index + match.lastIndexOf(value);
      return counts(value) ? [{ kind, start, end: start + value.length }] : [];
    });
  });
}

function encodedSecrets(text: string): Secret[] {
  const found: Secret[] = [];
  for (const { 0: match, index } of text.matchAll(BASE64)) {
    const inner = innerSecret(decoded(match));
    if (inner !== undefined) found.push({ kind: inner.kind, start: index, end: index + match.length });
  }
  return found;
}

function innerSecret(text: string | undefined): Secret | undefined {
  if (text === undefined) return undefined;
  const found = shapedSecrets(text)[0] ?? settingsIn(text)[0];
  // Data of a Secret is base64, and some of it was before, such as what another tool exported.
  return found ?? (ALL_BASE64.test(text) ? shapedSecrets(decoded(text.trim()) ?? "")[0] : undefined);
}

/** Returns the secrets that settings in a text set, which have no form of their own. */
function settingsIn(text: string): Secret[] {
  const found: Secret[] = [];
  for (const { 0: match, index, 1: key = "", 2: double, 3: single, 4: bare } of text.matchAll(SETTING)) {
    const value = double ?? single ?? bare ?? "";
    if (!isSecretUnderKey(key, value) || (bare !== undefined && REMARK.test(value))) continue;
    const start = index + match.lastIndexOf(value);
    found.push({ kind: UNDER_SECRET_KEY, start, end: start + value.length });
  }
  return found;
}

/** Characters without which a text has no setting. */
const HAS_SETTING = /[\n{="]|: /;
const WRAPPED_BASE64 = /^[A-Za-z0-9+/\s]{40,}={0,2}\s?$/;

/** Returns the first secret of a decoded value. Quotes in JSON that is text in JSON have backslashes. */
export function secretInValue(value: string): Secret | undefined {
  if (value.length < 6) return undefined;
  if (value.includes('\\"')) {
    const inner = secretInValue(value.replaceAll("\\", ""));
    if (inner !== undefined) return { kind: inner.kind, start: 0, end: value.length };
  }
  const found = secretsIn(value)[0] ?? (HAS_SETTING.test(value) ? settingsIn(value)[0] : undefined);
  if (found !== undefined || !value.includes("\n") || !WRAPPED_BASE64.test(value)) return found;
  const inner = innerSecret(decoded(value.replace(/\s+/g, "")));
  return inner && { kind: inner.kind, start: 0, end: value.length };
}

/** True if a value has settings or wrapped base64, which a search of the whole file does not see. */
export function hasHiddenSecret(value: string): boolean {
  if (value.length < 8 || !HAS_SETTING.test(value)) return false;
  return settingsIn(value).length > 0 || (value.includes("\n") && secretInValue(value) !== undefined);
}

/** `# key: word`, the form of a line that is commented out, and `# database password: word`, that of a note. */
const COMMENTED_LINE =
  /(?<=^|\s)#(?<!#[\t -]*#)[#\t -]*(?<before>(?:[A-Za-z]{1,20}[\t ]){0,3})(?<open>["']?)(?<key>[A-Za-z_][\w.-]*)\k<open>:[^\S\n]+(?<quote>["']?)(?<value>[^\s"'#]{8,})\k<quote>[^\S\n]*$/gm;

/** Words that describe a key instead of being its value. */
const REMARK = /^(?:required|optional|generated|disabled|deprecated|unchanged|string|str|text|enabled|default)\.?$/i;

/** True if text has letters, digits and signs, which few words of a sentence and no dates have. */
const isMixture = (value: string): boolean => /^(?=.*[A-Za-z])(?=.*\d)(?=.*[^\w.:/-])/.test(value);

/** Returns the offsets of values in commented lines that would set a secret. */
export function commentedSecrets(text: string): number[] {
  return [...text.matchAll(COMMENTED_LINE)].flatMap(({ 0: line, index, groups = {} }) => {
    const { key = "", value = "" } = groups;
    const isNote = groups["before"] !== "";
    const isSecret = isSecretUnderKey(key, value) && (isNote ? isMixture(value) : !REMARK.test(value));
    return isSecret ? [index + line.lastIndexOf(value)] : [];
  });
}

/** Returns a text without its secrets. */
export function withoutSecretsIn(text: string): string {
  if (!mayHoldSecret(text)) return text;
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of secretsIn(text).sort((a, b) => a.start - b.start)) {
    if (start >= from) parts.push(text.slice(from, start), "(secret)");
    from = Math.max(from, end);
  }
  return parts.join("") + text.slice(from);
}
