// Loaded into every Node process of a measurement: says how much memory it took at most, in KiB, when it ends.
const { appendFileSync } = require("node:fs");
process.on("exit", () => appendFileSync(process.env.PEAK_MEMORY_FILE, `${process.resourceUsage().maxRSS}\n`));
