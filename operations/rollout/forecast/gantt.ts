import { element, picture, rectangle, text } from "../../svg/svg";
import type { RolloutPlan } from "../report";

/** Returns a Gantt chart in Mermaid, which GitHub and GitLab draw in Markdown. */
export function ganttOf({ starts, waves }: Pick<RolloutPlan, "starts" | "waves">): string {
  const sections = waves.flatMap(({ name }) => {
    const own = starts.filter(({ wave }) => wave === name);
    if (own.length === 0) return [];
    return [
      `  section ${name}`,
      ...own.map(
        ({ cluster, ends, release, starts: begin }) =>
          `  ${plain(`${cluster} ${release}`)} :${minute(begin)}, ${minute(ends)}`,
      ),
    ];
  });
  return ["gantt", "  title Rollout", "  dateFormat YYYY-MM-DDTHH:mm", "  axisFormat %d %b", ...sections, ""].join(
    "\n",
  );
}

/** A colon and a semicolon end a name in Mermaid. */
const plain = (name: string): string => name.replace(/[:;#,]/g, " ");
const minute = (time: string): string => time.slice(0, 16);

const WIDTH = 960;
const LEFT = 20;
const BARS = 330;
const ROW = 20;
const COLOURS = ["#2f6db3", "#7c55b8", "#2e7d5b", "#b3552f", "#5b6770"];
const DAY = 24 * 60 * 60 * 1000;

/** Returns a picture of the same: a row for each cluster, a bar for each change. */
export function rolloutPicture(
  { now, starts, until, waves }: Pick<RolloutPlan, "now" | "starts" | "until" | "waves">,
  title = "Rollout",
): string {
  const begin = Date.parse(now);
  const last = Math.max(begin + DAY, ...starts.map(({ ends }) => Date.parse(ends)));
  const end = Math.min(Date.parse(until), last + (last - begin) * 0.03);
  const x = (time: string | number): number =>
    BARS + ((WIDTH - LEFT - BARS) * ((typeof time === "string" ? Date.parse(time) : time) - begin)) / (end - begin);
  const lines: string[] = [];
  let y = LEFT + 40;
  for (const [index, { name }] of waves.entries()) {
    const own = starts.filter(({ wave }) => wave === name);
    if (own.length === 0) continue;
    lines.push(text(name, { x: LEFT, y: y + 14, "font-size": 15, "font-weight": "bold" }));
    y += 24;
    for (const cluster of [...new Set(own.map((each) => each.cluster))]) {
      lines.push(text(cluster, { x: LEFT, y: y + 13, "font-size": 12 }));
      for (const each of own.filter((other) => other.cluster === cluster)) {
        const label = `${cluster}: ${each.release}, ${each.starts} to ${each.ends}`;
        const width = Math.max(3, x(each.ends) - x(each.starts));
        lines.push(
          rectangle(label, {
            x: x(each.starts),
            y: y + 3,
            width,
            height: ROW - 8,
            fill: COLOURS[index % COLOURS.length] ?? "#2f6db3",
          }),
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
