import { problemsIn } from "../../support/definition";
import { problemsOf, SMALLEST } from "../../support/definitions";

describe("a file that is not a YAML definition", () => {
  test("is refused if it is not YAML", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `meta: [1, 2
tfvars: {
`,
      }),
    ).toEqual(["clusters/a.example.com.yaml:2:1 is not valid YAML: a [ or { before this line is not closed"]);
  });
  test("is refused if it is a sentence", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `hello world
`,
      }),
    ).toEqual([`clusters/a.example.com.yaml:1:1 must be a map of keys, got "hello world"`]);
  });
  test("is refused if it is a list", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `- a
- b
`,
      }),
    ).toEqual(["clusters/a.example.com.yaml:1:1 must be a map of keys, got a list"]);
  });
  test("is refused if a tab indents it", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `meta:
	CLUSTER_NAME: a.example.com
`,
      }),
    ).toEqual(["clusters/a.example.com.yaml:2:1 a tab cannot indent YAML. Use two spaces"]);
  });
  test("is refused if a tab indents a deeper level", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
tfvars:
  common:
		aws_region: us-east-1
`,
      }),
    ).toEqual(["clusters/a.example.com.yaml:5:1 a tab cannot indent YAML. Use two spaces"]);
  });
  test("is refused with a duplicate key, beside its other errors", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
  CLUSTER_NAME: b.example.com
tfvars:
  common:
    aws_region: us-east-9
  workers:
    - name: general
      min_size: 1
      min_size: 2
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:3:3 meta.CLUSTER_NAME: this map has the key twice. Keep one of them",
      `clusters/a.example.com.yaml:6:17 tfvars.common.aws_region: unknown region "us-east-9". Did you mean "us-east-1"?`,
      "clusters/a.example.com.yaml:10:7 tfvars.workers[general].min_size: this map has the key twice. Keep one of them",
    ]);
  });
  test("is refused with a duplicate key, once as text and once as a number", () => {
    expect(
      problemsIn({
        cluster: 'extra_eks_addons: [{ name: x, version: v1.0.0, before_nodes: true, values: { 1.30: a, "1.30": b } }]',
      }),
    ).toEqual(["9:91 tfvars.cluster.extra_eks_addons[x].values.1.30: this map has the key twice. Keep one of them"]);
  });
  test("is refused with several documents", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}---
meta:
  CLUSTER_NAME: a.example.com
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:8:1 the file contains several YAML documents. Keep one definition in a file, without further `---` lines",
    ]);
  });
  test("is refused if it is empty", () => {
    expect(problemsOf({ "clusters/a.example.com.yaml": "" })).toEqual([
      "clusters/a.example.com.yaml:1:1 the file is empty, but must contain a map of keys",
    ]);
  });
  test("is refused if it has only comments", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `# nothing

`,
      }),
    ).toEqual(["clusters/a.example.com.yaml:1:1 the file is empty, but must contain a map of keys"]);
  });
  test("is refused if it is null", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `null
`,
      }),
    ).toEqual(["clusters/a.example.com.yaml:1:1 the file is empty, but must contain a map of keys"]);
  });
  test("is refused if its document is empty", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `---
`,
      }),
    ).toEqual(["clusters/a.example.com.yaml:1:1 the file is empty, but must contain a map of keys"]);
  });
  test("is accepted with anchors, aliases and merge keys", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
tfvars:
  common: { aws_region: us-east-1 }
  workers:
    - &base
      name: general
      min_size: 2
      max_size: 4
    - <<: *base
      name: more
      max_size: 1
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:12:17 tfvars.workers[more].max_size: must be at least min_size (2), but is 1",
    ]);
  });
  test("is refused with an alias without an anchor", () => {
    expect(problemsIn({ worker: "labels: *nothing" })).toEqual([
      "8:15 tfvars.workers[general].labels: no anchor &nothing is defined before the alias *nothing. Use the name of an earlier anchor",
    ]);
  });
  test("is refused with an alias of itself", () => {
    expect(problemsIn({ addons: "coredns: { values: &a { b: *a } }" })).toEqual([
      "9:32 tfvars.addons.coredns.values.b: the alias *a contains itself. Write the value out",
    ]);
  });
  test("is refused with a merge key whose value is no map", () => {
    expect(problemsIn({ worker: "<<: 5" })).toEqual([
      "8:11 tfvars.workers[general].<<: merges maps, so it must be an alias of a map, or a list of such aliases",
    ]);
  });
  test("is refused if aliases expand to more than 20,000 values", () => {
    expect(
      problemsIn({
        addons: `coredns:
  values:
    a: &a [x,x,x,x,x,x,x,x,x,x]
    b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]
    c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]
    d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]
    e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]
    f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]
    g: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f,*f]`,
      }),
    ).toEqual(["1:1 aliases expand this file to more than 20000 values. Write the values out, or use fewer aliases"]);
  });
  test("is refused with a directive for YAML 1.1", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `%YAML 1.1
