import fc from "fast-check";
import { peeringRings, type Reads } from "../../../../fleet/checks/fleet/peering-rings";
import { peersFirst } from "../../../../fleet/peers";
import { compareText } from "../../../../language/problem";

const NAMES = ["a", "b", "c", "d", "e", "f", "g"];
/** At most one connection between two clusters, in either direction. */
const connections = fc
  .uniqueArray(fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 2, maxLength: 2 }), {
    selector: (pair) => [...pair].sort(compareText).join(),
  })
  .map((pairs) => pairs.map(([from = "", to = ""]): Reads<undefined> => ({ from, to, connection: undefined })));

/** True if the networks can be applied one after the other. */
function hasOrder(reads: readonly Reads<undefined>[]): boolean {
  const order = peersFirst(
    NAMES.map((name) => ({
      name,
      peers: reads.filter(({ from }) => from === name).map(({ to }) => ({ name: to })),
    })),
  ).map(({ name }) => name);
  return reads.every(({ from, to }) => order.indexOf(to) < order.indexOf(from));
}

test("rings are found if there is no order of deploys, and turning their closing connections around leaves one", () => {
  fc.assert(
    fc.property(connections, (reads) => {
      const rings = peeringRings(reads);
      const closing = new Set(rings.map((ring) => ring.closing));
      const turned = reads.map((each) => (closing.has(each) ? { ...each, from: each.to, to: each.from } : each));

      expect(rings.length === 0).toBe(hasOrder(reads));
      expect(hasOrder(turned)).toBe(true);
      for (const { closing: last, clusters } of rings) {
        expect([clusters[0], clusters.at(-1)]).toEqual([last.to, last.from]);
        clusters.slice(1).forEach((to, index) => {
          expect(reads).toContainEqual({ from: clusters[index], to, connection: undefined });
        });
      }
    }),
  );
});

test("2 clusters that name each other, and one that names itself, are reported elsewhere", () => {
  const read = (from: string, to: string): Reads<undefined> => ({ from, to, connection: undefined });

  expect(peeringRings([read("a", "b"), read("b", "a"), read("c", "c")])).toEqual([]);
});
