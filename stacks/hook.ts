import * as cdktf from "cdktf";
import * as constructs from "constructs";
import { z } from "zod";
import { logicalIdOf } from "../cdktf/logical-id";
import { isOwnStack } from "../fleet/stacks/stack-names";
import { extensionProblem } from "../language/extensions/find";
import { provideWhole } from "../language/extensions/host";
import { extensionsOf, ownExtensions } from "../language/extensions/own";
import { ExtensionError, guarded, runExtension } from "../language/extensions/run";
import { callable, shapeProblems } from "../language/extensions/shape";
import { isMap } from "../language/plain-map";
import { type ClusterStack, stateLocation } from "./cluster-stack";
import type { Hook } from "./extension-contracts";

// Extensions build with this copy of cdktf, so that its checks by class hold.
provideWhole("cdktf", cdktf);
provideWhole("constructs", constructs);

type Json = Readonly<Record<string, unknown>>;

const shape = z.strictObject({
  summary: z.string().min(1),
  allowed_changes: z
    .array(z.strictObject({ stack: z.string(), address: z.string().min(1), reason: z.string().trim().min(10) }))
    .optional(),
  apply: callable,
});

let hook: Hook | null | undefined;

/** Returns `extensions/hook.ts`; null without one. */
function ownHook(): Hook | null {
  if (hook !== undefined) return hook;
  const [extension] = extensionsOf("hook");
  if (extension === undefined) {
    hook = null;
    return hook;
  }
  const exported = runExtension(ownExtensions().folder, extension);
  const { error } = shape.safeParse(exported);
  if (error !== undefined) throw new ExtensionError(shapeProblems(extension.file, error));
  hook = exported as Hook;
  return hook;
}

/** True if there is a hook. */
export function hasHook(): boolean {
  return extensionsOf("hook").length > 0;
}

/**
 * Lets the hook see a stack. What the hook makes of it is compared when the stack is written, after the aspects that the hook adds:
 * the addresses of the program must still be there, because Terraform would destroy what has none.
 */
export function hooked<Stack extends ClusterStack>(stack: Stack): Stack {
  const [extension] = extensionsOf("hook");
  const own = ownHook();
  if (extension === undefined || own === null) return stack;
  const { cluster, kind, owner } = stack;
  const before = isOwnStack(kind) ? [] : addressesOf(stack);
  guarded(extension, `the hook failed on ${kind} of ${cluster.name}`, () =>
    own.apply(stack, { stack: kind, cluster, owner }),
  );
  const allowed = (own.allowed_changes ?? []).filter((each) => each.stack === kind).map(({ address }) => address);
  stack.afterHook = (json) => {
    const gone = before
      .filter((each) => !allowed.includes(each.address) && !isIn(json, each))
      .map(({ address }) => address);
    const wrong = [
      ...(gone.length === 0
        ? []
        : [
            `the hook removes or renames what the program has in ${kind} of ${cluster.name}: ${gone.join(", ")}. Terraform would destroy it. Change the hook, or list each address in allowed_changes, with a reason`,
          ]),
      ...(hasItsState(json, stack)
        ? []
        : [`the hook changes where the state of ${kind} of ${cluster.name} is. Remove the backend that it adds`]),
      ...overridden(stack),
    ];
    if (wrong.length > 0) throw new ExtensionError(wrong.map((message) => extensionProblem(extension.file, message)));
  };
  return stack;
}

interface Address {
  readonly address: string;
  /** True if it has `count` or `for_each`, which are part of the addresses of its instances. */
  readonly isMany: boolean;
}

/** Returns the addresses of a stack's elements as JSON has them: keys of `resource`, `data`, `output` and `variable`. */
function addressesOf(stack: ClusterStack): readonly Address[] {
  return stack.node.findAll().flatMap((element): Address[] => {
    if (!cdktf.TerraformElement.isTerraformElement(element)) return [];
    const id = logicalIdOf(element);
    if (cdktf.TerraformResource.isTerraformResource(element))
      return [{ address: `${element.terraformResourceType}.${id}`, isMany: isMany(element) }];
    if (cdktf.TerraformDataSource.isTerraformDataSource(element))
      return [{ address: `data.${element.terraformResourceType}.${id}`, isMany: isMany(element) }];
    if (cdktf.TerraformOutput.isTerraformOutput(element)) return [{ address: `output.${id}`, isMany: false }];
    return element instanceof cdktf.TerraformVariable ? [{ address: `variable.${id}`, isMany: false }] : [];
  });
}

function isMany({ count, forEach }: cdktf.TerraformResource | cdktf.TerraformDataSource): boolean {
  return count !== undefined || forEach !== undefined;
}

/** True if a rendered stack has an address, with or without `count` and `for_each` as before. */
function isIn(json: Json, { address, isMany: wasMany }: Address): boolean {
  const [kind = "", type = "", id = ""] = address.split(".");
  const isBlock = ["output", "variable"].includes(kind);
  const steps = isBlock ? [kind, type] : kind === "data" ? ["data", type, id] : ["resource", kind, type];
  const found = steps.reduce<unknown>((at, step) => (isMap(at) ? at[step] : undefined), json);
  return isMap(found) && wasMany === (found["count"] !== undefined || found["for_each"] !== undefined);
}

function hasItsState(json: Json, { cluster, kind }: ClusterStack): boolean {
  const { bucket, key } = stateLocation(cluster, kind);
  const backend = isMap(json["terraform"]) ? json["terraform"]["backend"] : undefined;
  const s3 = isMap(backend) ? backend["s3"] : undefined;
  return (
    isMap(backend) && Object.keys(backend).length === 1 && isMap(s3) && s3["bucket"] === bucket && s3["key"] === key
  );
}

/** Overrides of a whole stack are not rendered: what they are for would be lost without a word. */
function overridden(stack: ClusterStack): string[] {
  const { rawOverrides } = stack as unknown as { readonly rawOverrides: Json };
  const keys = Object.keys(rawOverrides);
  return keys.length === 0
    ? []
    : [`addOverride of a stack has no effect (${keys.join(", ")}). Call addOverride of the resource`];
}
