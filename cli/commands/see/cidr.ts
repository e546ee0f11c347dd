import { defineCommand } from "../../shared/command";

export const cidr = defineCommand({
  name: "cidr",
  summary: "show who uses which IP ranges, what is free, and who has an address",
  details:
    "Without an address, it shows the address space of every account, or of the accounts of the named clusters.\nRanges that two connected accounts both have are marked.",
  positionals: [
    {
      name: "[clusters...]",
      description: "names or globs of clusters, or one address or range to search in all clusters",
    },
  ],
  flags: {
    address: { value: "address", description: "search an IPv4 or IPv6 address or range" },
    free: { value: "prefix", description: "list the next free ranges for a VPC of this prefix length, 16 to 24" },
    svg: { description: "draw the address space as SVG" },
    out: { value: "file", description: "write the SVG to a file instead of stdout" },
  },
  examples: [
    ["fleet cidr", "pools, used and free ranges of every account"],
    ["fleet cidr 10.64.16.9", "what the address belongs to"],
    ["fleet cidr --free 20", "the next free /20 of each account"],
    ["fleet cidr --svg --out space.svg", "a picture"],
  ],
  run: async (input) => (await import("../../actions/see/cidr")).run(input),
});
