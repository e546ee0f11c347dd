import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { ASSETS } from "../constructs/assets";
import type { Cluster } from "../fleet/model/cluster";
import { ownExtensions } from "../language/extensions/own";
import { programFolder } from "../language/program-folder";

/** A hash of the code of `synthesize-cluster.ts` and of all that it imports. `launch.mjs` puts it into each bundle of that code. */
declare const SYNTHESIS_CODE: string | undefined;

/** Returns a cluster as text, from which its output is built: what is not in the text cannot change the output. */
export function clusterText(cluster: Cluster): string {
  return JSON.stringify(cluster);
}

/**
 * Returns a hash of everything that a cluster's output depends on, apart from the program, from the cluster's text: two clusters with
 * one fingerprint have the same output. The order of keys counts, so that nothing relies on the promise that it changes no output.
 */
export function fingerprintOf(text: string): string {
  return hash(text);
}

/**
 * Returns a hash of everything else that a cluster's output depends on: the code, the files that it copies, and the environment.
 * Undefined if this code was not bundled by `launch.mjs`, as in tests, or if a file is missing.
 */
export function programFingerprint(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  if (typeof SYNTHESIS_CODE === "undefined") return undefined;
  const assets = Object.values(ASSETS).map((asset) => contentOf(join(programFolder(), asset)));
  if (assets.includes(undefined)) return undefined;
  return hash(
    JSON.stringify([
      SYNTHESIS_CODE,
      ownExtensions().code,
      process.version,
      process.platform,
      assets,
      outputVariables(environment),
    ]),
  );
}

/**
 * Returns the variables that cdktf reads and that change output. Its own command always sets both; what it sets them to by default
 * counts as nothing.
 */
function outputVariables({ CDKTF_CONTEXT_JSON = "{}", SYNTH_HCL_OUTPUT = "" }: NodeJS.ProcessEnv): readonly string[] {
  return [
    CDKTF_CONTEXT_JSON === '{"cdktfRelativeModules":[]}' ? "{}" : CDKTF_CONTEXT_JSON,
    ["true", "1"].includes(SYNTH_HCL_OUTPUT) ? SYNTH_HCL_OUTPUT : "",
  ];
}

/** Returns the paths and contents of everything in a folder; undefined if something cannot be read. */
function contentOf(folder: string): readonly string[] | undefined {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .map((entry) => [join(entry.parentPath, entry.name), entry.isDirectory()] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([path, isFolder]) => [relative(folder, path), isFolder ? "" : readFileSync(path, "base64")]);
  } catch {
    return undefined;
  }
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