---
meta:
  CLUSTER_NAME: a.example.com
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:1:1 a %YAML line of another version changes the meaning of values. Remove it",
    ]);
  });
  test("is refused with a tag", () => {
    expect(problemsIn({ meta: "OWNER: !vault abc" })).toEqual([
      "3:10 unresolved tag: !vault. Remove the tag, the word that starts with !",
    ]);
  });
  test("is refused with a binary tag", () => {
    expect(problemsIn({ meta: "OWNER: !!binary aGVsbG8=" })).toEqual([
      "3:19 meta.OWNER: has a tag that is not supported. Remove the word that starts with !",
    ]);
  });
  test("is accepted with a text tag", () => {
    expect(problemsIn({ meta: "OWNER: !!str abc" })).toEqual([]);
  });
  test("is refused with a colon in plain text", () => {
    expect(problemsIn({ meta: "OWNER: team: platform" })).toEqual([
      "3:10 is not valid YAML: this line has a second `: `. Put text that contains one into quotes",
    ]);
  });
  test("is refused with bad indentation", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: a.example.com
 TIER: production
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:3:1 is not valid YAML: this line is indented less or more than its neighbours",
    ]);
  });
  test("is refused with an open quote", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `meta:
  CLUSTER_NAME: "a.example.com
`,
      }),
    ).toEqual([`clusters/a.example.com.yaml:3:1 is not valid YAML: missing closing "quote`]);
  });
  test("is refused with a value that begins with %", () => {
    expect(problemsIn({ meta: "OWNER: %abc" })).toEqual([
      "3:10 is not valid YAML: plain text cannot start with this character. Put it into quotes",
    ]);
  });
  test("is refused with a value that begins with @", () => {
    expect(problemsIn({ meta: "OWNER: @abc" })).toEqual([
      "3:10 is not valid YAML: plain text cannot start with this character. Put it into quotes",
    ]);
  });
  test("is refused with an invalid escape", () => {
    expect(problemsIn({ meta: 'OWNER: "\\q"' })).toEqual(["3:11 is not valid YAML: invalid escape sequence \\q"]);
  });
  test("is refused with a map as a key", () => {
    expect(problemsIn({ worker: "labels: { ? {a: b} : c }" })).toEqual([
      "8:15 tfvars.workers[general].labels: a key of this map is not plain text. Write it as a word",
    ]);
  });
  test("is refused with keys that JavaScript objects have", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}__proto__: x
constructor: y
toString: z
`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:8:1 __proto__: cannot be a key, because JavaScript reserves it. Use another word",
      'clusters/a.example.com.yaml:9:1 constructor: unknown key "constructor". Known keys: meta, tfvars',
      'clusters/a.example.com.yaml:10:1 toString: unknown key "toString". Known keys: meta, tfvars',
    ]);
  });
  test("is refused with keys that are not text", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}1: x
true: y
null: z
1.30: w
"a\\u001b[31m b": v
`,
      }),
    ).toEqual([
      'clusters/a.example.com.yaml:8:1 1: unknown key "1". Known keys: meta, tfvars',
      'clusters/a.example.com.yaml:9:1 true: unknown key "true". Known keys: meta, tfvars',
      'clusters/a.example.com.yaml:10:1 null: unknown key "null". Known keys: meta, tfvars',
      'clusters/a.example.com.yaml:11:1 1.30: unknown key "1.30". Known keys: meta, tfvars',
      `clusters/a.example.com.yaml:12:1 "a\\u001b[31m b": unknown key "a\\u001b[31m b". Known keys: meta, tfvars`,
    ]);
  });
  test("is refused with an empty key", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}  common2: {}
  : x
`,
      }),
    ).toEqual([
      `clusters/a.example.com.yaml:8:3 tfvars.common2: unknown key "common2". Did you mean "common"?`,
      `clusters/a.example.com.yaml:9:1 tfvars."": unknown key "". Known keys: common, addons, cluster, workers, rollout, networking, node_pools, extra_charts and 5 more; see docs/definition-reference.md#tfvars`,
    ]);
  });
});
