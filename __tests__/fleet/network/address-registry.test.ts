import { rangesReport } from "../../../cli/ranges";
import { registerRanges } from "../../../fleet/network/address-registry";
import { account, clusterOf } from "../../support/cluster";

const office = {
  ...account,
  name: "office",
  cidr_pools: ["10.0.0.0/14"],
  reserved_cidrs: [{ cidr: "10.2.0.0/16", reason: "the data centre" }],
};
const cluster = (name: string, vpc_cidr: string, service_ipv4_cidr = "172.20.0.0/16") =>
  clusterOf({ networking: { vpc_cidr }, cluster: { service_ipv4_cidr } }, { name, account: office });

const CLUSTERS = [cluster("a.example.com", "10.1.128.0/17"), cluster("b.example.com", "10.0.0.0/16", "172.16.0.0/16")];

test("who has which addresses, and what is left of the pools", () => {
  expect(registerRanges([office], CLUSTERS)).toEqual([
    {
      account: "office",
      ranges: [
        { cidr: "10.0.0.0/16", use: "cluster", by: "b.example.com" },
        { cidr: "10.1.0.0/17", use: "free", by: "" },
        { cidr: "10.1.128.0/17", use: "cluster", by: "a.example.com" },
        { cidr: "10.2.0.0/16", use: "reserved", by: "the data centre" },
        { cidr: "10.3.0.0/16", use: "free", by: "" },
      ],
      services: [
        { cidr: "172.20.0.0/16", clusters: 1 },
        { cidr: "172.16.0.0/16", clusters: 1 },
      ],
    },
  ]);
});

test("an account with no cluster is all free, one without pools lists only what is used", () => {
  const [empty, unlimited] = registerRanges(
    [
      { ...office, name: "new" },
      { ...office, cidr_pools: [] },
    ],
    CLUSTERS,
  );

  expect(empty?.ranges.map(({ cidr, use }) => `${cidr} ${use}`)).toEqual([
    "10.0.0.0/15 free",
    "10.2.0.0/16 reserved",
    "10.3.0.0/16 free",
  ]);
  expect(unlimited?.ranges.map(({ use }) => use)).toEqual(["cluster", "cluster", "reserved"]);
});

test("the report is a table an account", () => {
  const lines = rangesReport({ accounts: [office], clusters: CLUSTERS }).split("\n");

  expect(lines[0]).toBe("office");
  expect(lines.filter((line) => /[a-z]/.test(line)).map((line) => line.replaceAll(/[│ ]+/g, " ").trim())).toEqual([
    "office",
    "range addresses use of",
    "10.0.0.0/16 65,536 cluster b.example.com",
    "10.1.0.0/17 32,768 free",
    "10.1.128.0/17 32,768 cluster a.example.com",
    "10.2.0.0/16 65,536 reserved the data centre",
    "10.3.0.0/16 65,536 free",
    "172.20.0.0/16 65,536 services 1 cluster",
    "172.16.0.0/16 65,536 services 1 cluster",
  ]);
});
