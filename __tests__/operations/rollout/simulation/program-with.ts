import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { transformSync } from "@swc/core";
import type { Mistake } from "./mistakes";
import type { Program } from "./program";

const ROOT = join(__dirname, "../../../..");

/** Files that are loaded again with the mistake. All others are those that the tests have loaded already. */
const OWN = /^(fleet\/rollouts|operations\/rollout)\//;

/** Returns the program with a mistake in one of its files. */
export function programWith({ file, from, to }: Pick<Mistake, "file" | "from" | "to">): Program {
  const loaded = new Map<string, object>();
  const load = (path: string): object => {
    const known = loaded.get(path);
    if (known !== undefined) return known;
    const module = { exports: {} };
    loaded.set(path, module.exports);
    const text = readFileSync(join(ROOT, path), "utf8");
    const source = path === file ? replacedOnce(text, from, to) : text;
    const requireFrom = (name: string): unknown => {
      const target = name.startsWith(".") ? `${relative(ROOT, resolve(ROOT, dirname(path), name))}.ts` : undefined;
      if (target === undefined) return require(name);
      return OWN.test(target) && existsSync(join(ROOT, target)) ? load(target) : require(join(ROOT, target));
    };
    new Function("module", "exports", "require", compiled(source))(module, module.exports, requireFrom);
    return module.exports;
  };
  const folder = "operations/rollout";
  return {
    ...load(`${folder}/claim.ts`),
    ...load(`${folder}/decide/decide.ts`),
    ...load(`${folder}/records/compact.ts`),
    ...load(`${folder}/records/history.ts`),
    ...load(`${folder}/stores/record-log.ts`),
  } as Program;
}

function replacedOnce(text: string, from: string, to: string): string {
  const parts = text.split(from);
  if (parts.length !== 2)
    throw new Error(`the program contains ${JSON.stringify(from)} ${parts.length - 1} times, and not once`);
  return parts.join(to);
}

function compiled(source: string): string {
  const { code } = transformSync(source, {
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  });
  return code;
}
