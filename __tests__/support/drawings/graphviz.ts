import { spawn } from "node:child_process";

const SCRIPT = `
import { readFileSync } from "node:fs";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
const pictures = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  pictures.push((await Graphviz.load()).dot(text));
  Graphviz.unload(); // as in a command, which draws one picture
}
console.log(JSON.stringify(pictures));
`;

/** Draws texts in DOT as SVG with Graphviz, in another process, because Jest does not load its module. */
export function graphviz(texts: readonly string[]): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn("node", ["--input-type=module", "-e", SCRIPT], { stdio: ["pipe", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("close", (code) =>
      code === 0 ? resolve(JSON.parse(stdout) as string[]) : reject(new Error(stderr.slice(-500))),
    );
    child.stdin.end(JSON.stringify(texts));
  });
}
