import { loadFleet } from "../fleet/load";

/** The least that a command about a fleet does: a process that loads it. */
loadFleet({
  directory: process.env["DEFINITIONS_DIR"] ?? "definitions",
  shipped: "definitions",
  today: new Date().toISOString().slice(0, 10),
});
