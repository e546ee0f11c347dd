import type { Cluster, Tfvars } from "../../../fleet/model/cluster";
import { capacityOf } from "../../../operations/capacity/capacity";
import { capacityBars } from "../../../operations/capacity/capacity-bars";
import { capacityReport } from "../../../operations/capacity/report";
import { clusterOf, type Part, workerOf } from "../../support/cluster";
import { elementsOf, readXml } from "../../support/drawings/xml";

const WORKER = workerOf({ name: "general", instance_types: ["m6i.large"], max_size: 9, kind: "self_managed" });
const TODAY = "2026-11-30";

function cluster(name = "a.example.com", tfvars: Part<Tfvars> = {}): Cluster {
  return clusterOf({ workers: [WORKER], ...tfvars }, { name });
}
const zonal = { workers: [{ ...WORKER, availability_zones: ["eu-west-1c"] }] };
const small = { networking: { subnet_prefix_lengths: { private: 25 } } };
const percent = { kind: "percent", amount: 10, per: "month" } as const;
const pods = { kind: "pods", amount: 20, per: "week" } as const;

const rows = (of: Cluster, growth?: Parameters<typeof capacityOf>[2]) =>
  capacityOf([of], TODAY, growth).clusters[0]?.subnets.map(({ cidr, runs_out }) => `${cidr} ${runs_out}`);

test("has each subnet of a cluster, the fullest first", () => {
  const report = capacityOf([cluster("a.example.com", zonal)], TODAY);
  const intra = { tier: "intra", addresses: 251, needed: 6, fixed: 6, pools: 0, full_percent: 2 };
  const none = { pods: 0, pods_that_fit: 0, days: null, runs_out: null };

  expect(capacityReport.parse(report)).toEqual(report);
  expect(report).toEqual({
    version: 1,
    today: TODAY,
    growth: null,
    first: null,
    clusters: [
      {
        name: "a.example.com",
        pods: 261,
        pods_that_fit: 261,
        subnets: [
          {
            tier: "private",
            cidr: "10.0.32.0/20",
            zone: "eu-west-1c",
            addresses: 4091,
            needed: 270,
            fixed: 0,
            pools: 0,
            full_percent: 7,
            pods: 261,
            pods_that_fit: 261,
            days: null,
            runs_out: null,
          },
          { ...intra, cidr: "10.0.192.0/24", zone: "eu-west-1a", ...none },
          { ...intra, cidr: "10.0.193.0/24", zone: "eu-west-1b", ...none },
          { ...intra, cidr: "10.0.194.0/24", zone: "eu-west-1c", ...none },
        ],
      },
    ],
  });
});

test("a subnet of an existing VPC is not known", () => {
  const networking = { existing_vpc: { vpc_id: "vpc-0123456789abcdef0" } };

  expect(capacityOf([cluster("a.example.com", { networking })], TODAY).clusters).toEqual([
    { name: "a.example.com", pods: 0, pods_that_fit: 0, subnets: [] },
  ]);
});

test("a share grows what groups need, and what nothing grows never runs out", () => {
  // 90 of 123: 90 * 1.1^t > 123 from 3.277 months on, which are 99.8 days.
  expect(rows(cluster("a.example.com", small), percent)).toEqual([
    "10.0.0.0/25 2027-03-10",
    "10.0.0.128/25 2027-03-10",
    "10.0.1.0/25 2027-03-10",
    "10.0.192.0/24 null",
    "10.0.193.0/24 null",
    "10.0.194.0/24 null",
  ]);
});

test("new pods are spread over the zones, and each zone has its part of the nodes' own addresses", () => {
  // 33 addresses are left in each of 3 zones, and a pod needs 90/87 of an address: the 96th pod is too many, on day 34.
  expect(rows(cluster("a.example.com", small), pods)?.[0]).toBe("10.0.0.0/25 2027-01-03");
  // In one zone, it is the 32nd, on day 12.
  const one = cluster("a.example.com", {
    ...small,
    workers: [{ ...WORKER, max_size: 3, availability_zones: ["eu-west-1c"] }],
  });
  expect(rows(one, pods)?.[0]).toBe("10.0.1.0/25 2026-12-12");
});

test("the first of all subnets is named, and of several on one day that of the first cluster", () => {
  const growing = (name: string, workers = [WORKER]) => cluster(name, { ...small, workers });
  const larger = growing("c.example.com", [{ ...WORKER, max_size: 10 }]);

  expect(capacityOf([growing("b.example.com"), growing("a.example.com")], TODAY, percent).first).toEqual({
    cluster: "a.example.com",
    tier: "private",
    cidr: "10.0.0.0/25",
    zone: "eu-west-1a",
    runs_out: "2027-03-10",
  });
  expect(capacityOf([growing("a.example.com"), larger], TODAY, percent).first?.cluster).toBe("c.example.com");
  expect(capacityOf([growing("a.example.com")], TODAY, percent).growth).toBe("10 % per month");
});

describe("the picture", () => {
  const bars = (of: Cluster) =>
    elementsOf(readXml(capacityBars(capacityOf([of], TODAY, percent))), "rect").flatMap((rect) => {
      const title = rect.textContent ?? "";
      return title === "" ? [] : [[title, Number(rect.getAttribute("width")), rect.getAttribute("fill")]];
    });

  test("has a bar for each subnet, as long as its addresses are used", () => {
    expect(bars(cluster("a.example.com", zonal)).slice(0, 4)).toEqual([
      ["10.0.32.0/20: 270 of 4091 addresses", 440, "#e8eef4"],
      ["worker groups: 270", 29.04, "#2f6db3"],
      ["10.0.192.0/24: 6 of 251 addresses", 440, "#e8eef4"],
      ["fixed: 6", 10.52, "#8a8f98"],
    ]);
  });

  test("fills the bar of a subnet that needs more than it has, in red", () => {
    const full = cluster("a.example.com", { networking: { subnet_prefix_lengths: { private: 26 } } });

    expect(bars(full).slice(0, 2)).toEqual([
      ["10.0.0.0/26: 90 of 59 addresses", 440, "#e8eef4"],
      ["worker groups: 90", 440, "#c62828"],
    ]);
  });

  test("has a description of its content", () => {
    const svg = readXml(capacityBars(capacityOf([cluster("a.example.com", small)], TODAY, percent)));

    expect(elementsOf(svg, "desc")[0]?.textContent).toBe(
      "Addresses that each subnet needs at most, of those that it has. Growth: 10 % per month. 10.0.0.0/25 of a.example.com has no address left on 2027-03-10.",
    );
    expect(
      elementsOf(svg, "text")
        .slice(0, 4)
        .map(({ textContent }) => textContent),
    ).toEqual([
      "a.example.com",
      "261 of 261 pods get an address",
      "private 10.0.0.0/25 eu-west-1a",
      "73 %, 2027-03-10",
    ]);
  });
});
