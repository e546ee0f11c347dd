import { coerce, gte } from "semver";
import type { Check } from "./report";

/** Runs a command, and returns what it prints; undefined if it cannot be run or fails. */
export type RunCommand = (
  command: string,
  args: readonly string[],
) => { readonly stdout: string } | { readonly failed: string };

/** A tool, how its version is found, and what needs it. */
interface Tool {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The first group is the version. */
  readonly version: RegExp;
  readonly least: (version: string) => string;
  readonly cure: string;
}

const VERSION_OF_TERRAFORM = /(?:Terraform|OpenTofu) v(\d+\.\d+\.\d+)/;

/** The tools that the program calls, with the least versions that `cli/check-tools.sh` requires too. */
export function toolsOf(terraform: string): readonly Tool[] {
  return [
    {
      name: terraform.includes("tofu") ? "OpenTofu" : "Terraform",
      command: terraform,
      args: ["version"],
      version: VERSION_OF_TERRAFORM,
      least: () => "1.10.0", // the first that locks a state in S3 by a file beside it
      cure:
        terraform === "terraform"
          ? "Install Terraform 1.10 or newer, or OpenTofu 1.10 or newer and set TERRAFORM_BINARY_NAME=tofu"
          : `TERRAFORM_BINARY_NAME is ${terraform}. Install it in version 1.10 or newer, or unset the variable to use Terraform`,
    },
    {
      name: "AWS CLI",
      command: "aws",
      args: ["--version"],
      version: /aws-cli\/(\d+\.\d+\.\d+)/,
      // The first of each major version with tokens of the form v1beta1, according to the changelog of aws-cli.
      least: (version) => (version.startsWith("1.") ? "1.24.0" : "2.7.0"),
      cure: "Install the AWS CLI 2. The stack addons and fleet doctor --aws call it",
    },
    {
      name: "git",
      command: "git",
      args: ["--version"],
      version: /git version (\d+\.\d+\.\d+)/,
      least: () => "2.0.0",
      cure: "Install git. fleet diff, affected and rehearse read earlier versions with it",
    },
  ];
}

/** Returns one check for each tool. */
export function checkTools(terraform: string, run: RunCommand): Check[] {
  return toolsOf(terraform).map(({ args, command, cure, least, name, version }): Check => {
    const ran = run(command, args);
    if ("failed" in ran) return { name, result: "problem", found: `${command} cannot be run: ${ran.failed}`, cure };
    const found = ran.stdout.match(version)?.[1];
    const known = found === undefined ? null : coerce(found);
    if (found === undefined || known === null)
      return { name, result: "problem", found: `${command} prints no version that can be read`, cure };
    if (gte(known, least(found))) return { name, result: "ok", found, cure: null };
    return { name, result: "problem", found: `${found}, older than ${least(found)}`, cure };
  });
}
