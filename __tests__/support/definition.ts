import type { Tfvars } from "../../fleet/model/cluster";
import { type Options, problemsOf } from "./definitions";

/**
 * Parts of a cluster's file as lines of YAML, each written from column 1: a test shows the lines that it is about. `worker` adds
 * keys to the one group, `general`; `workers` adds groups after it. Other sections follow in the order of the object's keys.
 */
export type Sections = Readonly<
  Partial<Record<Exclude<keyof Tfvars, "workers"> | "meta" | "worker" | "workers", string>>
>;

const NAME = "a.example.com";

/** Returns the YAML of the smallest cluster with further sections. */
export function definition(sections: Sections = {}, name = NAME): string {
  const { meta = "", common = "", worker = "", workers = "", ...others } = sections;
  return [
    `meta:\n  CLUSTER_NAME: ${name}\n${indent(meta, 2)}`,
    `tfvars:\n  common:\n    aws_region: us-east-1\n${indent(common, 4)}`,
    `  workers:\n    - name: general\n${indent(worker, 6)}${indent(workers, 4)}`,
    ...Object.entries(others).map(([section, lines]) => `  ${section}:\n${indent(lines, 4)}`),
  ].join("");
}

/** Returns the YAML of an account. `own` replaces or adds keys beside `tfvars`, `tfvars` adds keys to it. */
export function account({ id = "444444444444", own = "", tfvars = "" } = {}): string {
  const role = (name: string): string => `arn:aws:iam::${id}:role/${name}`;
  return [
    `id: "${id}"\nstate:\n  bucket: example-state\n  region: us-east-1\n`,
    `roles:\n  deploy: ${role("deploy")}\n  plan: ${role("plan")}\n${indent(own, 0)}`,
    "tfvars:\n  cluster:\n    access_entries:\n",
    `      - { name: admin, principal_arn: "${role("admin")}", access_policy: AmazonEKSClusterAdminPolicy }\n`,
    indent(tfvars, 2),
  ].join("");
}

/** Returns what is reported of one cluster: `line:column path: message` in its own file, with the file's name elsewhere. */
export function problemsIn(sections: Sections, options?: Options): string[] {
  const file = `clusters/${NAME}.yaml`;
  return problemsOf({ [file]: definition(sections) }, options).map((problem) => problem.replace(`${file}:`, ""));
}

/** The same without places: `path: message`. */
export function messagesIn(sections: Sections, options?: Options): string[] {
  return withoutPlaces(problemsIn(sections, options));
}

export function withoutPlaces(problems: readonly string[]): string[] {
  return problems.map((problem) => problem.replace(/^(\S+:)?\d+:\d+ /, ""));
}

/**
 * Returns what is reported of each of several clusters, in the form of `problemsIn`. They are loaded together, because reading the
 * layers takes longest: cluster `c<index>.example.com` has the range 10.<10 + index>.0.0/16 unless it names another.
 */
export function problemsInEach(each: readonly Sections[]): string[][] {
  const nameOf = (index: number): string => `c${index}.example.com`;
  const files = each.map((sections, index) => {
    const { networking = "" } = sections;
    const range = networking.includes("vpc_cidr:") ? "" : `\nvpc_cidr: 10.${10 + index}.0.0/16`;
    const text = definition({ ...sections, networking: `${networking}${range}`.trim() }, nameOf(index));
    return [`clusters/${nameOf(index)}.yaml`, text] as const;
  });
  const problems = problemsOf(Object.fromEntries(files));
  return each.map((_, index) =>
    problems
      .filter(
        (problem) =>
          problem.startsWith(`clusters/${nameOf(index)}.yaml:`) || problem.endsWith(`(for cluster ${nameOf(index)})`),
      )
      .map((problem) => problem.replace(`clusters/${nameOf(index)}.yaml:`, "")),
  );
}

/** Sections of a cluster, and all that is reported of them in the form of `problemsIn`. */
export interface Case extends Sections {
  readonly reports: readonly string[];
}

/** Defines a test for each case; its key is the test's title. */
export function testReports(cases: Readonly<Record<string, Case>>): void {
  testEach(cases, (reports) => reports);
}

/** The same for reports without places: `path: message`. */
export function testMessages(cases: Readonly<Record<string, Case>>): void {
  testEach(cases, withoutPlaces);
}

function testEach(
  cases: Readonly<Record<string, Case>>,
  shown: (reports: readonly string[]) => readonly string[],
): void {
  const entries = Object.entries(cases);
  let found: string[][] = [];
  beforeAll(() => {
    found = problemsInEach(entries.map(([, { reports: _, ...sections }]) => sections));
  });
  test.each(entries.map(([title, { reports }], index) => [title, index, reports] as const))(
    "%s",
    (_, index, reports) => {
      expect(shown(found[index] ?? [])).toEqual(reports);
    },
  );
}

function indent(lines: string, by: number): string {
  return lines === "" ? "" : `${lines.trimEnd().replaceAll(/^(?=.)/gm, " ".repeat(by))}\n`;
}
