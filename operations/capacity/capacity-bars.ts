import { picture, rectangle, text } from "../svg/svg";
import type { CapacityReport, SubnetCapacity } from "./report";

const WIDTH = 960;
const LEFT = 20;
const BAR_LEFT = 380;
const BAR = WIDTH - LEFT - BAR_LEFT - 120;
const ROW = 22;

const COLOURS = { room: "#e8eef4", fixed: "#8a8f98", groups: "#2f6db3", pools: "#7c55b8", over: "#c62828" };

/** Returns a picture of how full subnets get: a bar for each, with what is fixed, what groups need and what pools need. */
export function capacityBars({ clusters, first, growth }: CapacityReport): string {
  const lines: string[] = [];
  let y = LEFT;
  for (const { name, pods, pods_that_fit, subnets } of clusters) {
    y += 12;
    lines.push(text(name, { x: LEFT, y: y + 16, "font-size": 18, "font-weight": "bold" }));
    y += 26;
    const summary =
      subnets.length === 0 ? "The sizes of its subnets are unknown" : `${pods_that_fit} of ${pods} pods get an address`;
    lines.push(text(summary, { x: LEFT, y: y + 12, "font-size": 12 }));
    y += 20;
    for (const subnet of subnets) {
      lines.push(...row(subnet, y));
      y += ROW;
    }
  }
  const end = first === null ? "" : ` ${first.cidr} of ${first.cluster} has no address left on ${first.runs_out}.`;
  const growing = growth === null ? "" : ` Growth: ${growth}.`;
  const description = `Addresses that each subnet needs at most, of those that it has.${growing}${end}`;
  return picture({ title: "Capacity of subnets", description, width: WIDTH, height: y + LEFT }, lines);
}

function row(subnet: SubnetCapacity, y: number): readonly string[] {
  const { addresses, cidr, fixed, full_percent, needed, pools, runs_out, tier, zone } = subnet;
  const width = (part: number): number => (BAR * part) / addresses;
  const groups = needed - fixed;
  const parts = [
    { title: `fixed: ${fixed}`, of: fixed, fill: COLOURS.fixed },
    { title: `worker groups: ${groups}`, of: groups, fill: needed > addresses ? COLOURS.over : COLOURS.groups },
    { title: `node pools: ${pools}`, of: pools, fill: needed + pools > addresses ? COLOURS.over : COLOURS.pools },
  ];
  let used = 0;
  const bars = parts.flatMap(({ fill, of, title }) => {
    const [from, to] = [Math.min(used, addresses), Math.min(used + of, addresses)];
    used += of;
    if (to === from) return [];
    return [rectangle(title, { x: BAR_LEFT + width(from), y, width: width(to - from), height: ROW - 8, fill })];
  });
  const end = runs_out === null ? "" : `, ${runs_out}`;
  return [
    text(`${tier} ${cidr} ${zone}`, { x: LEFT, y: y + 12, "font-size": 12 }),
    rectangle(`${cidr}: ${needed} of ${addresses} addresses`, {
      x: BAR_LEFT,
      y,
      width: BAR,
      height: ROW - 8,
      fill: COLOURS.room,
    }),
    ...bars,
    text(`${full_percent} %${end}`, { x: BAR_LEFT + BAR + 8, y: y + 12, "font-size": 12 }),
  ];
}
