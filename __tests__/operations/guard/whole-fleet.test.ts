import { change, type Json, judge, OPEN, plan, rulesOf } from "./support";

const touched = change("aws_vpc.a", ["update"], { id: "vpc-1" }, { id: "vpc-1" });
const unchanged = change("aws_vpc.a", ["no-op"], { id: "vpc-1" }, { id: "vpc-1" });
const ended = change("aws_eip.a", ["delete"], { id: "eip-1" }, null);
const of = (cluster: string, stack: string, changes: readonly Json[], tier = "development") =>
  plan(changes, {}, { Cluster: cluster, Stack: stack, Tier: tier });

describe("clusters-at-once", () => {
  const three = (changed: readonly string[], stack = "networking") =>
    Object.fromEntries(
      ["a", "b", "c"].map((name) => [
        `${name}.json`,
        of(`${name}.example.com`, stack, [changed.includes(name) ? touched : unchanged]),
      ]),
    );
  const one = { development: { max_clusters_at_once: 2 } };

  test("stops as many clusters as the tier allows, and one more", () => {
    const { findings } = judge(three(["a", "b", "c"]), one);

    expect(findings.map(({ address, cluster, loses, rule }) => [rule, cluster, address, loses])).toEqual([
      [
        "clusters-at-once",
        "a.example.com",
        "development",
        "changes 3 clusters of the tier at once, at most 2: a.example.com, b.example.com, c.example.com",
      ],
    ]);
  });

  test("passes as many clusters as the tier allows, because a plan without changes does not count", () => {
    expect(judge(three(["a", "c"]), one).findings).toEqual([]);
  });

  test("counts several stacks of a cluster once", () => {
    const plans = {
      "n.json": of("a.example.com", "networking", [touched]),
      "e.json": of("a.example.com", "eks-cluster", [touched]),
    };

    expect(judge(plans, { development: { max_clusters_at_once: 1 } }).findings).toEqual([]);
  });
});

describe("stack-in-use", () => {
  const defined = { clusters: { "a.example.com": "development" } };
  const used = (report: ReturnType<typeof judge>) =>
    report.findings.filter(({ rule }) => rule === "stack-in-use").map(({ address, loses }) => [address, loses]);

  test("stops the destruction of a stack that other stacks of the definition still read", () => {
    expect(used(judge({ "n.json": of("a.example.com", "networking", [ended]) }, defined))).toEqual([
      [
        "networking",
        "destroys all of networking, which is still used by the stack eks-cluster, the stack eks-workers, the stack addons",
      ],
    ]);
  });

  test("stops it by the plan of a reader that stays, even without a definition", () => {
    const plans = {
      "c.json": of("a.example.com", "eks-cluster", [ended]),
      "w.json": of("a.example.com", "eks-workers", [unchanged]),
    };

    expect(used(judge(plans))).toEqual([
      ["eks-cluster", "destroys all of eks-cluster, which is still used by the stack eks-workers"],
    ]);
  });

  test("passes if every reader ends in the same call, or is empty", () => {
    const plans = {
      "n.json": of("a.example.com", "networking", [ended]),
      "c.json": of("a.example.com", "eks-cluster", [ended]),
      "w.json": of("a.example.com", "eks-workers", []),
      "a.json": of("a.example.com", "addons", [change("helm_release.a", ["delete"], {}, null)]),
    };

    expect(used(judge(plans, defined))).toEqual([]);
  });

  test("passes the last stack of a cluster without a definition", () => {
    expect(used(judge({ "n.json": of("a.example.com", "networking", [ended]) }))).toEqual([]);
  });

  test("passes a plan that destroys only a part of a stack", () => {
    expect(used(judge({ "n.json": of("a.example.com", "networking", [ended, unchanged]) }, defined))).toEqual([]);
  });

  test("stops the destruction of a network that another cluster's network is connected to", () => {
    const peers = { peers: { "a.example.com": ["b.example.com"] } };

    expect(used(judge({ "n.json": of("a.example.com", "networking", [ended]) }, peers))).toEqual([
      ["networking", "destroys all of networking, which is still used by the network of b.example.com"],
    ]);
  });
});

describe("the tier of a plan", () => {
  const gone = [
    change("aws_eip.a", ["delete"], { id: "eip-1", tags_all: { Cluster: "a.example.com", Tier: "production" } }, null),
  ];

  test("is the stricter one if the same plan moves the cluster to another tier", () => {
    expect(rulesOf(judge({ "a.json": of("a.example.com", "networking", gone) }))).toEqual(["protected-tier"]);
  });

  test("is also what the definition says", () => {
    const own = { clusters: { "a.example.com": "production" } };

    expect(judge({ "a.json": of("a.example.com", "addons", [ended]) }, own).plans[0]).toMatchObject({
      tiers: ["development", "production"],
      protected: true,
    });
  });

  test("counts as protected if it has no file", () => {
    expect(rulesOf(judge({ "a.json": of("a.example.com", "networking", [ended], "unheard-of") }))).toEqual([
      "protected-tier",
    ]);
  });

  test("counts as protected if the plan names none", () => {
    const bare = { ...plan([ended]), configuration: {} };

    expect(rulesOf(judge({ "plan.json": bare }))).toEqual(["protected-tier"]);
    expect(judge({ "plan.json": bare }).notes[0]?.message).toBe(
      "the plan names no cluster, so it is judged as one of a protected tier. Name the cluster with --cluster",
    );
  });
});

describe("the cluster of a plan", () => {
  const bare = { ...plan([]), configuration: {} };
  const clusters = { clusters: { "a.example.com": "development", "b.example.com": "development" } };
  const whose = (plans: Record<string, Json>, options: Parameters<typeof judge>[2] = {}) =>
    judge(plans, clusters, options).plans.map(({ cluster, stack }) => [cluster, stack]);

  test("is in the tags of the provider", () => {
    expect(whose({ "b-example-com-addons.json": of("a.example.com", "networking", []) })).toEqual([
      ["a.example.com", "networking"],
    ]);
  });

  test("is otherwise in the tags of most resources", () => {
    const tagged = (cluster: string) =>
      change("aws_vpc.a", ["no-op"], { tags_all: { Cluster: cluster, Stack: "networking" } }, {});
    const changes = [tagged("b.example.com"), tagged("a.example.com"), tagged("a.example.com")];

    expect(whose({ "x.json": { ...plan(changes), configuration: {} } })).toEqual([["a.example.com", "networking"]]);
  });

  test("is otherwise what --cluster names, and the stack is the file's name", () => {
    expect(whose({ "plans/eks-cluster.json": bare }, { cluster: "b.example.com" })).toEqual([
      ["b.example.com", "eks-cluster"],
    ]);
  });

  test("is otherwise in the file's name", () => {
    expect(whose({ "plans/b-example-com-eks-workers.json": bare })).toEqual([["b.example.com", "eks-workers"]]);
  });
});

test("a tier that allows everything does not stop a plan that destroys recreatable resources", () => {
  expect(judge({ "a.json": of("a.example.com", "networking", [ended]) }, { development: OPEN }).passed).toBe(true);
});
