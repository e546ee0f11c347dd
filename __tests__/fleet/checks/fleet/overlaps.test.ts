import { checkOverlaps, type Ranged } from "../../../../fleet/checks/fleet/overlaps";
import { clusterOf } from "../../../support/cluster";

const { meta, tfvars } = clusterOf();

function ranged(name: string, vpc_cidr: string, ACCOUNT = "reference", connected_to: readonly string[] = []): Ranged {
  const networking = { ...tfvars.networking, vpc_cidr, connected_to };
  return { name, account: undefined, definition: { meta: { ...meta, ACCOUNT }, tfvars: { ...tfvars, networking } } };
}

const overlapsOf = (...clusters: readonly Ranged[]): unknown =>
  Object.fromEntries(
    [
      ...checkOverlaps(
        clusters,
        clusters.map(({ name }) => name),
      ),
    ].map(([name, findings]) => [name, findings.map(({ message }) => message)]),
  );

describe("ranges of clusters", () => {
  test("that nest are each reported once, at the cluster with the later name", () => {
    expect(overlapsOf(ranged("c", "10.0.0.0/16"), ranged("b", "10.0.16.0/20"), ranged("a", "10.0.17.0/24"))).toEqual({
      b: ["10.0.16.0/20 overlaps 10.0.17.0/24 of a, which shares account reference. Choose another range"],
      c: [
        "10.0.0.0/16 overlaps 10.0.16.0/20 of b, which shares account reference. Choose another range",
        "10.0.0.0/16 overlaps 10.0.17.0/24 of a, which shares account reference. Choose another range",
      ],
    });
  });

  test("that are adjacent do not overlap", () => {
    expect(overlapsOf(ranged("a", "10.0.0.0/17"), ranged("b", "10.0.128.0/17"), ranged("c", "10.1.0.0/16"))).toEqual(
      {},
    );
  });

  test("that are the same are each reported with each earlier cluster", () => {
    const [a, b, c] = ["a", "b", "c"].map((name) => ranged(name, "10.0.0.0/16")) as [Ranged, Ranged, Ranged];
    const same = (name: string): string =>
      `10.0.0.0/16 overlaps 10.0.0.0/16 of ${name}, which shares account reference. Choose another range`;

    expect(overlapsOf(a, b, c)).toEqual({ b: [same("a")], c: [same("a"), same("b")] });
  });

  test("of two accounts are compared only if the clusters are connected", () => {
    const a = ranged("a", "10.0.0.0/16", "one");
    expect(overlapsOf(a, ranged("b", "10.0.0.0/16", "two"))).toEqual({});
    const message = "10.0.0.0/16 overlaps 10.0.0.0/16 of a, which is connected to it. Choose another range";
    expect(overlapsOf(a, ranged("b", "10.0.0.0/16", "two", ["a"]))).toEqual({ b: [message] });
    expect(overlapsOf(ranged("a", "10.0.0.0/16", "one", ["b"]), ranged("b", "10.0.0.0/16", "two", ["a"]))).toEqual({
      b: [message],
    });
  });

  const withBlocks = (it: Ranged, blocks: readonly string[], more: object = {}): Ranged => {
    const networking = { ...it.definition.tfvars.networking, secondary_cidr_blocks: blocks, ...more };
    return { ...it, definition: { ...it.definition, tfvars: { ...it.definition.tfvars, networking } } };
  };

  test("are compared with secondary blocks, except for the shared address space", () => {
    const a = withBlocks(ranged("a", "10.0.0.0/16"), ["10.2.0.0/16", "100.64.0.0/16"]);

    expect(overlapsOf(a, withBlocks(ranged("b", "10.1.0.0/16"), ["10.2.128.0/17", "100.64.0.0/16"]))).toEqual({
      b: ["10.2.128.0/17 overlaps 10.2.0.0/16 of a, which shares account reference. Choose another range"],
    });
    expect(overlapsOf(a, ranged("b", "10.2.0.0/20"))).toEqual({
      b: ["10.2.0.0/20 overlaps 10.2.0.0/16 of a, which shares account reference. Choose another range"],
    });
  });

  test("of a cluster are each compared with the same range", () => {
    expect(overlapsOf(ranged("a", "10.0.0.0/16"), withBlocks(ranged("b", "10.0.0.0/20"), ["10.0.64.0/20"]))).toEqual({
      b: [
        "10.0.0.0/20 overlaps 10.0.0.0/16 of a, which shares account reference. Choose another range",
        "10.0.64.0/20 overlaps 10.0.0.0/16 of a, which shares account reference. Choose another range",
      ],
    });
  });

  test.each([
    ["100.64.0.0/16", "the first of the shared address space", false],
    ["100.127.0.0/16", "the last of the shared address space", false],
    ["100.63.0.0/16", "just before the shared address space", true],
    ["100.128.0.0/16", "just after the shared address space", true],
  ])("secondary block %s, %s, overlaps: %s", (block, _, overlaps) => {
    const a = withBlocks(ranged("a", "10.0.0.0/16"), [block]);
    const b = withBlocks(ranged("b", "10.1.0.0/16"), [block]);
    expect(Object.keys(overlapsOf(a, b) as object)).toEqual(overlaps ? ["b"] : []);
  });

  test("of one existing VPC can be the same", () => {
    const inVpc = (it: Ranged, existing_vpc: object): Ranged =>
      withBlocks(it, [], { existing_vpc: { ...tfvars.networking.existing_vpc, ...existing_vpc } });
    const a = ranged("a", "10.0.0.0/16");
    const b = ranged("b", "10.0.0.0/16");

    expect(overlapsOf(inVpc(a, { vpc_id: "vpc-1" }), inVpc(b, { vpc_id: "vpc-1" }))).toEqual({});
    expect(overlapsOf(inVpc(a, { vpc_tags: { x: "1", y: "2" } }), inVpc(b, { vpc_tags: { y: "2", x: "1" } }))).toEqual(
      {},
    );
    expect(overlapsOf(inVpc(a, { vpc_id: "vpc-1" }), inVpc(b, { vpc_id: "vpc-2" }))).toEqual({
      b: ["10.0.0.0/16 overlaps 10.0.0.0/16 of a, which shares account reference. Choose another range"],
    });
    const owner = {
      ...a,
      definition: { ...a.definition, meta: { ...a.definition.meta, CLUSTER_NAME: "a.example.com" } },
    };
    expect(overlapsOf(owner, inVpc(b, { vpc_tags: { Cluster: "a.example.com" } }))).toEqual({});
    expect(Object.keys(overlapsOf(owner, inVpc(b, { vpc_tags: { Cluster: "c.example.com" } })) as object)).toEqual([
      "b",
    ]);
  });

  test("of connected clusters in one account are reported once", () => {
    expect(overlapsOf(ranged("a", "10.0.0.0/16"), ranged("b", "10.0.0.0/16", "reference", ["a"]))).toEqual({
      b: ["10.0.0.0/16 overlaps 10.0.0.0/16 of a, which shares account reference. Choose another range"],
    });
  });
});
