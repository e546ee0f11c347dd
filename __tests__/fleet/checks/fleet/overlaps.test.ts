import { checkOverlaps, type Ranged } from "../../../../fleet/checks/fleet/overlaps";
import { clusterOf } from "../../../support/cluster";

const { meta, tfvars } = clusterOf();

function ranged(name: string, vpc_cidr: string, ACCOUNT = "reference", connected_to: readonly string[] = []): Ranged {
  const networking = { ...tfvars.networking, vpc_cidr, connected_to };
  return { name, account: undefined, definition: { meta: { ...meta, ACCOUNT }, tfvars: { ...tfvars, networking } } };
}

const told = (...clusters: readonly Ranged[]): unknown =>
  Object.fromEntries(
    [
      ...checkOverlaps(
        clusters,
        clusters.map(({ name }) => name),
      ),
    ].map(([name, findings]) => [name, findings.map(({ message }) => message)]),
  );

describe("ranges of clusters", () => {
  test("that nest are each told once, with the later name", () => {
    expect(told(ranged("c", "10.0.0.0/16"), ranged("b", "10.0.16.0/20"), ranged("a", "10.0.17.0/24"))).toEqual({
      b: ["10.0.16.0/20 overlaps 10.0.17.0/24 of a, which shares account reference"],
      c: [
        "10.0.0.0/16 overlaps 10.0.16.0/20 of b, which shares account reference",
        "10.0.0.0/16 overlaps 10.0.17.0/24 of a, which shares account reference",
      ],
    });
  });

  test("that only touch do not overlap", () => {
    expect(told(ranged("a", "10.0.0.0/17"), ranged("b", "10.0.128.0/17"), ranged("c", "10.1.0.0/16"))).toEqual({});
  });

  test("of two accounts matter only where the clusters are connected", () => {
    const a = ranged("a", "10.0.0.0/16", "one");
    expect(told(a, ranged("b", "10.0.0.0/16", "two"))).toEqual({});
    const message = "10.0.0.0/16 overlaps 10.0.0.0/16 of a, which is connected to it";
    expect(told(a, ranged("b", "10.0.0.0/16", "two", ["a"]))).toEqual({ b: [message] });
    expect(told(ranged("a", "10.0.0.0/16", "one", ["b"]), ranged("b", "10.0.0.0/16", "two", ["a"]))).toEqual({
      b: [message],
    });
  });

  const withBlocks = (it: Ranged, blocks: readonly string[], more: object = {}): Ranged => {
    const networking = { ...it.definition.tfvars.networking, secondary_cidr_blocks: blocks, ...more };
    return { ...it, definition: { ...it.definition, tfvars: { ...it.definition.tfvars, networking } } };
  };

  test("count with secondary blocks, but for shared address space, which is routed nowhere", () => {
    const a = withBlocks(ranged("a", "10.0.0.0/16"), ["10.2.0.0/16", "100.64.0.0/16"]);

    expect(told(a, withBlocks(ranged("b", "10.1.0.0/16"), ["10.2.128.0/17", "100.64.0.0/16"]))).toEqual({
      b: ["10.2.128.0/17 overlaps 10.2.0.0/16 of a, which shares account reference"],
    });
    expect(told(a, ranged("b", "10.2.0.0/20"))).toEqual({
      b: ["10.2.0.0/20 overlaps 10.2.0.0/16 of a, which shares account reference"],
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
    expect(Object.keys(told(a, b) as object)).toEqual(overlaps ? ["b"] : []);
  });

  test("of one VPC that exists are the same on purpose", () => {
    const inVpc = (it: Ranged, existing_vpc: object): Ranged =>
      withBlocks(it, [], { existing_vpc: { ...tfvars.networking.existing_vpc, ...existing_vpc } });
    const a = ranged("a", "10.0.0.0/16");
    const b = ranged("b", "10.0.0.0/16");

    expect(told(inVpc(a, { vpc_id: "vpc-1" }), inVpc(b, { vpc_id: "vpc-1" }))).toEqual({});
    expect(told(inVpc(a, { vpc_tags: { x: "1", y: "2" } }), inVpc(b, { vpc_tags: { y: "2", x: "1" } }))).toEqual({});
    expect(told(inVpc(a, { vpc_id: "vpc-1" }), inVpc(b, { vpc_id: "vpc-2" }))).toEqual({
      b: ["10.0.0.0/16 overlaps 10.0.0.0/16 of a, which shares account reference"],
    });
    const owner = {
      ...a,
      definition: { ...a.definition, meta: { ...a.definition.meta, CLUSTER_NAME: "a.example.com" } },
    };
    expect(told(owner, inVpc(b, { vpc_tags: { Cluster: "a.example.com" } }))).toEqual({});
    expect(Object.keys(told(owner, inVpc(b, { vpc_tags: { Cluster: "c.example.com" } })) as object)).toEqual(["b"]);
  });

  test("that overlap and are connected too are told once", () => {
    expect(told(ranged("a", "10.0.0.0/16"), ranged("b", "10.0.0.0/16", "reference", ["a"]))).toEqual({
      b: ["10.0.0.0/16 overlaps 10.0.0.0/16 of a, which shares account reference"],
    });
  });
});
