// The least that one cluster's synthesis can do: load the same provider bindings and write the same bytes.
const { mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { bindings, files, from, to } = JSON.parse(readFileSync(process.argv[2], "utf8"));
for (const binding of bindings) require(binding);
for (const file of files) {
  mkdirSync(dirname(join(to, file)), { recursive: true });
  writeFileSync(join(to, file), readFileSync(join(from, file)));
}
