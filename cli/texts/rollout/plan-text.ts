import { createColors } from "picocolors";
import { visible } from "../../../language/problem";
import type { RolloutPlan } from "../../../operations/rollout/report";
import { table } from "../../shared/table";
import type { Terminal } from "../../shared/terminal";
import { heldLines } from "./held-text";
import { shortTime } from "./next-text";

/** Returns the expected start of each cluster's change, and the changes that can never start. */
export function planText(
  { dead_ends, held, starts, unfinished, until, waves }: RolloutPlan,
  terminal: Terminal,
): string {
  const { bold, red } = createColors(terminal.colours);
  const rows = starts.map(({ cluster, ends, release, starts: begin, wave }) => [
    shortTime(begin),
    shortTime(ends),
    cluster,
    wave,
    release,
  ]);
  const ends = waves.map(({ begins, ends: end, name, soaked }) => [
    name,
    begins === null ? "" : shortTime(begins),
    end === null ? "not finished" : shortTime(end),
    soaked === null ? "" : shortTime(soaked),
  ]);
  return [
    starts.length === 0
      ? `Nothing starts before ${shortTime(until)}.`
      : table(
          [
            { title: "starts", whole: true },
            { title: "ends", whole: true },
            { title: "cluster", whole: true },
            "wave",
            "release",
          ],
          rows,
          terminal,
        ),
    table(["wave", "begins", "healthy", "soaked"], ends, terminal),
    ...(unfinished.length === 0
      ? []
      : [
          [
            bold(`Not done by ${shortTime(until)}`),
            ...unfinished.map(({ cluster, why }) => `  ${cluster}: ${shortTime(visible(why))}`),
          ].join("\n"),
        ]),
    ...(held.length === 0 ? [] : [[bold("Held"), ...heldLines(held).map((line) => `  ${line}`)].join("\n")]),
    ...(dead_ends.length === 0
      ? []
      : [[bold("Dead ends"), ...dead_ends.map(({ message }) => `  ${red(message)}`)].join("\n")]),
  ].join("\n\n");
}
