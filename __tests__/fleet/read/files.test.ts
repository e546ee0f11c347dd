import { inDefaults, problemsOf, SMALLEST } from "../../support/definitions";

describe("files of definitions", () => {
  test("refuses a directory with the name of a file", () => {
    expect(
      problemsOf({
        "clusters/x.yaml/readme": "",
        "accounts/y.yaml/readme": "",
        "clusters/a.example.com.yaml": SMALLEST,
      }),
    ).toEqual([
      "accounts/y.yaml:1:1 is a directory, but must be a file",
      "clusters/x.yaml:1:1 is a directory, but must be a file",
    ]);
  });
  test("refuses a symbolic link to nothing or to itself", () => {
    expect(
      problemsOf({
        "clusters/x.example.com.yaml": { linkTo: "nowhere" },
        "clusters/y.example.com.yaml": { linkTo: "y.example.com.yaml" },
        "clusters/a.example.com.yaml": SMALLEST,
      }),
    ).toEqual([
      "clusters/x.example.com.yaml:1:1 is a symbolic link to a file that does not exist",
      "clusters/y.example.com.yaml:1:1 is a symbolic link to itself",
    ]);
  });
  test("ignores hidden files and files of other types", () => {
    expect(
      problemsOf({
        "clusters/.b.example.com.yaml": "x",
        "clusters/.#a.example.com.yaml": { linkTo: "nowhere" },
        "clusters/notes.txt": "x",
        "clusters/a.example.com.yaml": SMALLEST,
      }),
    ).toEqual([]);
  });
  test("refuses a directory without clusters", () => {
    expect(problemsOf({ "clusters/notes.txt": "x" })).toEqual([
      `DEFINITIONS_DIR: "DIRECTORY" contains no cluster. fleet new <CLUSTER_NAME> writes one`,
    ]);
  });
  test("reports the errors of all files at once", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}      min_size: 5
`,
        "clusters/b.example.com.yaml": "",
        "clusters/c.example.com.yaml": `meta:
  CLUSTER_NAME: c.example.com
tfvars:
  common:
    aws_region: us-east-9
  workers:
    - name: general
`,
        "tiers/t.yaml": `tfvars: 5
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:8:17 tfvars.workers[general].max_size: must be at least min_size (5), but is 3",
      "clusters/b.example.com.yaml:1:1 the file is empty, but must contain a map of keys",
      `clusters/c.example.com.yaml:2:17 tfvars.networking.vpc_cidr: 10.0.0.0/16 overlaps 10.0.0.0/16 of a.example.com (${inDefaults("tfvars.networking.vpc_cidr")}), which shares account production. Choose another range, such as 10.1.0.0/16, which is free in account production`,
      `clusters/c.example.com.yaml:5:17 tfvars.common.aws_region: unknown region "us-east-9". Did you mean "us-east-1"?`,
      "tiers/t.yaml:1:9 tfvars: must be a map of keys, got 5",
    ]);
  });
});
