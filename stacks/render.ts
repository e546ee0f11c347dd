import {
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  TerraformOutput,
  type TerraformStack,
  Tokenization,
} from "cdktf";

type Json = Record<string, unknown>;

/**
 * A stack as Terraform's JSON: what `TerraformStack.toTerraform` makes, with every token resolved once. cdktf resolves each
 * element, and then the whole again, which finds nothing and is half of the work.
 *
 * @param settings what goes over all elements, such as backend settings that cdktf has no property for
 */
export function renderStack(stack: TerraformStack, settings: Json): Json {
  const elements = stack.node
    .findAll()
    .filter((child) => child !== stack && TerraformElement.isTerraformElement(child));
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
  return Tokenization.resolve(rendered, {
    scope: stack,
    resolver: new DefaultTokenResolver(new StringConcat()),
    preparing: false,
  });
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
