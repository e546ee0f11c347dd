import { defineCommand } from "../../shared/command";
import { ROLLOUT } from "./flags";

export const rolloutPlan = defineCommand({
  name: "rollout plan",
  summary: "show when each cluster will change, and find dead ends",
  details: `Plays the coming days with the rules of fleet rollout next, as if each change took its expected_duration and succeeded. Ends with 2
if there is a dead end: no window before support ends, freezes that leave none, a wave that cannot finish, an sla_days that is missed.`,
  flags: {
    days: { value: "number", default: "90", description: "days to look ahead" },
    format: { value: "format", choices: ["table", "mermaid", "svg"], default: "table", description: "how to draw it" },
    out: { value: "file", description: "write the SVG to a file instead of stdout" },
    ...ROLLOUT,
  },
  examples: [
    ["fleet rollout plan", "a table of starts"],
    ["fleet rollout plan --format mermaid", "a Gantt chart for a pull request"],
    ["fleet rollout plan --format svg --out rollout.svg", "a picture"],
  ],
  run: async (input) => (await import("../../actions/rollout/plan")).run(input),
});
