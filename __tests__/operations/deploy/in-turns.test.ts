import { inTurns } from "../../../operations/deploy/in-turns";
import type { ClusterDeploy } from "../../../operations/deploy/report";

const cluster = (name: string, ...peers: readonly string[]) => ({ name, peers: peers.map((each) => ({ name: each })) });
const report = (name: string, next: string | null = null): ClusterDeploy => ({ cluster: name, stacks: [], next });

/** Starts deploys, each of which ends when the test ends it. `whole` is the order in which they ended. */
async function running(parallel: number, ...clusters: readonly ReturnType<typeof cluster>[]) {
  const started: string[] = [];
  const ends = new Map<string, (end: ClusterDeploy | Error) => void>();
  const whole = inTurns(clusters, parallel, ({ name }) => {
    started.push(name);
    return new Promise((resolve, reject) => {
      ends.set(name, (end) => (end instanceof Error ? reject(end) : resolve(end)));
    });
  });
  whole.catch(() => undefined);
  const settled = () => new Promise(setImmediate);
  await settled();
  return {
    started,
    whole: () => whole.then((reports) => reports.map((each) => each.cluster)),
    end: async (name: string, end: ClusterDeploy | Error = report(name)) => {
      ends.get(name)?.(end);
      await settled();
    },
  };
}

test("a cluster waits for those whose networks it reads, however many may run at once", async () => {
  const { end, started, whole } = await running(3, cluster("b"), cluster("c", "b"), cluster("d"));
  expect(started).toEqual(["b", "d"]);
  await end("d");
  expect(started).toEqual(["b", "d"]);
  await end("b");
  expect(started).toEqual(["b", "d", "c"]);
  await end("c");
  expect(await whole()).toEqual(["d", "b", "c"]);
});

test("a peer that is not deployed now is not waited for", async () => {
  const { end, started, whole } = await running(1, cluster("a", "elsewhere"));
  await end("a");
  expect([started, await whole()]).toEqual([["a"], ["a"]]);
});

test("at most so many run at once", async () => {
  const { end, started } = await running(2, cluster("a"), cluster("b"), cluster("c"));
  expect(started).toEqual(["a", "b"]);
  await end("b");
  expect(started).toEqual(["a", "b", "c"]);
});

test("after one that did not end well no further one starts, and those that run are waited for", async () => {
  const { end, started, whole } = await running(2, cluster("a"), cluster("b"), cluster("c", "a"), cluster("d"));
  await end("a", report("a", "fleet deploy a"));
  expect(started).toEqual(["a", "b"]);
  await end("b");
  expect([started, await whole()]).toEqual([
    ["a", "b"],
    ["a", "b"],
  ]);
});

test("an error ends the whole once everything that has started has ended", async () => {
  const { end, started, whole } = await running(2, cluster("a"), cluster("b"), cluster("c"), cluster("d", "a"));
  let hasEnded = false;
  whole().catch(() => {
    hasEnded = true;
  });
  await end("a", new Error("no disk"));
  expect([started, hasEnded]).toEqual([["a", "b"], false]);
  await end("b");
  await expect(whole()).rejects.toThrow("no disk");
  expect(started).toEqual(["a", "b"]);
});
