import { z } from "zod";
import type { Extension } from "../../language/extensions/compile";
import { extensionProblem } from "../../language/extensions/find";
import { loadExtensions } from "../../language/extensions/own";
import { ExtensionError } from "../../language/extensions/run";
import { callable, optionsSchema, shapeProblems } from "../../language/extensions/shape";
import { CORE_STACKS, STACKS, type StackName } from "./stack-names";

/** Stacks that hand something over, and that a stack of `extensions/stacks/` may read. */
export const READABLE_STACKS = ["networking", "eks-cluster", "eks-workers"] as const satisfies readonly StackName[];
export type ReadableStack = (typeof READABLE_STACKS)[number];

/** A stack of `extensions/stacks/`, as far as a definition is concerned. `stacks/own-stack.ts` builds it. */
export interface DeclaredStack {
  readonly name: StackName;
  readonly file: string;
  readonly summary: string;
  readonly reads: readonly ReadableStack[];
  /** True if it has the providers that call the cluster's Kubernetes API. */
  readonly kubernetes: boolean;
  readonly options: z.ZodObject;
  readonly extension: Extension;
}

const MOST_CHARACTERS = 32;

const readable = z.enum(READABLE_STACKS, `must be one of ${READABLE_STACKS.join(", ")}`);

const shape = z.strictObject({
  summary: z.string().min(1),
  reads: z.array(readable),
  kubernetes: z.boolean().optional(),
  options: optionsSchema,
  build: callable,
});

let declared: readonly DeclaredStack[] | undefined;

/** Returns the stacks of `extensions/stacks/`, in the order in which they are applied, after the program's own. */
export function ownStacks(): readonly DeclaredStack[] {
  declared ??= loadExtensions("stacks", (exported, extension) => {
    const { data, error } = shape.safeParse(exported);
    if (error !== undefined) throw new ExtensionError(shapeProblems(extension.file, error));
    const { kubernetes = false, options, reads, summary } = data;
    const wrong = [
      ...wrongName(extension.name),
      ...(kubernetes && !reads.includes("eks-cluster")
        ? ['kubernetes: true requires the cluster\'s address. Add "eks-cluster" to reads']
        : []),
    ];
    if (wrong.length > 0) throw new ExtensionError(wrong.map((message) => extensionProblem(extension.file, message)));
    const name = extension.name as StackName;
    return { name, file: extension.file, summary, reads, kubernetes, options, extension };
  });
  return declared;
}

/** A stack's name follows the cluster's name and a dash, so that no name may be the end of another. */
function wrongName(name: string): string[] {
  if (name.length > MOST_CHARACTERS)
    return [
      `a stack's name may have at most ${MOST_CHARACTERS} characters, but ${name} has ${name.length}. Rename the file`,
    ];
  if (CORE_STACKS.some((core) => core === name)) return [`the stack ${name} is the program's own. Rename the file`];
  return [...new Set<string>(STACKS)]
    .filter((other) => other !== name)
    .filter((other) => name.endsWith(`-${other}`) || other.endsWith(`-${name}`))
    .map(
      (other) =>
        `<cluster>-${name} and <cluster>-${other} could be the same name of two clusters' stacks, because one name ends with the other. Rename the file`,
    );
}

/** The settings of a stack of `extensions/stacks/` in a definition. */
export interface StackSettings {
  readonly enabled: boolean;
  readonly options: unknown;
}

/**
 * Returns the settings of the stacks of `extensions/stacks/` in a definition, by their names. Its type has the key only if there
 * are any.
 */
export function stackSettings(tfvars: object): Readonly<Record<string, StackSettings>> {
  return "stacks" in tfvars ? (tfvars.stacks as Readonly<Record<string, StackSettings>>) : {};
}

/** Returns the stacks of a cluster, in the order in which they are applied. */
export function stacksOf({ tfvars }: { readonly tfvars: object }): readonly StackName[] {
  const settings = stackSettings(tfvars);
  return [...CORE_STACKS, ...ownStacks().flatMap(({ name }) => (settings[name]?.enabled === true ? [name] : []))];
}
