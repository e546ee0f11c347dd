import { createHash } from "node:crypto";
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ExpectedError } from "../../language/expected-error";

/** The inputs of plans. A plan is applied only if all of them are the same. */
export interface Origin {
  /** The commit of the definitions, with `+` if there were uncommitted changes; null outside of a repository. */
  readonly commit: string | null;
  /** Version of this program. */
  readonly program: string;
  /** Such as `Terraform v1.11.4`. */
  readonly terraform: string;
}

const manifest = z.object({
  version: z.literal(1),
  commit: z.string().nullable(),
  program: z.string(),
  terraform: z.string(),
  created: z.string(),
  /** Stack -> SHA-256 of the JSON that was planned. */
  stacks: z.record(z.string(), z.string()),
});

const MANIFEST = "plans.json";

/** Returns the SHA-256 of a stack's JSON. */
export function stackHash(json: string): string {
  return createHash("sha256").update(json).digest("hex");
}

/**
 * Creates a folder for plans that only its owner can read: a plan contains secrets in clear.
 *
 * @throws ExpectedError if the folder has other files, or cannot be created or written
 */
export function createPlanFolder(folder: string): void {
  if (folder === "") throw new ExpectedError("the folder of plans has an empty name");
  try {
    if (existsSync(folder) && !existsSync(join(folder, MANIFEST)) && readdirSync(folder).length > 0)
      throw new ExpectedError(`${folder} contains other files. Name an empty folder, or one of earlier plans`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw new ExpectedError(`${folder} cannot be used for plans: ${(error as NodeJS.ErrnoException).code}`);
  }
}

/**
 * Keeps plan files in a folder of `createPlanFolder`.
 *
 * @param plans stack -> plan file and hash of its JSON
 */
export function savePlans(
  folder: string,
  plans: ReadonlyMap<string, { readonly file: string; readonly hash: string }>,
  origin: Origin & { readonly created: string },
): void {
  for (const [stack, { file }] of plans) {
    copyFileSync(file, planFile(folder, stack));
    chmodSync(planFile(folder, stack), 0o600);
  }
  const stacks = Object.fromEntries([...plans].map(([stack, { hash }]) => [stack, hash]));
  const content = { version: 1, ...origin, stacks } satisfies z.infer<typeof manifest>;
  writeFileSync(join(folder, MANIFEST), `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
}

/**
 * Returns the path of each stack's plan.
 *
 * @param stacks stack -> hash of its JSON now
 * @throws ExpectedError if the plans are missing, or have other inputs than those that would be applied now
 */
export function openPlans(
  folder: string,
  stacks: ReadonlyMap<string, string>,
  origin: Origin,
): (stack: string) => string | undefined {
  const file = join(folder, MANIFEST);
  if (!existsSync(file))
    throw new ExpectedError(
      `${folder} contains no plans: it has no ${MANIFEST}. Make them with fleet plan --out ${folder}`,
    );
  const read = manifest.safeParse(parsed(file));
  if (!read.success) throw new ExpectedError(`${file} was not written by fleet plan. Make the plans again`);
  const { commit, program, stacks: hashes, terraform } = read.data;
  const again = "Make the plans again";
  const different: string[] = [];
  if (commit !== origin.commit)
    different.push(`commit ${commit ?? "unknown"}, and this is ${origin.commit ?? "unknown"}`);
  if (program !== origin.program) different.push(`version ${program} of the program, and this is ${origin.program}`);
  if (terraform !== origin.terraform) different.push(`${terraform}, and this is ${origin.terraform}`);
  if (different.length > 0)
    throw new ExpectedError(`the plans in ${folder} were created from ${different.join("; from ")}. ${again}`);
  const changed = [...stacks].filter(([stack, hash]) => hashes[stack] !== undefined && hashes[stack] !== hash);
  if (changed.length > 0)
    throw new ExpectedError(
      `${changed.map(([stack]) => stack).join(", ")} changed since the plans in ${folder}. ${again}`,
    );
  const missing = [...stacks.keys()].filter(
    (stack) => hashes[stack] === undefined || !existsSync(planFile(folder, stack)),
  );
  if (missing.length === stacks.size)
    throw new ExpectedError(`${folder} contains no plan of ${missing.join(", ")}. ${again}`);
  return (stack) => (missing.includes(stack) ? undefined : planFile(folder, stack));
}

const planFile = (folder: string, stack: string): string => join(folder, `${stack}.tfplan`);

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
