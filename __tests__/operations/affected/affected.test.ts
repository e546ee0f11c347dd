import { STACKS, type StackName, stackId } from "../../../fleet/model/stacks";
import type { PlainMap } from "../../../language/plain-map";
import { affectedBy } from "../../../operations/affected/affected";
import { affectedReport } from "../../../operations/affected/report";
import type { Changes } from "../../../operations/changes/changes";
import type { ClusterPair, StackPair } from "../../../operations/changes/pairs";

const state = (cluster: string, kind: string): PlainMap => ({ bucket: "b", key: `${cluster}/${kind}.tfstate` });

/** A stack of a cluster with one resource, one output and references to outputs, such as `networking.vpc_id`. */
function json(cluster: string, kind: StackName, { name = "n", output = "o", reads = [] as string[] } = {}): string {
  const producers = reads.map((each) => each.split(".")[0] ?? "");
  const stateOf = (producer: string): PlainMap =>
    producer.startsWith("peer_") ? state(producer.slice(5), "networking") : state(cluster, producer);
  return JSON.stringify({
    terraform: { backend: { s3: state(cluster, kind) } },
    data: { terraform_remote_state: Object.fromEntries(producers.map((each) => [each, { config: stateOf(each) }])) },
    resource: {
      aws_iam_role: {
        a: { name, tags: reads.map((each) => `\${data.terraform_remote_state.${each.replace(".", ".outputs.")}}`) },
      },
    },
    output: { id: { value: output } },
  });
}

const stack = (cluster: string, kind: StackName, before: object | null, after: object | null): StackPair => ({
  stack: stackId(cluster, kind),
  kind,
  before: before === null ? undefined : json(cluster, kind, before),
  after: after === null ? undefined : json(cluster, kind, after),
});

/** A cluster whose stacks each read the one before, some of them changed. */
function cluster(
  name: string,
  status: ClusterPair["status"],
  changed: Partial<Record<StackName, object>> = {},
): ClusterPair {
  const stacks = STACKS.map((kind, index) => {
    const same = { reads: index === 0 ? [] : [`${STACKS[index - 1]}.id`] };
    return stack(
      name,
      kind,
      status === "added" || status === "unknown" ? null : same,
      status === "removed" ? null : { ...same, ...changed[kind] },
    );
  });
  return { cluster: name, status, stacks };
}

const BASE: Changes["base"] = {
  ref: "main",
  commit: "0123456789",
  program: "same",
  has_definitions: true,
  refused: undefined,
};

async function affected(clusters: readonly ClusterPair[], most = 256) {
  async function* pairs() {
    yield* clusters;
  }
  const report = await affectedBy({ base: BASE, errors: [], refused: undefined, pairs: pairs() }, most);
  expect(affectedReport.parse(report)).toEqual(report);
  return report;
}

const told = async (...clusters: readonly ClusterPair[]): Promise<string[]> =>
  (await affected(clusters)).stacks.map(
    ({ action, reasons, stack: name, wave }) => `${wave} ${action} ${name}: ${reasons.join("; ")}`,
  );

test("lists stacks whose JSON differs, and those that read a changed output", async () => {
  expect(await told(cluster("a", "changed", { "eks-cluster": { name: "m" } }))).toEqual([
    "0 apply a-eks-cluster: 1 resource changes",
  ]);
  expect(await told(cluster("a", "changed", { "eks-cluster": { output: "p" } }))).toEqual([
    "0 apply a-eks-cluster: outputs change: id",
    "1 apply a-eks-workers: reads output id of a-eks-cluster, which changes",
  ]);
});

test("lists stacks of other clusters that read a changed output", async () => {
  const reader: ClusterPair = {
    cluster: "c",
    status: "same",
    stacks: [stack("c", "networking", { reads: ["peer_a.id"] }, { reads: ["peer_a.id"] })],
  };

  expect(await told(cluster("a", "changed", { networking: { output: "p" } }), reader)).toEqual([
    "0 apply a-networking: outputs change: id",
    "1 apply a-eks-cluster: reads output id of a-networking, which changes",
    "1 apply c-networking: reads output id of a-networking, which changes",
  ]);
});

test("applies a new cluster in order, and destroys one that is gone in the opposite order", async () => {
  expect(await told(cluster("a", "added"), cluster("b", "removed"))).toEqual([
    "0 apply a-networking: the cluster is new",
    "0 destroy b-addons: the definition of the cluster is gone",
    "1 apply a-eks-cluster: the cluster is new",
    "1 destroy b-eks-workers: the definition of the cluster is gone",
    "2 apply a-eks-workers: the cluster is new",
    "2 destroy b-eks-cluster: the definition of the cluster is gone",
    "3 apply a-addons: the cluster is new",
    "3 destroy b-networking: the definition of the cluster is gone",
  ]);
});

test("lists every stack of a cluster that cannot be compared", async () => {
  const { stacks } = await affected([cluster("a", "unknown")]);
  expect(stacks.map(({ action, stack: name }) => `${action} ${name}`)).toEqual([
    "apply a-networking",
    "apply a-eks-cluster",
    "apply a-eks-workers",
    "apply a-addons",
  ]);
});

test("shares the stacks among shards, a cluster's in one", async () => {
  const { shards } = await affected([cluster("a", "added"), cluster("b", "removed"), cluster("c", "added")], 2);

  expect(shards).toEqual([
    { index: 0, resources: 8, stacks: STACKS.flatMap((kind) => [`a-${kind}`, `c-${kind}`]) },
    { index: 1, resources: 4, stacks: STACKS.map((kind) => `b-${kind}`).reverse() },
  ]);
});

test("equal stacks affect nothing", async () => {
  expect(await affected([cluster("a", "same")])).toMatchObject({ stacks: [], shards: [] });
});

test("a stack that a cluster no longer has is destroyed", async () => {
  const changed = cluster("a", "changed", { networking: { name: "other" } });
  const gone = stack("a", "addons", { reads: ["networking.id"] }, null);
  const { stacks } = await affected([{ ...changed, stacks: [...changed.stacks.slice(0, 3), gone] }]);

  expect(stacks.filter(({ action }) => action === "destroy")).toMatchObject([
    { stack: "a-addons", reasons: ["the cluster's definition no longer has the stack"] },
  ]);
});
