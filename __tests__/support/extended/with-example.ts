import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scratch } from "../run-program";
import { EXAMPLE } from "./example";

/** Calls back with a copy of the example's definitions whose cluster has another name and text, and removes it afterwards. */
export function withExample<Result>(
  name: string,
  edit: (text: string) => string,
  use: (directory: string) => Result,
): Result {
  const work = scratch();
  try {
    const clusters = join(work.path, "clusters");
    cpSync(EXAMPLE, work.path, { recursive: true, filter: (path) => !path.endsWith("tools.dev.example.com.yaml") });
    const text = readFileSync(join(EXAMPLE, "clusters/tools.dev.example.com.yaml"), "utf8");
    writeFileSync(join(clusters, `${name}.yaml`), edit(text));
    return use(work.path);
  } finally {
    work.remove();
  }
}
