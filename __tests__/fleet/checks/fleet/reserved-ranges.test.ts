import { definition } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const cluster = (name: string, range: string): string =>
  definition({ networking: `vpc_cidr: ${range}` }, `${name}.example.com`);
const A = cluster("a", "10.0.0.0/16");
const AT = "clusters/a.example.com.yaml:9:15 tfvars.networking.vpc_cidr:";

/** A second cluster, so that a selection of the first does not read every file. */
const Z = { "clusters/z.example.com.yaml": cluster("z", "10.60.0.0/16") };

const problems = (ranges: string | undefined, files: Readonly<Record<string, string>> = {}, select?: string) =>
  problemsOf(
    {
      "clusters/a.example.com.yaml": A,
      ...files,
      ...(ranges !== undefined && { "ranges.yaml": ranges }),
    },
    select === undefined ? {} : { select },
  );

test("a cluster needs no reservation if there is no file of ranges", () => {
  expect(problems(undefined)).toEqual([]);
});

test("a reserved range is accepted", () => {
  expect(problems("production:\n  10.0.0.0/16: a.example.com\n")).toEqual([]);
});

test.each(["{}", "production: {}", "sandbox:\n  10.0.0.0/16: a.example.com\n"])(
  "a range that %j does not reserve in the cluster's account is reported, with the line to add",
  (ranges) => {
    expect(problems(ranges, {}, "a.example.com")).toEqual([
      `${AT} 10.0.0.0/16 is not reserved in ranges.yaml. Add the line "10.0.0.0/16: a.example.com" below production`,
    ]);
  },
);

test("a cluster whose line has another range gets the line that replaces it", () => {
  expect(problems("production:\n  10.1.0.0/16: a.example.com\n")).toEqual([
    `${AT} ranges.yaml reserves 10.1.0.0/16 for this cluster, not 10.0.0.0/16. Replace that line by "10.0.0.0/16: a.example.com" below production`,
  ]);
});

test("a range that is reserved for another cluster is refused, also where only the cluster itself is read", () => {
  const ranges =
    "production:\n  10.0.0.0/16: b.example.com\n  10.1.0.0/16: a.example.com\n  10.2.0.0/16: c.example.com\n";
  const message = `${AT} 10.0.0.0/16 is reserved for b.example.com (ranges.yaml:2:16). Choose another range`;
  const b = { "clusters/b.example.com.yaml": cluster("b", "10.1.0.0/16") };

  expect(problems(ranges, b, "a.example.com")).toEqual([message]);
  expect(problems(ranges, b)).toEqual([
    `${message}, such as 10.3.0.0/16, which is free in account production`,
    expect.stringContaining("10.1.0.0/16 is reserved for a.example.com (ranges.yaml:3:16)"),
    expect.stringContaining("is reserved for c.example.com, which has no file"),
  ]);
});

test("a range that overlaps a reserved one is refused, and a neighbour is not", () => {
  const ranges = (other: string) => `production:\n  10.0.0.0/16: a.example.com\n  ${other}: c.example.com\n`;

  expect(problems(ranges("10.0.128.0/17"), Z, "a.example.com")).toEqual([
    `${AT} 10.0.0.0/16 overlaps 10.0.128.0/17, which is reserved for c.example.com (ranges.yaml:3:18). Choose another range`,
  ]);
  expect(problems(ranges("10.1.0.0/17"), Z, "a.example.com")).toEqual([]);
});

test("a collision of two clusters does not stop a third", () => {
  const files = {
    "clusters/b.example.com.yaml": cluster("b", "10.9.0.0/16"),
    "clusters/c.example.com.yaml": cluster("c", "10.9.0.0/16"),
  };
  const ranges = "production:\n  10.0.0.0/16: a.example.com\n  10.9.0.0/16: c.example.com\n";
  expect(problems(ranges, files, "a.example.com")).toEqual([]);
});

test("a cluster in an existing VPC reserves nothing", () => {
  const existing = definition(
    {
      networking: `vpc_cidr: 10.0.0.0/16
availability_zones: [us-east-1a, us-east-1b]
existing_vpc:
  vpc_id: vpc-0a1b2c3d4e5f60718
  subnet_ids:
    private: { us-east-1a: subnet-0a1b2c3d4e5f60001, us-east-1b: subnet-0a1b2c3d4e5f60002 }`,
    },
    "a.example.com",
  );
  expect(problems("production: {}", { "clusters/a.example.com.yaml": existing })).toEqual([]);
});

test("a reservation for a cluster without a file is a warning where every cluster is read", () => {
  const ranges = "production:\n  10.0.0.0/16: a.example.com\n  10.5.0.0/16: gone.example.com\n";
  expect(problems(ranges)).toEqual([
    "ranges.yaml:3:16 warning: production.10.5.0.0/16: is reserved for gone.example.com, which has no file in clusters/. Remove the line if the cluster is gone",
  ]);
  expect(problems(ranges, Z, "a.example.com")).toEqual([]);
});

test("a range that is written twice or is no range is refused", () => {
  expect(problems("production:\n  10.0.0.0/16: a.example.com\n  10.0.0.0/16: b.example.com\n")).toEqual([
    expect.stringContaining("ranges.yaml:3:3"),
  ]);
  expect(problems("production:\n  10.0.0.0: a.example.com\n")).toEqual([expect.stringContaining("ranges.yaml:2")]);
});
