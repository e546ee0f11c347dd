import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

type Json = Record<string, unknown>;

interface Stack {
  readonly terraform?: { readonly backend?: { readonly s3?: Json } };
  readonly data?: { readonly terraform_remote_state?: Readonly<Record<string, { readonly config: Json }>> };
  readonly locals?: Readonly<Record<string, string>>;
}

/**
 * Lets Terraform read the states of a copied stack as a role that only reads, in place of the one that also writes. The state of a
 * cluster in another account is read as that account's role to plan.
 */
export function readStateAs(role: string, directory: string): void {
  const file = join(directory, "cdk.tf.json");
  const stack = JSON.parse(readFileSync(file, "utf8")) as Stack;
  const s3 = stack.terraform?.backend?.s3;
  if (s3 !== undefined) s3["assume_role"] = { role_arn: role };
  for (const [name, { config }] of Object.entries(stack.data?.terraform_remote_state ?? {}))
    config["assume_role"] = { role_arn: stack.locals?.[`plan_role_of_${name}`] ?? role };
  writeFileSync(file, JSON.stringify(stack, null, 2));
}

/** Returns the variables of a stack by which its providers of other accounts get the roles to plan. */
export function planRolesElsewhere(directory: string): Readonly<Record<string, string>> {
  const { locals = {} } = JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8")) as Stack;
  const roles = Object.entries(locals).flatMap(([name, role]) => (name.startsWith("plan_role_of_") ? [role] : []));
  return Object.fromEntries(roles.map((role) => [`TF_VAR_role_arn_${role.split(":")[4]}`, role]));
}
