import type { Cluster } from "../../fleet/model/cluster";
import { SUBNET_TIERS, type SubnetTier } from "../../language/words/subnet-tiers";
import { picture, rectangle, text } from "../svg/svg";
import { type Block, blockOf, holds, sizeOf, touches } from "./blocks";
import type { AccountSpace, AddressSpace } from "./report";

const WIDTH = 960;
const LEFT = 20;
const BAR = WIDTH - 2 * LEFT;
/** A cluster must be visible in a pool that is a thousand times as large. */
const LEAST_WIDTH = 3;

const COLOURS: Readonly<Record<"free" | "cluster" | "reserved", string>> = {
  free: "#e8eef4",
  cluster: "#2f6db3",
  reserved: "#8a8f98",
};
const OVERLAP = "#c62828";
const TIER_COLOURS: Readonly<Record<SubnetTier, string>> = {
  private: "#2f6db3",
  public: "#e08a1e",
  intra: "#3c8d5a",
  pod: "#7c55b8",
  database: "#a0522d",
};

/** Elements below each other. */
class Page {
  readonly lines: string[] = [];
  height = LEFT;

  heading(content: string): void {
    this.height += 12;
    this.lines.push(text(content, { x: LEFT, y: this.height + 16, "font-size": 18, "font-weight": "bold" }));
    this.height += 26;
  }

  label(content: string): void {
    this.lines.push(text(content, { x: LEFT, y: this.height + 12, "font-size": 12 }));
    this.height += 18;
  }

  bar(thickness: number, draw: (y: number) => readonly string[]): void {
    this.lines.push(...draw(this.height));
    this.height += thickness + 10;
  }
}

/** Returns a picture of address space: a bar for each pool with who has what, and a bar for each VPC with its subnets. */
export function addressMap(space: AddressSpace, clusters: readonly Cluster[]): string {
  const page = new Page();
  for (const account of space.accounts) drawAccount(page, account, space.overlaps, clusters);
  if (space.overlaps.length > 0) {
    page.heading("Overlaps between connected accounts");
    for (const { a, b, because } of space.overlaps)
      page.label(`${a.cidr} of ${a.account} and ${b.cidr} of ${b.account}: ${because}`);
  }
  const names = space.accounts.map(({ account }) => account).join(", ");
  const description = `Pools and VPCs of ${names || "no account"}, to scale within each bar. Red frames mark overlaps: ${space.overlaps.length}.`;
  return picture({ title: "Address space", description, width: WIDTH, height: page.height + LEFT }, page.lines);
}

type Overlaps = AddressSpace["overlaps"];

function drawAccount(page: Page, space: AccountSpace, overlaps: Overlaps, clusters: readonly Cluster[]): void {
  page.heading(`Account ${space.account}`);
  for (const { addresses, cidr, used } of space.pools) {
    const share = ((100 * used) / addresses).toFixed(1);
    page.label(`Pool ${cidr}: ${addresses.toLocaleString("en")} addresses, ${share} % used`);
    page.bar(28, (y) => [
      rectangle(`pool ${cidr}`, { x: LEFT, y, width: BAR, height: 28, fill: COLOURS.free }),
      // Free ranges first, so that the least width of a used one covers them and not the other way round.
      ...[...space.ranges]
        .filter((range) => touches(blockOf(cidr), blockOf(range.cidr)))
        .sort((a, b) => Number(a.use !== "free") - Number(b.use !== "free"))
        .map(({ by, cidr: range, use }) =>
          rectangle(`${range}: ${use}${by === "" ? "" : `, ${by}`}`, {
            ...place(blockOf(cidr), blockOf(range)),
            y,
            height: 28,
            fill: COLOURS[use],
            ...frame(overlaps.some((each) => isSide(each, space.account, range))),
          }),
        ),
    ]);
  }
  for (const cluster of clusters.filter(({ account }) => account.name === space.account))
    drawVpcs(page, space, cluster, overlaps);
}

function drawVpcs(page: Page, space: AccountSpace, cluster: Cluster, overlaps: Overlaps): void {
  const vpcs = space.ranges.filter(({ by, use }) => use === "cluster" && by === cluster.name);
  for (const { cidr, pool } of vpcs) {
    const vpc = blockOf(cidr);
    page.label(`${cluster.name}: ${cidr}${pool === null && space.pools.length > 0 ? ", outside the pools" : ""}`);
    page.bar(16, (y) => [
      rectangle(`${cidr}: VPC of ${cluster.name}`, {
        x: LEFT,
        y,
        width: BAR,
        height: 16,
        fill: COLOURS.free,
        ...frame(overlaps.some((each) => isSide(each, space.account, cidr))),
      }),
      ...cluster.subnets.flatMap((zone) =>
        SUBNET_TIERS.flatMap((tier) => {
          const range = zone[tier];
          if (range === undefined || !holds(vpc, blockOf(range))) return [];
          const title = `${range}: ${tier}, ${zone.zone}`;
          const colours = { fill: TIER_COLOURS[tier], stroke: "#ffffff", "stroke-width": 0.5 };
          return [rectangle(title, { ...place(vpc, blockOf(range)), y, height: 16, ...colours })];
        }),
      ),
    ]);
  }
}

function isSide({ a, b }: Overlaps[number], account: string, cidr: string): boolean {
  return [a, b].some((side) => side.account === account && side.cidr === cidr);
}

function frame(overlaps: boolean): { readonly stroke?: string; readonly "stroke-width"?: number } {
  return overlaps ? { stroke: OVERLAP, "stroke-width": 2 } : {};
}

/** Returns the position of a block in the bar of a larger one, with a visible minimum width. */
function place(outer: Block, inner: Block): { readonly x: number; readonly width: number } {
  if (holds(inner, outer)) return { x: LEFT, width: BAR };
  const share = (part: bigint): number => (BAR * Number(part)) / Number(sizeOf(outer));
  const width = Math.max(LEAST_WIDTH, share(sizeOf(inner)));
  return { x: LEFT + Math.min(share(inner.first - outer.first), BAR - width), width };
}
