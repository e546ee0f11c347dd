import { problemsIn } from "../../support/definition";
import { problemsOf } from "../../support/definitions";

const FILE = "clusters/a.example.com.yaml";
const META = "meta:\n  CLUSTER_NAME: a.example.com\n";
const COMMON = "common:\n  aws_region: us-east-1\n";
const WORKERS = "workers:\n  - name: general\n";
const indented = (lines: string): string => lines.replaceAll(/^(?=.)/gm, "  ");

describe("a key in the wrong map is one error, which names the right map", () => {
  test("if a section is not indented", () => {
    expect(problemsOf({ [FILE]: `${META}tfvars:\n${indented(COMMON)}${WORKERS}` })).toEqual([
      `${FILE}:6:1 workers: unknown key "workers". It belongs under tfvars: indent it`,
    ]);
  });

  test("if the line of tfvars is missing", () => {
    expect(problemsOf({ [FILE]: `${META}${indented(COMMON)}${indented(WORKERS)}` })).toEqual([
      `${FILE}:3:3 meta.common: unknown keys "common", "workers". They belong under tfvars: write a line "tfvars:" above`,
    ]);
  });

  test("if tfvars is indented", () => {
    expect(problemsOf({ [FILE]: `${META}  tfvars:\n${indented(indented(COMMON + WORKERS))}` })).toEqual([
      `${FILE}:3:3 meta.tfvars: unknown key "tfvars". It belongs at the beginning of a line`,
    ]);
  });

  test("if it is one level too high", () => {
    expect(problemsIn({ addons: "velero: { schedule: 0 1 * * * }" })).toEqual([
      '9:15 tfvars.addons.velero.schedule: unknown key "schedule". It belongs under options',
    ]);
  });

  test("if it is one level too low", () => {
    expect(problemsIn({ worker: "root_volume: { min_size: 2 }" })).toEqual([
      '8:22 tfvars.workers[general].root_volume.min_size: unknown key "min_size". It belongs under tfvars.workers[general]',
    ]);
  });

  test("if another section has it", () => {
    expect(problemsIn({ cluster: "vpc_cidr: 10.9.0.0/16" })).toEqual([
      '9:5 tfvars.cluster.vpc_cidr: unknown key "vpc_cidr". It belongs under tfvars.networking',
    ]);
  });
});

test("a long list of known keys is cut, the nearest first", () => {
  expect(problemsIn({ worker: "xyzzy: 1" })).toEqual([
    expect.stringMatching(
      /: unknown key "xyzzy"\. Known keys: (?:\w+, ){7}\w+ and \d+ more; see docs\/definition-reference\.md#tfvarsworkers$/,
    ),
  ]);
});
