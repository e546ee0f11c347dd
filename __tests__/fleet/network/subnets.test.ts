import fc from "fast-check";
import type { ZoneSubnets } from "../../../fleet/model/cluster";
import { kindsThatDoNotFit, layOutSubnets, podTier, tierPrefixLength } from "../../../fleet/network/subnets";
import { contains, overlaps } from "../../../language/words/cidr";
import { SUBNET_TIERS } from "../../../language/words/subnet-tiers";
import { clusterOf } from "../../support/cluster";
import { cases } from "../../support/jest/cases";

const { networking: defaults } = clusterOf().tfvars;
const ZONES = ["a", "b", "c", "d", "e", "f"];
const LOCAL_ZONES = ["l1", "l2"];
const BLOCKS = ["100.64.0.0/16", "100.65.0.0/18"];
const prefix = fc.option(fc.integer({ min: 16, max: 28 }), { nil: null });
const layouts = fc
  .record({
    vpc: fc.integer({ min: 16, max: 24 }),
    private: prefix,
    public: prefix,
    intra: prefix,
    pod: prefix,
    database: prefix,
    local_private: prefix,
    local_public: prefix,
    zones: fc.integer({ min: 2, max: 6 }),
    local: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ vpc, zones, local, ...subnet_prefix_lengths }) => ({
    networking: {
      ...defaults,
      vpc_cidr: `10.0.0.0/${vpc}`,
      subnet_tiers: SUBNET_TIERS,
      secondary_cidr_blocks: BLOCKS,
      local_zones: LOCAL_ZONES.slice(0, local),
      subnet_prefix_lengths,
    },
    zones: ZONES.slice(0, zones),
  }))
  .filter(({ networking, zones }) => kindsThatDoNotFit(networking, zones.length).length === 0);

const rangesOf = ({ zone: _, ...ranges }: ZoneSubnets): string[] => Object.values(ranges);

const LAYOUTS = cases({ all: 100, quick: 30 });

