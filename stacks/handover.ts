import { DataTerraformRemoteStateS3, TerraformOutput } from "cdktf";
import { type ClusterStack, stateLocation } from "./cluster-stack";

/** Values that a Terraform output can carry and a consumer can use at synth: text, and lists and maps of text. */
type Handed = string | readonly Handed[] | { readonly [key: string]: Handed };

/** Only a reference whose every field can be an output. */
type Outputs<Ref> = { readonly [Field in keyof Ref]: Handed };

/**
 * Hands a reference from the stack that owns it to those that come after: every field becomes an output of the same name, and a
 * consumer reads it back as the same type. cdktf's own references between stacks cost half the synth time and give the outputs
 * unreadable names, which are a contract here.
 */
export class Handover<Ref extends Outputs<Ref>> {
  constructor(
    private readonly producer: ClusterStack,
    private readonly ref: Ref,
  ) {
    for (const [name, value] of Object.entries<Handed>(ref)) {
      new TerraformOutput(producer, name, { value, staticId: true });
    }
  }

  /** The value for consumers, as text. */
  get text(): string {
    return JSON.stringify(readBack(this.ref, this.producer.kind));
  }

  /** The reference in another stack; once for each consumer. */
  readBy(consumer: ClusterStack): Ref {
    const { cluster, kind } = this.producer;
    const name = kind.replaceAll("-", "_");
    new DataTerraformRemoteStateS3(consumer, name, stateLocation(cluster, kind));
    consumer.addDependency(this.producer);
    return readBack(this.ref, `data.terraform_remote_state.${name}.outputs`) as Ref;
  }
}

/** True if what reads a stack's outputs gets the same from another version of the stack. */
export function handsOverTheSame<Ref extends Outputs<Ref>>(one: Handover<Ref>, other: Handover<Ref>): boolean {
  return one.text === other.text;
}

/** Returns values that are known at synth as they are, and others as Terraform references to the output. */
function readBack(value: Handed, path: string): Handed {
  if (typeof value === "string") return value.includes("${") ? `\${${path}}` : value;
  if (isList(value)) return value.map((item, index) => readBack(item, `${path}[${index}]`));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, readBack(item, path + keyAccess(key))]));
}

/** TypeScript's own check does not narrow read-only lists. */
function isList(value: Handed): value is readonly Handed[] {
  return Array.isArray(value);
}

function keyAccess(key: string): string {
  return /^[a-z_][a-z0-9_]*$/i.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
