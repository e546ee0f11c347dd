import { problemsOf, SMALLEST } from "../../support/definitions";

describe("overlapping ranges", () => {
  test("one name in two files makes no overlap of a cluster with itself", () => {
    expect(
      problemsOf({ "clusters/a.example.com.yaml": SMALLEST, "clusters/team/a.example.com.yaml": SMALLEST }),
    ).toEqual([
      "clusters/team/a.example.com.yaml:2:17 meta.CLUSTER_NAME: is the name of the cluster in clusters/a.example.com.yaml too: each cluster has a name of its own",
    ]);
  });
});
