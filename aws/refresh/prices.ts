import { readFileSync, writeFileSync } from "node:fs";

/**
 * Writes the on-demand prices of Karpenter's list into aws/data/instance-prices.json: node launch.mjs aws/refresh/prices.ts FILE, where FILE is
 * pkg/providers/pricing/zz_generated.pricing_aws.go of aws/karpenter-provider-aws.
 */
const [file = ""] = process.argv.slice(2);
const OUTPUT = "aws/data/instance-prices.json";
const text = readFileSync(file, "utf8");
const [, date = ""] = text.match(/^\/\/ generated at (\d{4}-\d{2}-\d{2})T/m) ?? [];
const found = [...text.matchAll(/"([a-z0-9-]+)\.([a-z0-9-]+)": (\d+\.\d+)/g)];
if (date === "" || found.length < 500) throw new Error(`${file} is not Karpenter's list of prices`);

const families: Record<string, string[]> = {};
for (const [, family = "", size = "", price = ""] of found)
  families[family] = [...(families[family] ?? []), `${size}:${Number(price)}`];
const content = {
  source: "aws/karpenter-provider-aws, pkg/providers/pricing/zz_generated.pricing_aws.go, on-demand prices of Linux",
  date,
  region: "us-east-1",
  hourly: Object.fromEntries(Object.entries(families).map(([family, sizes]) => [family, sizes.join(" ")])),
};
writeFileSync(OUTPUT, `${JSON.stringify(content, null, 2)}\n`);
