import { basename } from "node:path";

/** The program that runs the stacks. cdktf reads the same variable. */
export function terraformBinary(): string {
  return process.env["TERRAFORM_BINARY_NAME"] || "terraform";
}

/** Returns the command as messages show it, such as `terraform` or `tofu`. */
export function terraformCommand(): string {
  return basename(terraformBinary());
}

/** Returns the name of the program: OpenTofu or Terraform. */
export function terraformName(): string {
  return /tofu/i.test(terraformCommand()) ? "OpenTofu" : "Terraform";
}
