import { addressMap } from "../../../operations/cidr/address-map";
import { addressSpace } from "../../../operations/cidr/address-space";
import { account, clusterOf } from "../../support/cluster";
import { elementsOf, readXml } from "../../support/drawings/xml";

const office = {
  ...account,
  name: "office",
  cidr_pools: ["10.0.0.0/14"],
  reserved_cidrs: [{ cidr: "10.2.0.0/15", reason: 'a "centre" <of> data & more\u0001' }],
};
const A = clusterOf({ networking: { vpc_cidr: "10.0.0.0/16" } }, { name: "a.example.com", account: office });
const SMALL = clusterOf(
  { networking: { vpc_cidr: "10.1.255.0/24", availability_zones: 2 } },
  { name: "b.example.com", account: office },
);

const mapOf = (clusters = [A], overlaps: ReturnType<typeof addressSpace>["overlaps"] = [], of = office) =>
  addressMap({ ...addressSpace([of], clusters), overlaps }, clusters);

/** Returns the rectangles with a title: its text, and where each begins and ends, as shares of the bar. */
const bars = (svg: string) =>
  elementsOf(readXml(svg), "rect").flatMap((rect) => {
    const [x, width] = ["x", "width"].map((name) => Number(rect.getAttribute(name)));
    const title = rect.textContent ?? "";
    return title === "" ? [] : [{ title, from: ((x ?? 0) - 20) / 920, to: ((x ?? 0) + (width ?? 0) - 20) / 920 }];
  });

test("is to scale: ranges begin and end where they do in the pool, and subnets where they do in the VPC", () => {
  const shown = Object.fromEntries(bars(mapOf()).map(({ title, from, to }) => [title, [from, to]]));

  expect(shown).toMatchObject({
    "pool 10.0.0.0/14": [0, 1],
    "10.0.0.0/16: cluster, a.example.com": [0, 0.25],
    "10.1.0.0/16: free": [0.25, 0.5],
    "10.0.0.0/16: VPC of a.example.com": [0, 1],
    "10.0.16.0/20: private, eu-west-1b": [0.0625, 0.125],
  });
  expect(Object.keys(shown)).toHaveLength(14);
});

test("a range too small to see is 3 pixels wide, and stays in the bar and above free ranges", () => {
  const shown = bars(mapOf([SMALL]));
  const place = shown.findIndex(({ title }) => title.startsWith("10.1.255.0/24: cluster"));

  expect((shown[place]?.to ?? 0) - (shown[place]?.from ?? 0)).toBeCloseTo(3 / 920, 4);
  expect(place).toBeGreaterThan(shown.findLastIndex(({ title }) => title.endsWith(": free")));
  const last = clusterOf(
    { networking: { vpc_cidr: "10.3.255.0/24", availability_zones: 2 } },
    { name: "b.example.com", account: office },
  );
  expect(Math.max(...bars(mapOf([last])).map(({ to }) => to))).toBe(1);
});

test("a range that is larger than the pool fills it", () => {
  const full = { ...office, cidr_pools: ["10.2.0.0/24"] };

  expect(bars(mapOf([], [], full)).map(({ title, from, to }) => [title.split(":")[0], from, to])).toEqual([
    ["pool 10.2.0.0/24", 0, 1],
    ["10.2.0.0/15", 0, 1],
  ]);
});

test("titles are text, whatever they contain", () => {
  expect(bars(mapOf()).map(({ title }) => title)).toContain('10.2.0.0/15: reserved, a "centre" <of> data & more?');
});

test("overlaps have a red frame, and a line that says why", () => {
  const side = { account: "office", cidr: "10.0.0.0/16", use: "cluster" as const, by: "a.example.com" };
  const because = "a.example.com is peered with x.example.com";
  const svg = mapOf([A], [{ a: { ...side, account: "other", cidr: "10.0.0.0/17" }, b: side, because }]);
  const framed = elementsOf(readXml(svg), "rect").filter((rect) => rect.getAttribute("stroke") === "#c62828");

  expect(framed.map((rect) => rect.textContent)).toEqual([
    "10.0.0.0/16: cluster, a.example.com",
    "10.0.0.0/16: VPC of a.example.com",
  ]);
  expect(elementsOf(readXml(svg), "text").map(({ textContent }) => textContent)).toContain(
    `10.0.0.0/17 of other and 10.0.0.0/16 of office: ${because}`,
  );
});

test("has a description for screen readers", () => {
  const root = readXml(mapOf()).documentElement;
  const [title, description] = ["title", "desc"].map((name) => elementsOf(readXml(mapOf()), name)[0]?.textContent);

  expect([root?.getAttribute("role"), root?.getAttribute("aria-labelledby")]).toEqual(["img", "title description"]);
  expect([title, description]).toEqual([
    "Address space",
    "Pools and VPCs of office, to scale within each bar. Red frames mark overlaps: 0.",
  ]);
});

test("a VPC outside the pools says so, and no account without pools has outsiders", () => {
  const outside = clusterOf({ networking: { vpc_cidr: "10.9.0.0/16" } }, { name: "a.example.com", account: office });
  const labels = (of: typeof office) =>
    elementsOf(readXml(mapOf([outside], [], of)), "text").map(({ textContent }) => textContent);

  expect(labels(office)).toContain("a.example.com: 10.9.0.0/16, outside the pools");
  expect(labels({ ...office, cidr_pools: [] })).toContain("a.example.com: 10.9.0.0/16");
});
