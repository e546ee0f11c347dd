import { element, picture, rectangle, text } from "../../svg/svg";
import type { HeldCluster } from "../held";
import type { RolloutPlan } from "../report";

/** Returns a Gantt chart in Mermaid, which GitHub and GitLab draw in Markdown. Holds last until their end. */
export function ganttOf({ held, now, starts, waves }: Pick<RolloutPlan, "held" | "now" | "starts" | "waves">): string {
  const bar = (name: string, tag: string, begin: string, end: string): string =>
    `  ${plain(name)} :${tag}${begin.slice(0, 16)}, ${end.slice(0, 16)}`;
  const sections = waves.map(({ name }) => ({
    name,
    bars: starts
      .filter(({ wave }) => wave === name)
      .map(({ cluster, ends, release, starts: begin }) => bar(`${cluster} ${release}`, "", begin, ends)),
  }));
  const holds = held.map((each) => bar(`${each.cluster} stays on ${each.release}`, "done, ", now, endOf(each)));
  return [
    "gantt",
    "  title Rollout",
    "  dateFormat YYYY-MM-DDTHH:mm",
    "  axisFormat %d %b",
    ...[...sections, { name: HELD, bars: holds }].flatMap(({ bars, name }) =>
      bars.length === 0 ? [] : [`  section ${name}`, ...bars],
    ),
    "",
  ].join("\n");
}

const HELD = "Held";

/** The end of a hold's last day, as in RFC 3339. */
const endOf = ({ until }: HeldCluster): string => new Date(Date.parse(until) + DAY).toISOString();

/** A colon and a semicolon end a name in Mermaid. */
const plain = (name: string): string => name.replace(/[:;#,]/g, " ");

const WIDTH = 960;
const LEFT = 20;
const BARS = 330;
const ROW = 20;
const COLOURS = ["#2f6db3", "#7c55b8", "#2e7d5b", "#b3552f", "#5b6770"];
const DAY = 24 * 60 * 60 * 1000;

interface Bar {
  readonly cluster: string;
  readonly starts: string;
  readonly ends: string;
  readonly label: string;
}

/** Returns a picture of the same: a row for each cluster, a bar for each change, and grey ones for holds. */
export function rolloutPicture(
  { held, now, starts, until, waves }: Pick<RolloutPlan, "held" | "now" | "starts" | "until" | "waves">,
  title = "Rollout",
): string {
  const begin = Date.parse(now);
  const last = Math.max(begin + DAY, ...starts.map(({ ends }) => Date.parse(ends)));
  const end = Math.min(Date.parse(until), last + (last - begin) * 0.03);
  const x = (time: string | number): number =>
    BARS + ((WIDTH - LEFT - BARS) * ((typeof time === "string" ? Date.parse(time) : time) - begin)) / (end - begin);
  const sections = waves.map(({ name }, index) => ({
    name,
    fill: COLOURS[index % COLOURS.length] ?? "#2f6db3",
    bars: starts
      .filter(({ wave }) => wave === name)
      .map((each): Bar => ({ ...each, label: `${each.release}, ${each.starts} to ${each.ends}` })),
  }));
  const holds = held.map((each): Bar => {
    const ends = new Date(Math.min(Date.parse(endOf(each)), end)).toISOString();
    return { cluster: each.cluster, starts: now, ends, label: `stays on ${each.release} until ${each.until}` };
  });
  const lines: string[] = [];
  let y = LEFT + 40;
  for (const { bars, fill, name } of [...sections, { name: HELD, fill: "#a5adb8", bars: holds }]) {
    if (bars.length === 0) continue;
    lines.push(text(name, { x: LEFT, y: y + 14, "font-size": 15, "font-weight": "bold" }));
    y += 24;
    for (const cluster of [...new Set(bars.map((each) => each.cluster))]) {
      lines.push(text(cluster, { x: LEFT, y: y + 13, "font-size": 12 }));
      for (const each of bars.filter((other) => other.cluster === cluster)) {
        const width = Math.max(3, x(each.ends) - x(each.starts));
        lines.push(
          rectangle(`${cluster}: ${each.label}`, { x: x(each.starts), y: y + 3, width, height: ROW - 8, fill }),
        );
      }
      y += ROW;
    }
    y += 8;
  }
  const height = y + LEFT;
  return picture({ title, description: `${starts.length} changes, from ${now} on`, width: WIDTH, height }, [
    text(title, { x: LEFT, y: LEFT + 10, "font-size": 18 }),
    ...axis(begin, end, x, height),
    ...lines,
  ]);
}

/** Days between two lines of the axis. */
const STEPS = [1, 2, 7, 14, 30];

function axis(begin: number, end: number, x: (time: number) => number, height: number): string[] {
  const step = (STEPS.find((days) => (end - begin) / (days * DAY) <= 12) ?? 60) * DAY;
  const first = Math.ceil(begin / DAY) * DAY;
  return Array.from(
    { length: Math.max(0, Math.floor((end - first) / step) + 1) },
    (_, index) => first + index * step,
  ).flatMap((time) => [
    element("line", { x1: x(time), x2: x(time), y1: LEFT + 28, y2: height - 10, stroke: "#d5dbe3" }),
    text(new Date(time).toISOString().slice(5, 10), {
      x: x(time),
      y: LEFT + 24,
      "font-size": 11,
      "text-anchor": "middle",
    }),
  ]);
}
