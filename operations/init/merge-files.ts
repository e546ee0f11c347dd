import { isMap } from "../../language/plain-map";
import type { Program } from "./program";
import type { InitFile } from "./report";
import { IGNORED, packageJson } from "./repository-files";

/** Content of a path: text, or the reason why it cannot be read. */
export type Existing = { readonly text: string } | { readonly unreadable: string };

/**
 * Decides what happens to each file: a missing one is written, every other one stays. Only a package.json that `npm install` created, and
 * with nothing but dependencies, gets what it lacks.
 */
export function mergeFiles(
  wanted: ReadonlyMap<string, string>,
  existing: (path: string) => Existing | undefined,
  { folder, program }: { readonly folder: string; readonly program: Program },
): { readonly files: readonly InitFile[]; readonly writes: ReadonlyMap<string, string> } {
  const writes = new Map<string, string>();
  const files = [...wanted].map(([path, text]): InitFile => {
    const found = existing(path);
    if (found === undefined) {
      writes.set(path, text);
      return { path, state: "written", note: null };
    }
    if ("unreadable" in found) return { path, state: "kept", note: found.unreadable };
    if (found.text === text) return { path, state: "unchanged", note: null };
    if (path === "package.json") {
      const completed = completedPackage(found.text, folder, program);
      if (completed !== undefined) {
        writes.set(path, completed);
        return { path, state: "completed", note: null };
      }
    }
    return { path, state: "kept", note: lacking(path, found.text, program) };
  });
  return { files, writes };
}

/** Decides what happens to each generated pipeline, given its comparison with the file. */
export function mergePipelines(
  compared: readonly { readonly path: string; readonly state: "changed" | "new" | "removed" | "same" }[],
): { readonly merged: readonly InitFile[]; readonly missing: readonly string[] } {
  const merged = compared.flatMap(({ path, state }): InitFile[] => {
    if (state === "removed") return [];
    if (state === "changed") return [{ path, state: "kept", note: "npx fleet pipelines generate writes it again" }];
    return [{ path, state: state === "new" ? "written" : "unchanged", note: null }];
  });
  return { merged, missing: compared.filter(({ state }) => state === "new").map(({ path }) => path) };
}

/** Returns the completed text of a package.json that `npm install` created; undefined for a file that a person wrote. */
function completedPackage(text: string, folder: string, program: Program): string | undefined {
  const found = parsed(text);
  if (found === undefined || Object.keys(found).join() !== "dependencies" || !isMap(found["dependencies"]))
    return undefined;
  const whole = packageJson(folder, program);
  const dependencies = { ...found["dependencies"], ...(whole["dependencies"] as object) };
  return `${JSON.stringify({ ...whole, dependencies }, null, 2)}\n`;
}

/** Returns the missing parts of an existing file without which the commands fail; null if nothing is missing. */
function lacking(path: string, text: string, { cdktfCli, name, spec }: Program): string | null {
  switch (path) {
    case "package.json": {
      const found = parsed(text);
      if (found === undefined) return "is no JSON object. Repair it";
      const listed: Readonly<Record<string, unknown>> = {
        ...mapAt(found, "dependencies"),
        ...mapAt(found, "devDependencies"),
      };
      const missing = [
        ...(name in listed ? [] : [`npm install --save-exact ${spec.includes(":") ? spec : `${name}@${spec}`}`]),
        ...(listed["cdktf-cli"] === cdktfCli ? [] : [`npm install --save-dev --save-exact cdktf-cli@${cdktfCli}`]),
      ];
      return missing.length === 0 ? null : `lacks packages of this version. Run ${missing.join(", then ")}`;
    }
    case ".gitignore": {
      const lines = text.split(/\r?\n/).map((line) => line.trim().replace(/^\//, "").replace(/\/$/, ""));
      const missing = IGNORED.filter((folder) => !lines.includes(folder.slice(0, -1)));
      return missing.length === 0 ? null : `lacks ${missing.join(", ")}. Add a line for each`;
    }
    case "cdktf.json":
      return text.includes(`${name}/run.mjs`)
        ? null
        : `runs another app. npx cdktf does not see the clusters of this repository`;
    case "main.ts":
      return text.includes(`"${name}"`) || text.includes(`'${name}'`) ? null : `does not import ${name}`;
    case ".vscode/settings.json":
      return text.includes("cluster.schema.json")
        ? null
        : "lacks yaml.schemas, by which an editor finds the schemas of definitions";
    case ".pre-commit-config.yaml":
      return text.includes("fleet validate") || text.includes("fleet-validate")
        ? null
        : "lacks the hook fleet-validate";
    default:
      return path.startsWith("definitions/schema/") ? "npx fleet schema writes it again" : null;
  }
}

function mapAt(found: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  const value = found[key];
  return isMap(value) ? value : {};
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