describe("the subnets of a VPC", () => {
  test("never overlap, and are inside the VPC, those of pods in the secondary blocks", () => {
    fc.assert(
      fc.property(layouts, ({ networking, zones }) => {
        const layout = layOutSubnets(networking, zones);
        const all = layout.flatMap(rangesOf);
        expect(all).toHaveLength(zones.length * 5 + networking.local_zones.length * 2);
        for (const [index, range] of all.entries()) {
          expect(all.slice(0, index).filter((other) => overlaps(other, range))).toEqual([]);
        }
        for (const { zone: _, pod, ...others } of layout) {
          for (const range of Object.values(others)) expect(contains(networking.vpc_cidr, range)).toBe(true);
          if (pod !== undefined) expect(BLOCKS.some((block) => contains(block, pod))).toBe(true);
        }
      }),
      { numRuns: LAYOUTS },
    );
  });

  test("keep their ranges when a zone, a local zone, a tier or a block is added", () => {
    fc.assert(
      fc.property(layouts, ({ networking, zones }) => {
        const all = layOutSubnets(networking, zones);
        const find = (zone: string) => all.find((each) => each.zone === zone);
        for (const fewer of [
          layOutSubnets(networking, zones.slice(0, -1)),
          layOutSubnets({ ...networking, local_zones: networking.local_zones.slice(0, -1) }, zones),
          layOutSubnets({ ...networking, subnet_tiers: ["private"] }, zones),
        ]) {
          for (const zone of fewer) expect(find(zone.zone)).toMatchObject(zone);
        }
        const more = layOutSubnets({ ...networking, secondary_cidr_blocks: [...BLOCKS, "100.66.0.0/16"] }, zones);
        expect(more).toEqual(all);
      }),
      { numRuns: LAYOUTS },
    );
  });

  test("have these ranges by default", () => {
    expect(layOutSubnets(defaults, ["x", "y", "z"])).toEqual([
      { zone: "x", private: "10.0.0.0/20", public: "10.0.128.0/24", intra: "10.0.192.0/24" },
      { zone: "y", private: "10.0.16.0/20", public: "10.0.129.0/24", intra: "10.0.193.0/24" },
      { zone: "z", private: "10.0.32.0/20", public: "10.0.130.0/24", intra: "10.0.194.0/24" },
    ]);
  });

  test("are not smaller than AWS accepts", () => {
    expect(tierPrefixLength({ ...defaults, vpc_cidr: "10.0.0.0/22" }, "public")).toBe(28);
    expect(tierPrefixLength({ ...defaults, vpc_cidr: "10.0.0.0/20" }, "public")).toBe(28);
    expect(tierPrefixLength({ ...defaults, vpc_cidr: "10.0.0.0/19" }, "public")).toBe(27);
  });

  test("have these ranges with every tier and a local zone", () => {
    const networking = {
      ...defaults,
      subnet_tiers: SUBNET_TIERS,
      secondary_cidr_blocks: ["100.64.0.0/16"],
      local_zones: ["l"],
    };

    expect(layOutSubnets(networking, ["x", "y"])).toEqual([
      {
        zone: "x",
        private: "10.0.0.0/20",
        public: "10.0.128.0/24",
        intra: "10.0.192.0/24",
        pod: "100.64.0.0/19",
        database: "10.0.224.0/24",
      },
      {
        zone: "y",
        private: "10.0.16.0/20",
        public: "10.0.129.0/24",
        intra: "10.0.193.0/24",
        pod: "100.64.32.0/19",
        database: "10.0.225.0/24",
      },
      { zone: "l", private: "10.0.160.0/22", public: "10.0.176.0/24" },
    ]);
  });

  test("of pods continue in the next block if one is full", () => {
    const networking = {
      ...defaults,
      subnet_tiers: ["private", "pod"] as const,
      secondary_cidr_blocks: ["100.64.0.0/18", "100.65.0.0/18"],
      subnet_prefix_lengths: { ...defaults.subnet_prefix_lengths, pod: 19 },
    };

    expect(layOutSubnets(networking, ["x", "y", "z"]).map(({ pod }) => pod)).toEqual([
      "100.64.0.0/19",
      "100.64.32.0/19",
      "100.65.0.0/19",
    ]);
    expect(kindsThatDoNotFit(networking, 4)).toEqual([]);
    expect(kindsThatDoNotFit(networking, 5)).toEqual(["pod"]);
  });

  test("are not computed in an existing VPC", () => {
    const existing_vpc = { ...defaults.existing_vpc, vpc_id: "vpc-1" };

    expect(layOutSubnets({ ...defaults, existing_vpc }, ["x"])).toEqual([]);
  });

  test("are never public in a private network", () => {
    const [first] = layOutSubnets({ ...defaults, private: true }, ["x"]);

    expect(first).toEqual({ zone: "x", private: "10.0.0.0/20", intra: "10.0.192.0/24" });
  });

  test("that do not fit are named by tier", () => {
    expect(kindsThatDoNotFit({ ...defaults, vpc_cidr: "10.0.0.0/24" }, 2)).toEqual([]);
    expect(kindsThatDoNotFit({ ...defaults, vpc_cidr: "10.0.0.0/24" }, 3)).toEqual(["public", "intra"]);
    expect(() => layOutSubnets({ ...defaults, vpc_cidr: "10.0.0.0/24" }, ["x", "y", "z"])).toThrow(
      "no public subnet of 10.0.0.0/24 is left for z",
    );
  });
});

test.each([
  [["private"], null, "private"],
  [["private", "pod"], null, "pod"],
  [["private", "pod"], true, "pod"],
  [["private", "pod"], false, "private"],
] as const)(
  "with tiers %j and custom_networking %s pods have addresses of the tier %s",
  (subnet_tiers, custom_networking, tier) => {
    const { tfvars } = clusterOf({
      networking: { subnet_tiers, secondary_cidr_blocks: ["100.64.0.0/16"] },
      cluster: { vpc_cni: { custom_networking } },
    });

    expect(podTier(tfvars)).toBe(tier);
  },
);
