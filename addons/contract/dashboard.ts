import { z } from "zod";

const panel = z
  .strictObject({
    title: z.string(),
    query: z.string().describe("PromQL. Each result is a line of the graph."),
    line: z.string().describe("Name of a line, such as {{namespace}}/{{name}}."),
    unit: z
      .enum(["short", "percentunit", "reqps", "bytes", "s", "ms", "h", "d"])
      .describe("Unit as Grafana spells it: short for a number, s for seconds, d for days."),
  })
  .readonly();

/** A Grafana dashboard of an addon, as its `.dashboard.json` file describes it. */
export const dashboardData = z.strictObject({ title: z.string(), panels: z.array(panel).readonly() }).readonly();

export type Dashboard = z.output<typeof dashboardData>;
