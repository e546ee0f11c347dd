import { CLUSTERS, defineCommand, TODAY } from "../../shared/command";

export const capacity = defineCommand({
  name: "capacity",
  summary: "show how full subnets get, and which runs out of addresses first",
  details:
    "Counts addresses and pods when all worker groups have their max_size and node pools their limits. A growth counts from there.",
  positionals: [CLUSTERS],
  flags: {
    growth: {
      value: "growth",
      description:
        "10% more addresses per month, or 20 more pods per week in each cluster; also with /week, /month or /year",
    },
    today: TODAY,
    svg: { description: "draw the subnets as bars in SVG" },
    out: { value: "file", description: "write the SVG to a file instead of stdout" },
  },
  examples: [
    ["fleet capacity", "every cluster, the fullest subnet first"],
    ["fleet capacity --growth 10%", "with the day on which each subnet is full"],
    ["fleet capacity --growth 50%/year --json", "the same as JSON"],
  ],
  run: async (input) => (await import("../../actions/see/capacity")).run(input),
});
