// Loaded into the program: lists the provider bindings and the cdktf that it has loaded when it ends.
const { writeFileSync } = require("node:fs");
process.on("exit", () => {
  const bindings = Object.keys(require.cache).filter((file) =>
    /node_modules\/(@cdktf\/provider-[a-z]+\/lib\/[a-z0-9-]+\/index\.js|cdktf\/lib\/index\.js)$/.test(file),
  );
  writeFileSync(process.env.BINDINGS_FILE, JSON.stringify(bindings));
});
