import { execFileSync } from "node:child_process";

/** Prints the program that the tests of stacks run, once for a run of tests: TERRAFORM_BINARY_NAME names OpenTofu in place of Terraform. */
export default function printTerraform() {
  const binary = process.env.TERRAFORM_BINARY_NAME || "terraform";
  try {
    const [version] = execFileSync(binary, ["version"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      env: { ...process.env, CHECKPOINT_DISABLE: "1" },
    }).split("\n");
    console.log(`stacks are tested with ${version}`);
  } catch (error) {
    console.log(`${binary} cannot be run (${error.code ?? error.message}): tests of stacks will fail`);
  }
}
