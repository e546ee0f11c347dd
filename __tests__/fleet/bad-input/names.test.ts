import { problemsOf, SMALLEST } from "../../support/definitions";

describe("names", () => {
  test("a file name that differs", () => {
    expect(problemsOf({ "clusters/b.example.com.yaml": SMALLEST })).toEqual([
      `clusters/b.example.com.yaml:2:17 meta.CLUSTER_NAME: must be the file's name without .yaml, "b.example.com", got "a.example.com": rename one of them`,
    ]);
  });
  test("one name in two files", () => {
    expect(
      problemsOf({
        "clusters/x/a.example.com.yaml": SMALLEST,
        "clusters/y/a.example.com.yaml": `${SMALLEST}  networking:
    vpc_cidr: 10.1.0.0/16
`,
      }),
    ).toEqual([
      "clusters/y/a.example.com.yaml:2:17 meta.CLUSTER_NAME: is the name of the cluster in clusters/x/a.example.com.yaml too: each cluster has a name of its own",
    ]);
  });
  test("one slug", () => {
    expect(
      problemsOf({
        "clusters/a.b-c.yaml": `meta:
  CLUSTER_NAME: a.b-c
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
`,
        "clusters/a-b.c.yaml": `meta:
  CLUSTER_NAME: a-b.c
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
  networking: { vpc_cidr: 10.1.0.0/16 }
`,
      }),
    ).toEqual([
      "clusters/a.b-c.yaml:2:17 meta.CLUSTER_NAME: makes the same stack and cluster names as a-b.c, because dots become dashes: rename one",
    ]);
  });
  test("the end of a file's name", () => {
    expect(problemsOf({ "clusters/a.example.com.yml": SMALLEST })).toEqual([
      "clusters/a.example.com.yml:1:1 must end in .yaml: rename the file",
    ]);
  });
  test("a name in capitals", () => {
    expect(
      problemsOf({
        "clusters/A.Example.com.yaml": `meta:
  CLUSTER_NAME: A.Example.com
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
`,
      }),
    ).toEqual([
      `clusters/A.Example.com.yaml:2:17 meta.CLUSTER_NAME: must be a domain name in lower case, such as production.eks.example.com, got "A.Example.com"`,
    ]);
  });
  test("a name of one word", () => {
    expect(
      problemsOf({
        "clusters/production.yaml": `meta:
  CLUSTER_NAME: production
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
`,
      }),
    ).toEqual([
      `clusters/production.yaml:2:17 meta.CLUSTER_NAME: must be a domain name in lower case, such as production.eks.example.com, got "production"`,
    ]);
  });
  test("a name that starts like the id of a security group", () => {
    expect(
      problemsOf({
        "clusters/sg-a.example.com.yaml": `meta:
  CLUSTER_NAME: sg-a.example.com
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
`,
      }),
    ).toEqual([
      "clusters/sg-a.example.com.yaml:2:17 meta.CLUSTER_NAME: must not start with sg-: AWS refuses security groups of such a name, because their ids look the same",
    ]);
  });
  test("an owner", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
  OWNER: Platform Team
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
`,
      }),
    ).toEqual([
      `clusters/a.example.com.yaml:3:10 meta.OWNER: must be lower-case letters, digits and dashes, starting with a letter, at most 63 characters, got "Platform Team"`,
    ]);
  });
});
