import { execFileSync } from "node:child_process";
import { ExpectedError } from "../../language/expected-error";
import { terraformBinary, terraformName } from "../../offline/binary";

/** Returns the program that runs the stacks and its version, such as `Terraform v1.11.4`. */
export function terraformVersion(): string {
  try {
    const env = { ...process.env, CHECKPOINT_DISABLE: "1" };
    const text = execFileSync(terraformBinary(), ["version", "-json"], {
      encoding: "utf8",
      env,
      stdio: ["ignore", "pipe", "ignore"],
    });
    return `${terraformName()} v${(JSON.parse(text) as { terraform_version: string }).terraform_version}`;
  } catch {
    throw new ExpectedError(
      `${terraformBinary()} cannot be run. Install Terraform 1.10 or OpenTofu 1.10, or newer versions`,
    );
  }
}
