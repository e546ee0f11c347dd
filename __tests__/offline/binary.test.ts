import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { terraformName } from "../../offline/binary";
import { Terraform } from "../../offline/terraform";
import { scratchDirectory } from "./support/program";

const scratch = scratchDirectory();
const before = process.env["TERRAFORM_BINARY_NAME"];

beforeEach(() => {
  const tofu = join(scratch.path, "tofu");
  writeFileSync(tofu, '#!/bin/sh\n[ "$1" = version ] && echo "OpenTofu v1.10.6" && exit 0\nexit 3\n');
  chmodSync(tofu, 0o755);
  process.env["TERRAFORM_BINARY_NAME"] = tofu;
});
afterEach(() => {
  if (before === undefined) delete process.env["TERRAFORM_BINARY_NAME"];
  else process.env["TERRAFORM_BINARY_NAME"] = before;
});
afterAll(() => scratch.remove());

const terraform = new Terraform({ directory: scratch.path });

test("stacks are run by the program that TERRAFORM_BINARY_NAME names", async () => {
  expect((await terraform.run(["version"])).stdout).toBe("OpenTofu v1.10.6\n");
  expect(terraformName()).toBe("OpenTofu");
});

test("an error names the program that failed", async () => {
  await expect(terraform.run(["apply"])).rejects.toThrow("tofu apply ended with 3");
});

test("an empty TERRAFORM_BINARY_NAME is Terraform", () => {
  process.env["TERRAFORM_BINARY_NAME"] = "";

  expect(terraformName()).toBe("Terraform");
});
