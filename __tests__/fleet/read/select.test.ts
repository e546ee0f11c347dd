import { definition } from "../../support/definition";
import { problemsOf, SMALLEST } from "../../support/definitions";

describe("CLUSTER_NAME", () => {
  test("suggests a name for an unknown one", () => {
    expect(problemsOf({ "clusters/a.example.com.yaml": SMALLEST }, { select: "b.example.com" })).toEqual([
      `CLUSTER_NAME: no cluster is named "b.example.com". Did you mean "a.example.com"?`,
    ]);
  });
  test("refuses a glob that matches no cluster, beside a name that exists", () => {
    expect(problemsOf({ "clusters/a.example.com.yaml": SMALLEST }, { select: "zz*,a.example.com" })).toEqual([
      `CLUSTER_NAME: no cluster's name matches "zz*". Known: a.example.com`,
    ]);
  });
  test("refuses a selection of blanks and commas", () => {
    expect(problemsOf({ "clusters/a.example.com.yaml": SMALLEST }, { select: " , " })).toEqual([
      "CLUSTER_NAME: is empty. Set a name or a glob, or unset it to select every cluster",
    ]);
  });
  test("ignores errors in files that are not selected", () => {
    expect(
      problemsOf(
        { "clusters/a.example.com.yaml": SMALLEST, "clusters/b.example.com.yaml": "[", "accounts/unused.yaml": "[" },
        { select: "a.example.com" },
      ),
    ).toEqual([]);
  });
  test("refuses a selected cluster whose slug another cluster has", () => {
    expect(
      problemsOf(
        {
          "clusters/a.b-c.yaml": definition({}, "a.b-c"),
          "clusters/a-b.c.yaml": definition({}, "a-b.c"),
        },
        { select: "a-b.c" },
      ),
    ).toEqual([
      "clusters/a-b.c.yaml:2:17 meta.CLUSTER_NAME: has the same stack and cluster names as a.b-c, because dots become dashes. Rename one of them",
    ]);
  });
  test("refuses a pattern that begins with an exclamation mark, which would select every other cluster", () => {
    expect(problemsOf({ "clusters/a.example.com.yaml": SMALLEST }, { select: "!x" })).toEqual([
      `CLUSTER_NAME: must not begin with "!", got "!x", which would select every other cluster. Name the clusters that you mean`,
    ]);
  });
});
