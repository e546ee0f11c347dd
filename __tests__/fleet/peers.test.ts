import { loadWithPeers, peersFirst } from "../../fleet/peers";

const cluster = (name: string, ...peers: readonly string[]) => ({ name, peers: peers.map((each) => ({ name: each })) });
const [A, B, C, D] = [cluster("a", "c"), cluster("b"), cluster("c", "d", "b"), cluster("d")];
const names = (clusters: readonly { readonly name: string }[]) => clusters.map(({ name }) => name);

test("clusters come after those whose networks they read, and otherwise in their order", () => {
  expect(names(peersFirst([A, B, C, D]))).toEqual(["d", "b", "c", "a"]);
  expect(names(peersFirst([D, B]))).toEqual(["d", "b"]);
});

test("a cluster alone brings those whose networks it reads, directly or not", () => {
  expect(names(peersFirst([A], [A, B, C, D]))).toEqual(["d", "b", "c", "a"]);
  expect(names(peersFirst([A], [A, C]))).toEqual(["c", "a"]);

  const loads: string[] = [];
  const all = [A, B, C, D];
  const loaded = loadWithPeers(["a"], (wanted) => {
    loads.push(wanted.join());
    return all.filter(({ name }) => wanted.includes(name));
  });
  expect([names(loaded), loads]).toEqual([
    ["a", "b", "c", "d"],
    ["a", "a,c", "a,c,d,b"],
  ]);
});

test("a peer that does not exist, as in a version that is refused, is loaded once", () => {
  expect(names(loadWithPeers(["a"], () => [A]))).toEqual(["a"]);
});
