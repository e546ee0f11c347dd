import { diffMarkdown, MOST_CHARACTERS } from "../../../../cli/texts/diff-markdown";
import { diffText } from "../../../../cli/texts/diff-text";
import type { DiffReport } from "../../../../operations/diff/report";

type Change = DiffReport["changes"][number];

const change = (more: Partial<Change> = {}): Change => ({
  clusters: ["a.example.com"],
  stack: "networking",
  address: "aws_vpc.a",
  type: "aws_vpc",
  path: "a",
  action: "replace",
  likely: true,
  reasons: ["cidr_block cannot be changed in place"],
  prevented: false,
  attributes: [{ path: "cidr_block", before: "10.0.0.0/16", after: "10.1.0.0/16" }],
  hidden: 0,
  ...more,
});

const report = (more: Partial<DiffReport> = {}): DiffReport => ({
  version: 1,
  base: { ref: "main", commit: "0123456789abcdef", program: "same", has_definitions: true, refused: null },
  errors: [],
  refused: null,
  compared: 4,
  actions: { replace: 1 },
  summary: {
    clusters: { added: 1, changed: 1, removed: 0, unknown: 0 },
    stacks: { added: 4, changed: 2, removed: 0 },
    actions: { create: 10, replace: 1 },
  },
  clusters: [
    { name: "new.example.com", status: "added", actions: {}, types: { aws_eip: 1, aws_subnet: 9 } },
    { name: "a.example.com", status: "changed", actions: { replace: 1 }, types: {} },
  ],
  changes: [change()],
  security: [
    {
      clusters: ["a.example.com"],
      stack: "addons",
      address: "aws_iam_role.a",
      effect: "broadened",
      details: ["allows *"],
    },
  ],
  outputs: [
    {
      clusters: ["a.example.com"],
      stack: "networking",
      name: "vpc_id",
      attributes: [{ path: "", because: "x" }],
      hidden: 0,
    },
  ],
  providers: [
    {
      clusters: ["a.example.com"],
      stack: "addons",
      name: "aws",
      retags: 3,
      attributes: [{ path: "region", after: 1 }],
      hidden: 2,
    },
  ],
  ...more,
});

test("prints a comparison as text", () => {
  expect(diffText(report(), { colours: false, width: undefined }).split("\n")).toEqual([
    "2 clusters differ of 4 (1 changed, 1 new), compared with main (01234567)",
    "1 likely replace, 10 create in 6 stacks (2 changed, 4 new)",
    "",
    "new.example.com: new, with 10 resources (9 aws_subnet, 1 aws_eip)",
    "",
    "Access",
    "  broadened addons aws_iam_role.a, a.example.com",
    "      allows *",
    "",
    "a.example.com",
    "  -/+ likely replace networking aws_vpc.a",
    "      cidr_block cannot be changed in place",
    '      cidr_block: "10.0.0.0/16" -> "10.1.0.0/16"',
    "  output networking vpc_id",
    "      known after apply: x",
    "  settings addons aws",
    "      likely changes the tags of 3 resources",
    "      region: added 1",
    "      2 more differences",
  ]);
});

test("prints a comparison as Markdown", () => {
  expect(diffMarkdown(report()).split("\n")).toEqual([
    "### Fleet diff",
    "",
    "`2 clusters differ of 4 (1 changed, 1 new), compared with main (01234567)`",
    "",
    "**1 likely replace, 10 create in 6 stacks (2 changed, 4 new)**",
    "- `new.example.com`: `new, with 10 resources (9 aws_subnet, 1 aws_eip)`",
    "",
    "#### Access",
    "",
    "- **broadened** `addons aws_iam_role.a` in `a.example.com`",
    "  - `allows *`",
    "",
    "#### `a.example.com`",
    "",
    "- **likely replace** `networking aws_vpc.a`",
    "  - `cidr_block cannot be changed in place`",
    '  - `cidr_block: "10.0.0.0/16" -> "10.1.0.0/16"`',
    "- **output** `networking vpc_id`",
    "  - `known after apply: x`",
    "- **settings** `addons aws`",
    "  - `likely changes the tags of 3 resources`",
    "  - `region: added 1`",
    "  - `2 more differences`",
    "",
  ]);
});

test("counts removed, incomparable and refused clusters in the headline", () => {
  const summary = {
    clusters: { added: 0, changed: 2, removed: 1, unknown: 3 },
    stacks: { added: 0, changed: 2, removed: 5 },
    actions: { destroy: 9 },
  };
  const refused = { clusters: ["x.example.com"], messages: ["x.yaml:1:1 error: y"] };
  const [first, second, third] = diffText(report({ refused, summary }), { colours: false, width: undefined }).split(
    "\n",
  );

  expect([first, second, third]).toEqual([
    "2 clusters differ of 4 (1 removed, 3 not comparable, 2 changed), 1 refused, compared with main (01234567)",
    "9 destroy in 7 stacks (5 removed, 2 changed)",
    "x.example.com cannot be compared, because of errors in the definitions.",
  ]);
});

