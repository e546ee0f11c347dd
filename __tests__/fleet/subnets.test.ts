import fc from "fast-check";
import { contains, overlaps } from "../../fleet/cidr";
import { layOutSubnets, tierPrefixLength, tiersThatDoNotFit } from "../../fleet/subnets";
import { TIERS } from "../../fleet/tiers";
import { clusterOf } from "../support/cluster";

const { networking: defaults } = clusterOf().tfvars;
const ZONES = ["a", "b", "c", "d", "e", "f"];
const prefix = fc.option(fc.integer({ min: 16, max: 28 }), { nil: null });
const layouts = fc
  .record({
    vpc: fc.integer({ min: 16, max: 24 }),
    private: prefix,
    public: prefix,
    intra: prefix,
    zones: fc.integer({ min: 2, max: 6 }),
  })
  .map(({ vpc, zones, ...subnet_prefix_lengths }) => ({
    networking: { ...defaults, vpc_cidr: `10.0.0.0/${vpc}`, subnet_prefix_lengths },
    zones: ZONES.slice(0, zones),
  }))
  .filter(({ networking, zones }) => tiersThatDoNotFit(networking, zones.length).length === 0);

const ranges = (layout: ReturnType<typeof layOutSubnets>): string[] =>
  layout.flatMap((zone) => TIERS.map((tier) => zone[tier]));

describe("the subnets of a VPC", () => {
  test("never overlap, and lie inside of it", () => {
    fc.assert(
      fc.property(layouts, ({ networking, zones }) => {
        const all = ranges(layOutSubnets(networking, zones));
        expect(all).toHaveLength(zones.length * 3);
        for (const [index, range] of all.entries()) {
          expect(contains(networking.vpc_cidr, range)).toBe(true);
          expect(all.slice(0, index).filter((other) => overlaps(other, range))).toEqual([]);
        }
      }),
    );
  });

  test("stay where they are when a zone is added at the end", () => {
    fc.assert(
      fc.property(layouts, ({ networking, zones }) => {
        const fewer = zones.slice(0, -1);
        expect(layOutSubnets(networking, zones).slice(0, -1)).toEqual(layOutSubnets(networking, fewer));
      }),
    );
  });

  test("of the defaults", () => {
    expect(layOutSubnets(defaults, ["x", "y", "z"])).toEqual([
      { zone: "x", private: "10.0.0.0/20", public: "10.0.128.0/24", intra: "10.0.192.0/24" },
      { zone: "y", private: "10.0.16.0/20", public: "10.0.129.0/24", intra: "10.0.193.0/24" },
      { zone: "z", private: "10.0.32.0/20", public: "10.0.130.0/24", intra: "10.0.194.0/24" },
    ]);
  });

  test("are no smaller than a VPC takes", () => {
    expect(tierPrefixLength({ ...defaults, vpc_cidr: "10.0.0.0/22" }, "public")).toBe(28);
    expect(tierPrefixLength({ ...defaults, vpc_cidr: "10.0.0.0/20" }, "public")).toBe(28);
    expect(tierPrefixLength({ ...defaults, vpc_cidr: "10.0.0.0/19" }, "public")).toBe(27);
  });

  test("that do not fit are named by tier", () => {
    expect(tiersThatDoNotFit({ ...defaults, vpc_cidr: "10.0.0.0/24" }, 2)).toEqual([]);
    expect(tiersThatDoNotFit({ ...defaults, vpc_cidr: "10.0.0.0/24" }, 3)).toEqual(["public", "intra"]);
    expect(() => layOutSubnets({ ...defaults, vpc_cidr: "10.0.0.0/24" }, ["x", "y", "z"])).toThrow(
      "no public subnet of 10.0.0.0/24 is left for z",
    );
  });
});
