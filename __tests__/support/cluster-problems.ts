import { problemsOf, SMALLEST } from "./definitions";

/** Keys of `cluster`, or further ones of `tfvars` after a line of dashes, and what is told of them: line, column and the rest. */
export type Case = readonly [name: string, cluster: string, problems: readonly string[]];

/** Every case is a cluster of its own, but all are read at once: reading is what takes time. */
export function told(cases: readonly Case[]): string[][] {
  const fileOf = (index: number): string => `clusters/c${index}.example.com.yaml`;
  const files = cases.map(([, text], index) => {
    const head = SMALLEST.replace("a.example", `c${index}.example`);
    const [cluster = "", further = ""] = text.split("\n---\n");
    const keys = indented(cluster, 4);
    const network = `  networking: { vpc_cidr: 10.${10 + index}.0.0/16 }\n`;
    return [fileOf(index), `${head}  cluster:\n${keys}${network}${indented(further, 2)}`];
  });
  const problems = problemsOf(Object.fromEntries(files));
  return cases.map((_, index) => {
    const start = `${fileOf(index)}:`;
    return problems.filter((problem) => problem.startsWith(start)).map((problem) => problem.slice(start.length));
  });
}

function indented(text: string, by: number): string {
  if (text === "") return "";
  const lines = text.split("\n").map((line) => `${" ".repeat(by)}${line}\n`);
  return lines.join("");
}