test("shows in Markdown what EKS would refuse", () => {
  expect(diffMarkdown(report({ errors: ["a.yaml:1:1 error: must not skip"] }))).toContain(
    "\n- `a.yaml:1:1 error: must not skip`\n",
  );
});

test("no value ends its code in Markdown, or its line", () => {
  const hostile = "`` ` </code><script>alert(1)</script>\n# heading\u001b[31m @team";
  const text = diffMarkdown(report({ changes: [change({ address: hostile, reasons: [], attributes: [] })] }));
  const line = text.split("\n").find((each) => each.includes("script"));

  expect(line).toBe(
    "- **likely replace** ```networking `` ` </code><script>alert(1)</script>\\u000a# heading\\u001b[31m @team```",
  );
});

test("cuts Markdown from the end, and reports how much", () => {
  const changes = Array.from({ length: 2000 }, (_, index) => change({ address: `aws_vpc.v${index}` }));
  const text = diffMarkdown(report({ changes }));

  expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
  expect(text).toContain("2 clusters differ of 4");
  expect(text).toMatch(
    /\n\*\*\d+ more changes are left out, because a comment has a limit\. Run `fleet diff` to see them\.\*\*\n$/,
  );
});

describe("a comparison of 300 clusters as Markdown", () => {
  const names = Array.from({ length: 300 }, (_, index) => `c${index}.example.com`);
  const many = <Item>(item: (name: string) => Item): Item[] => names.map(item);
  const access = (name: string, details: string[]): DiffReport["security"][number] => ({
    clusters: [name],
    stack: "addons",
    address: "aws_iam_role_policy.a",
    effect: "broadened",
    details,
  });
  const actions = Array.from({ length: 400 }, (_, index) => `allows s3:Action${index} on arn:aws:s3:::bucket/*`);
  const summary = {
    clusters: { added: 300, changed: 300, removed: 300, unknown: 0 },
    stacks: { added: 0, changed: 300, removed: 0 },
    actions: { replace: 300 },
  };
  const whole = report({
    summary,
    errors: many((name) => `${name}.yaml:1:1 error: ${"x".repeat(300)}`),
    clusters: many((name) => ({ name, status: "removed", actions: {}, types: { aws_subnet: 9, aws_eip: 3 } })),
    security: many((name) => access(name, actions)),
    changes: many((name) => change({ clusters: [name], address: `aws_vpc.${name}` })),
  });
  const text = diffMarkdown(whole);

  test("has at most 60,000 characters, with the summary first", () => {
    expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(text.split("\n").slice(0, 5)).toEqual([
      "### Fleet diff",
      "",
      "`300 clusters differ of 4 (300 removed, 300 changed, 300 new), compared with main (01234567)`",
      "",
      "**300 likely replace in 300 stacks**",
    ]);
  });

  test("has room for each part, and is cut from its end", () => {
    const kinds = [
      /^- `c0\.example\.com\.yaml:1:1 error/m,
      /^- `c0\.example\.com`: `removed/m,
      /^- \*\*broadened\*\*/m,
    ];
    const places = [...kinds, /^- \*\*likely replace\*\* `networking aws_vpc\.c0/m].map((kind) => text.search(kind));

    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(text.match(/^- and \d+ more$/gm)).toHaveLength(3);
    expect(text).not.toContain("aws_vpc.c299.");
    expect(text).toMatch(/\n\*\*\d+ more changes are left out, because a comment has a limit\./);
  });

  test("shows the first 20 details of one change of access, cut after 300 characters", () => {
    const details = ["allows ".padEnd(2000, "a"), ...actions];
    const lines = diffMarkdown(report({ security: [access("a.example.com", details)] })).split("\n");
    const shown = lines.slice(lines.findIndex((line) => line.startsWith("- **broadened**")) + 1).slice(0, 21);

    expect(shown.filter((line) => line.startsWith("  - `allows "))).toHaveLength(20);
    expect([shown[0]?.length, shown.at(-1)]).toEqual(["  - ``".length + 301, "  - `381 more`"]);
  });

  test("shows one change for all clusters in one line", () => {
    const [, head = ""] = diffMarkdown(report({ changes: [change({ clusters: names })], security: [] })).split("#### ");

    expect(head.split("\n")[0]).toBe(
      "`c0.example.com, c1.example.com, c2.example.com, c3.example.com, c4.example.com and 295 more (300 clusters)`",
    );
  });
});
