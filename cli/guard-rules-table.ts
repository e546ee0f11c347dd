import type { DescribedRule } from "../operations/guard/report";

/** Replaces what is between the comments `<!-- rules -->` and `<!-- end of rules -->` by the table of the guard's rules. */
export function withGuardRules(page: string, rules: readonly DescribedRule[]): string {
  const rows = rules.map(
    ({ proceed, rule, stops, unknown, why }) =>
      `| \`${rule}\` | ${stops} | ${why} | ${proceed} | ${unknown.replace("no value is read", "")} |\n`,
  );
  const table = [
    "| rule | stops | why | how to proceed | if a value is unknown |\n",
    "| --- | --- | --- | --- | --- |\n",
    ...rows,
  ].join("");
  return page.replace(
    /(<!-- rules -->\n)[\s\S]*?(<!-- end of rules -->)/,
    (_, start: string, end: string) => `${start}${table}${end}`,
  );
}
