import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Terraform } from "../../offline/terraform";
import { scratch } from "../support/run-program";

const work = scratch();
const binary = join(work.path, "terraform");
const configured = process.env["TERRAFORM_BINARY_NAME"];

beforeAll(() => {
  const groups = 'try { process.kill(-process.pid, 0); console.log("own"); } catch { console.log("shared"); }';
  writeFileSync(binary, `#!/usr/bin/env node\n${groups}\n`);
  chmodSync(binary, 0o755);
  process.env["TERRAFORM_BINARY_NAME"] = binary;
});

afterAll(() => {
  if (configured === undefined) delete process.env["TERRAFORM_BINARY_NAME"];
  else process.env["TERRAFORM_BINARY_NAME"] = configured;
  work.remove();
});

test("Terraform that a signal can stop does not get Ctrl-C from the terminal as well", async () => {
  const { signal } = new AbortController();
  const { stdout } = await new Terraform({ directory: work.path, signal }).run([]);
  expect(stdout).toBe("own\n");
});
