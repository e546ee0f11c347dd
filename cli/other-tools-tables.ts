import data from "../fleet/parse/data/other-tools.json";

type TableName = keyof typeof data;

/** Replaces the content of each pair of comments `<!-- table: NAME -->` and `<!-- end of table -->` by its table. */
export function withOtherToolsTables(page: string): string {
  return page.replaceAll(
    /(<!-- table: ([a-z-]+) -->\n)[\s\S]*?(<!-- end of table -->)/g,
    (_, start: string, name: string, end: string) => `${start}${table(name as TableName)}${end}`,
  );
}

function table(name: TableName): string {
  const rows = data[name].rows.map((row) => {
    if ("heading" in row) return `| **${row.heading}** | |\n`;
    return `| ${row.keys.map(([key]) => `\`${key}\``).join(", ")} | ${row.here} |\n`;
  });
  return ["| there | here |\n", "| --- | --- |\n", ...rows].join("");
}
