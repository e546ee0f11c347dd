/** Type of the message with which Jest ends a worker. */
const END = 2;

/**
 * Stops a worker as soon as nothing is open in it. Node would free its heap of a gigabyte first, which may take longer than the half
 * second after which Jest reports that tests left something open. Jest loads transformers outside of the tests' own contexts.
 */
function stop([type]) {
  if (type !== END) return;
  process.removeListener("message", stop);
  process.once("exit", () => process.kill(process.pid, "SIGKILL"));
}

if (process.send !== undefined) process.on("message", stop);

module.exports = require("@swc/jest");
