import { CLUSTERS, defineCommand } from "../../shared/command";

export const size = defineCommand({
  name: "size",
  summary: "show what the platform's pods request",
  details: "Counts the pods of each addon on as many nodes as the worker groups start with.",
  positionals: [CLUSTERS],
  flags: {},
  examples: [["fleet size staging.dev.example.com", "CPU, memory and volumes of each addon"]],
  run: async (input) => (await import("../../actions/see/size")).run(input),
});
