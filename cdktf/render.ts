import {
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  TerraformOutput,
  type TerraformStack,
  Tokenization,
} from "cdktf";

type Json = Record<string, unknown>;

/** Chooses elements by the paths of their constructs. */
export type Choice = (path: string) => boolean;

/**
 * A stack as Terraform's JSON: what `TerraformStack.toTerraform` makes, with every token resolved once. cdktf resolves each
 * element, and then the whole again, which finds nothing and is half of the work.
 *
 * @param settings what goes over all elements, such as backend settings that cdktf has no property for
 * @param choice elements to render; by default all
 */
export function renderStack(stack: TerraformStack, settings: Json, choice?: Choice): Json {
  const elements = stack.node
    .findAll()
    .filter((child) => child !== stack && (choice === undefined || choice(child.node.path)))
    .filter((child) => TerraformElement.isTerraformElement(child));
  const metadata: Json = {
    version: stack.node.tryGetContext("cdktfVersion"),
    stackName: stack.node.id,
    overrides: { stack: Object.keys(settings) },
  };
  const outputs: Json = {};
  const rendered: Json = { "//": { metadata, outputs } };
  for (const element of elements as TerraformElement[]) {
    mergeInto(metadata, element.toMetadata());
    mergeInto(rendered, element.toTerraform());
    if (TerraformOutput.isTerraformOutput(element))
      mergeInto(outputs, atPath(element.node.path, element.friendlyUniqueId));
  }
  mergeInto(rendered, settings);
  const resolver = new DefaultTokenResolver(new StringConcat());
  const byCdktf = (value: unknown): unknown =>
    Tokenization.resolve(value, { scope: stack, resolver, preparing: false });
  return resolveTokens(rendered, byCdktf) as Json;
}

/** In all text that stands for a value of Terraform's; a number that does is larger than any other. */
const TOKEN_MARKER = "TfToken[";
const LARGEST_PLAIN_NUMBER = 1e200;

/**
 * Passes everything that may contain a token to cdktf, and leaves the rest, nine values of ten, unchanged: cdktf examines each key
 * and each text three times, a quarter of the whole synth time.
 */
function resolveTokens(value: unknown, byCdktf: (value: unknown) => unknown): unknown {
  if (mayBeToken(value)) return byCdktf(value);
  if (Array.isArray(value)) {
    if (value.some(mayBeToken)) return byCdktf(value);
    return value.map((item) => resolveTokens(item, byCdktf)).filter((item) => item !== undefined);
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  if (entries.some(([key]) => mayBeToken(key))) return byCdktf(value);
  const resolved: Json = {};
  for (const [key, item] of entries) {
    const plain = resolveTokens(item, byCdktf);
    if (plain !== undefined) resolved[key] = plain;
  }
  return resolved;
}

function mayBeToken(value: unknown): boolean {
  if (typeof value === "string") return value.includes(TOKEN_MARKER) || /\de\+\d/.test(value); // a number's token inside text
  if (typeof value === "number") return Math.abs(value) > LARGEST_PLAIN_NUMBER;
  return Tokenization.isResolvable(value);
}

/** `a/b` and a value as `{ a: { b: value } }`. */
function atPath(path: string, value: string): Json {
  return path.split("/").reduceRight<Json | string>((inner, part) => ({ [part]: inner }), value) as Json;
}

/** Blocks of one name merge, lists of blocks grow, everything else is replaced. */
function mergeInto(target: Json, source: Json): void {
  for (const [key, value] of Object.entries(source)) {
    const there = target[key];
    if (isBlock(value)) {
      const block = isBlock(there) ? there : {};
      target[key] = block;
      mergeInto(block, value);
    } else if (Array.isArray(value) && Array.isArray(there)) target[key] = [...there, ...value];
    else if (value !== undefined) target[key] = value;
  }
}

function isBlock(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !Tokenization.isResolvable(value);
}
