import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack, Testing } from "cdktf";
import type { Construct } from "constructs";
import { withoutTraces } from "../../cdktf/without-traces";

/** The parent of a construct. Tests import it from here, because few files may import cdktf. */
export type Scope = Construct;

/** A block of Terraform JSON. */
export type Block = Readonly<Record<string, unknown>>;

/** A stack as the JSON that Terraform reads: our own lookup, because cdktf's matchers pass when any resource fits a part. */
export class Synthesized {
  private readonly json: Readonly<Record<string, unknown>>;

  constructor(readonly text: string) {
    this.json = JSON.parse(text) as Record<string, unknown>;
  }

  /** The part of the document at a path, such as `terraform`, `backend`. */
  at(...path: readonly string[]): unknown {
    return path.reduce<unknown>((value, key) => (value as Block | undefined)?.[key], this.json);
  }

  /** State address -> block, of one type of resource or of all, in the order of their addresses. */
  all(type?: string): Readonly<Record<string, Block>> {
    const types = (this.json["resource"] ?? {}) as Record<string, Record<string, Block>>;
    const entries = Object.entries(types)
      .filter(([name]) => type === undefined || name === type)
      .flatMap(([name, blocks]) =>
        Object.entries(blocks).map(([id, { "//": _metadata, ...block }]) => [`${name}.${id}`, block] as const),
      );
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  addresses(type?: string): readonly string[] {
    return Object.keys(this.all(type));
  }

  /** The one resource of a type whose address has the given text in it; an error where there is none or another. */
  only(type: string, addressPart = ""): Block {
    const found = Object.entries(this.all(type)).filter(([address]) => address.includes(addressPart));
    const [first, ...others] = found;
    if (first === undefined || others.length > 0) {
      throw new Error(
        `expected one ${type} with "${addressPart}" in it, found: ${this.addresses(type).join(", ") || "none"}`,
      );
    }
    return first[1];
  }

  /** Output name -> value. */
  outputs(): Readonly<Record<string, unknown>> {
    const outputs = (this.json["output"] ?? {}) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }
}

/** Returns the JSON of a construct in a stack called `test`. */
export function synth(build: (scope: Construct) => void): Synthesized {
  return withoutTraces(() => {
    const stack = new TerraformStack(newApp(), "test");
    build(stack);
    return synthesized(stack);
  });
}

/** Returns the JSON of each stack that `build` adds, by the same names. */
export function synthStacks<Stacks extends { readonly [Name in keyof Stacks]: TerraformStack }>(
  build: (scope: Construct) => Stacks,
): { readonly [Name in keyof Stacks]: Synthesized } {
  return withoutTraces(() => {
    const stacks = build(newApp());
    return Object.fromEntries(
      Object.entries<TerraformStack>(stacks).map(([name, stack]) => [name, synthesized(stack)]),
    ) as { [Name in keyof Stacks]: Synthesized };
  });
}

function newApp(): App {
  // An app makes its folder at once, though nothing is written into it here.
  return Testing.stubVersion(new App({ stackTraces: false, outdir: join(tmpdir(), "synthesized-by-tests") }));
}

function synthesized(stack: TerraformStack): Synthesized {
  stack.prepareStack();
  return new Synthesized(JSON.stringify(stack.toTerraform()));
}
