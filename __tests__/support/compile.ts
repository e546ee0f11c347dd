import { run } from "./run-program";

/** The JavaScript that launch.mjs makes of an entry; it is an ES module, which Jest cannot import. */
export async function compile(entry: string): Promise<string> {
  const script = `import("./launch.mjs").then(({ compile }) => compile(${JSON.stringify(entry)})).then(console.log)`;
  const { code, stdout, stderr } = await run("node", ["-e", script]);
  if (code !== 0) throw new Error(stderr);
  return stdout.trim();
}
