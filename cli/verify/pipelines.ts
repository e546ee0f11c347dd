import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import YAML from "yaml";
import { generate } from "../../pipelines/generate";
import type { Files } from "../../pipelines/model/renderer";
import { dayOf } from "../shared/definitions";
import { loadPipelines } from "../shared/pipelines";
import { outputOf, ToolError } from "./tool";

/** Settings without a default, which every installation of Prow has: namespaces, and images and a bucket for decorated jobs. */
const INSTALLATION = {
  prowjob_namespace: "prow",
  pod_namespace: "test-pods",
  plank: {
    default_decoration_config_entries: [
      {
        config: {
          utility_images: {
            clonerefs: "registry.example.com/clonerefs",
            initupload: "registry.example.com/initupload",
            entrypoint: "registry.example.com/entrypoint",
            sidecar: "registry.example.com/sidecar",
          },
          gcs_configuration: { bucket: "s3://example-prow-logs", path_strategy: "explicit" },
        },
      },
    ],
  },
};

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
  const parts = YAML.parse(files.get("prow/config.yaml") ?? "") as { readonly plank?: object };
  writeFileSync(
    config,
    YAML.stringify({ ...INSTALLATION, ...parts, plank: { ...INSTALLATION.plank, ...parts.plank } }),
  );
  const flags = ["--config-path", config, "--job-config-path", join(folder, "prow/jobs.yaml"), "--strict"];
  const found = await complaints("checkconfig", flags, "prow/jobs.yaml");
  if (found.length === 0) console.log("checkconfig: the jobs and the configuration");
  return found;
}

function writeFiles(folder: string, files: Files): Files {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return files;
}

/** Returns the complaints of a tool; nothing if it accepts the file. */
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
