import { readFileSync, writeFileSync } from "node:fs";
import { type InstanceData, withAnswer } from "./instance-types";

/** Merges answers of `aws ec2 describe-instance-types` into the data files: see aws/README.md. */
const answers = process.argv.slice(2);
if (answers.length === 0) throw new Error("name at least one file with an answer of aws ec2 describe-instance-types");

const FILES = ["instance-types", "instance-sizes", "efa", "neuron"].map((name) => `aws/data/${name}.json`);
const SOURCE = "ec2:DescribeInstanceTypes";

const read = (file: string): { source: string } => JSON.parse(readFileSync(file, "utf8"));
const before: InstanceData = Object.assign({}, ...FILES.map(read));
const after = answers.reduce((data, file) => withAnswer(data, read(file)), before);
for (const file of FILES) {
  const { source, ...rest } = read(file);
  const content = {
    source: source.startsWith(SOURCE) ? source : `${SOURCE}; entries that no answer had: ${source}`,
    date: new Date().toISOString().slice(0, 10),
    ...Object.fromEntries(Object.entries(after).filter(([key]) => key in rest)),
  };
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}
