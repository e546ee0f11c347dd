#!/usr/bin/env node
const { node } = process.versions;
const [major, minor] = node.split(".").map(Number);
// Imported after this line: an older version could fail at anything in the program, in words that name no version.
if (major < 20 || (major === 20 && minor < 12)) {
  console.error(
    `Node 20.12 or newer is required, but this is Node ${node}. Install one, for example with nvm install 22`,
  );
  process.exit(1);
}
const { launch } = await import("../launch.mjs");
await launch("cli/fleet.ts", process.argv.slice(2));
