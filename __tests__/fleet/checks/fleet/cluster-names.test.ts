import { definition, problemsIn } from "../../../support/definition";
import { problemsOf, SMALLEST } from "../../../support/definitions";

describe("a cluster", () => {
  test("must have its name as its file's name", () => {
    expect(problemsOf({ "clusters/b.example.com.yaml": SMALLEST })).toEqual([
      `clusters/b.example.com.yaml:2:17 meta.CLUSTER_NAME: must be the file's name without .yaml, "b.example.com", got "a.example.com": rename one of them`,
    ]);
  });
  test("must not have the name of another file's cluster", () => {
    expect(
      problemsOf({
        "clusters/x/a.example.com.yaml": SMALLEST,
        "clusters/y/a.example.com.yaml": definition({ networking: "vpc_cidr: 10.1.0.0/16" }),
      }),
    ).toEqual([
      "clusters/y/a.example.com.yaml:2:17 meta.CLUSTER_NAME: is already the name of the cluster in clusters/x/a.example.com.yaml. Rename one of them",
    ]);
  });
  test("must not have the slug of another cluster", () => {
    expect(
      problemsOf({
        "clusters/a.b-c.yaml": definition({}, "a.b-c"),
        "clusters/a-b.c.yaml": definition({ networking: "vpc_cidr: 10.1.0.0/16" }, "a-b.c"),
      }),
    ).toEqual([
      "clusters/a.b-c.yaml:2:17 meta.CLUSTER_NAME: has the same stack and cluster names as a-b.c, because dots become dashes. Rename one of them",
    ]);
  });
  test("must have a file that ends in .yaml", () => {
    expect(problemsOf({ "clusters/a.example.com.yml": SMALLEST })).toEqual([
      "clusters/a.example.com.yml:1:1 must end in .yaml. Rename the file",
    ]);
  });
  test("may have one word as its name, as an adopted cluster has, wherever another file names it", () => {
    expect(
      problemsOf({
        "clusters/shop.yaml": definition({ networking: "{ vpc_cidr: 10.0.0.0/16, connected_to: [shop-2] }" }, "shop"),
        "clusters/shop-2.yaml": definition({ networking: "vpc_cidr: 10.1.0.0/16" }, "shop-2"),
        "ranges.yaml": "production:\n  10.0.0.0/16: shop\n  10.1.0.0/16: shop-2\n",
        "rollouts.yaml": `records: .fleet/rollouts
waves:
  - { name: first, select: { cluster: shop }, soak: 24h, healthy: [nodes] }
  - { name: rest, soak: 24h, healthy: [nodes] }
health_checks: { nodes: { check: nodes, timeout: 5m } }
never_together: [{ name: pair, clusters: [shop, shop-2] }]
`,
      }),
    ).toEqual([]);
  });
  test("must not have capitals in its name", () => {
    expect(
      problemsOf({
        "clusters/A.Example.com.yaml": definition({}, "A.Example.com"),
      }),
    ).toEqual([
      `clusters/A.Example.com.yaml:2:17 meta.CLUSTER_NAME: must be a domain name in lower case, such as production.eks.example.com, got "A.Example.com"`,
    ]);
  });
  test("must have a valid owner", () => {
    expect(problemsIn({ meta: "OWNER: Platform Team" })).toEqual([
      `3:10 meta.OWNER: must be lower-case letters, digits and dashes, starting with a letter, at most 63 characters, got "Platform Team"`,
    ]);
  });

  test("must not have the slug of a file that is not YAML, or not selected", () => {
    const files = {
      "clusters/a-b.c.yaml": definition({}, "a-b.c"),
      "clusters/a.b-c.yaml": definition({}, "a.b-c"),
      "clusters/a.b.c.yaml": "[",
    };
    const told =
      "clusters/a.b-c.yaml:2:17 meta.CLUSTER_NAME: has the same stack and cluster names as a-b.c, because dots become dashes. Rename one of them";
    expect(problemsOf(files)).toContain(told);
    expect(problemsOf(files, { select: "a.b-c" })).toEqual([told]);
  });

  test("is reported once if both of its names have one slug", () => {
    expect(problemsOf({ "clusters/a-b.c.yaml": definition({}, "a.b-c") })).toEqual([
      'clusters/a-b.c.yaml:2:17 meta.CLUSTER_NAME: must be the file\'s name without .yaml, "a-b.c", got "a.b-c": rename one of them',
    ]);
  });

  test.each([
    [
      "a label too long for DNS",
      `${"a".repeat(64)}.example.com`,
      `must be a domain name in lower case, such as production.eks.example.com, got "${"a".repeat(57)}..."`,
    ],
  ])("%s", (_, name, message) => {
    const file = `clusters/${name}.yaml`;
    expect(problemsOf({ [file]: definition({}, name) })).toEqual([`${file}:2:17 meta.CLUSTER_NAME: ${message}`]);
  });

  test("has worker groups with valid names", () => {
    const rule = "must be lower-case letters, digits and dashes, starting with a letter, at most 31 characters";
    const names = ["General", "g".repeat(32), "1st", "a_b", "ends-"];
    const groups = names.map((name) => `    - name: ${name}\n`).join("");
    expect(
      problemsOf({ "clusters/a.example.com.yaml": `${SMALLEST}${groups}    - name: ${"g".repeat(31)}\n` }),
    ).toEqual(
      names.map(
        (name, index) =>
          `clusters/a.example.com.yaml:${8 + index}:13 tfvars.workers[${name}].name: ${rule}, got "${name}"`,
      ),
    );
    expect(problemsIn({ workers: "- name: general" })).toEqual([
      '8:13 tfvars.workers[general].name: two items of this list have the name "general". Rename one of them',
    ]);
  });

  test("has valid tags without Terraform expressions", () => {
    const tags = `      "aws:x": y\n      ${"k".repeat(129)}: v\n      k: ${"v".repeat(257)}\n      interpolated: "\${x}"\n      number: 5\n`;
    expect(
      problemsOf({ "clusters/a.example.com.yaml": SMALLEST.replace("us-east-1\n", `us-east-1\n    tags:\n${tags}`) }),
    ).toEqual([
      'clusters/a.example.com.yaml:7:7 tfvars.common.tags.aws:x: must be a tag key of at most 128 characters that does not start with aws:, got "aws:x"',
      `clusters/a.example.com.yaml:8:7 tfvars.common.tags.${"k".repeat(129)}: must be a tag key of at most 128 characters that does not start with aws:, got "${"k".repeat(57)}..."`,
      `clusters/a.example.com.yaml:9:10 tfvars.common.tags.k: must be a tag value of at most 256 letters, digits, spaces and any of _.:/=+@-, got "${"v".repeat(57)}..."`,
      'clusters/a.example.com.yaml:10:21 tfvars.common.tags.interpolated: must be a tag value of at most 256 letters, digits, spaces and any of _.:/=+@-, got "${x}"',
      'clusters/a.example.com.yaml:11:15 tfvars.common.tags.number: must be text, got 5, which YAML reads as a number. Write "5" in quotes',
    ]);
  });
});
