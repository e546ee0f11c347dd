import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import YAML from "yaml";
import { generate } from "../../pipelines/generate";
import type { Files } from "../../pipelines/model/renderer";
import { dayOf } from "../shared/definitions";
import { loadPipelines } from "../shared/pipelines";
import { outputOf, ToolError } from "./tool";

/** Lets the parsers of Concourse and Prow read what is generated for the fleet. A tool that is not installed is reported, not skipped. */
export async function verifyPipelines(): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "fleet-pipelines-"));
  try {
    return [...(await verifyConcourse(join(folder, "concourse"))), ...(await verifyProw(join(folder, "prow")))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function verifyConcourse(folder: string): Promise<readonly string[]> {
  const files = [...writeFiles(folder, generate(loadPipelines(dayOf(undefined), "concourse").model))];
  const pipelines = files.filter(([path]) => path.startsWith("concourse/") && path.endsWith(".yml"));
  const found = await missing("fly", ["--version"]);
  for (const [path] of found.length > 0 ? [] : pipelines)
    found.push(...(await complaints("fly", ["validate-pipeline", "--strict", "--config", join(folder, path)], path)));
  if (found.length === 0) console.log(`fly validate-pipeline: ${pipelines.length} pipelines`);
  return found;
}

/** Returns one finding if a tool cannot be run, in place of one for each file. */
async function missing(tool: string, args: readonly string[]): Promise<string[]> {
  return [...(await complaints(tool, args, "concourse/"))];
}

async function verifyProw(folder: string): Promise<readonly string[]> {
  const files = writeFiles(folder, generate(loadPipelines(dayOf(undefined), "prow").model));
  const config = join(folder, "config.yaml");
  // Names of namespaces have no default; everything else is as Prow has it.
  const parts = YAML.parse(files.get("prow/config.yaml") ?? "") as object;
  writeFileSync(config, YAML.stringify({ prowjob_namespace: "prow", pod_namespace: "test-pods", ...parts }));
  const flags = ["--config-path", config, "--job-config-path", join(folder, "prow/jobs.yaml"), "--strict"];
  const found = await complaints("checkconfig", flags, "prow/jobs.yaml");
  console.log("checkconfig: the jobs and the configuration");
  return found;
}

function writeFiles(folder: string, files: Files): Files {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return files;
}

/** Returns what a tool complains about; nothing if it accepts the file. */
async function complaints(tool: string, args: readonly string[], file: string): Promise<readonly string[]> {
  const command = process.env[tool.toUpperCase()] ?? tool;
  try {
    await outputOf(command, [...args]);
    return [];
  } catch (error) {
    if (error instanceof ToolError) return [`${file}: ${error.message}`];
    throw error;
  }
}
