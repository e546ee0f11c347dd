import { createColors } from "picocolors";
import { visible } from "../../../language/problem";
import type { StatusReport } from "../../../operations/rollout/report";
import { type Cell, table } from "../../shared/table";
import type { Terminal } from "../../shared/terminal";
import { heldLines } from "./held-text";
import { shortTime } from "./next-text";

/** Returns the progress of every wave, and the decisions that require a person. */
export function statusText(
  { attention, emergencies, held, now, running, waves }: StatusReport,
  terminal: Terminal,
): string {
  const { bold, red } = createColors(terminal.colours);
  const rows = waves.flatMap(({ halted, name, releases }): Cell[][] =>
    releases.length === 0
      ? [[name, "", "no cluster", ""]]
      : releases.map(({ clusters, done, healthy_since, release, soaked_at }, index) => [
          index === 0 ? name : "",
          release,
          `${done} of ${clusters} done`,
          halted !== null ? { text: "halted", paint: red } : soakText(healthy_since, soaked_at, now),
        ]),
  );
  const sections = [
    table(["wave", "release", "clusters", "state"], rows, terminal),
    ...section(
      bold("Under way"),
      running.map(
        ({ cluster, lease_until, runner, since }) =>
          `${cluster}: ${visible(runner)} since ${shortTime(since)}, lease until ${shortTime(lease_until)}`,
      ),
    ),
    ...section(
      bold("Emergencies"),
      emergencies.map(
        ({ clusters, reason, until, who }) =>
          `${clusters.join(", ")}: ${visible(who)}, until ${shortTime(until)} (${visible(reason)})`,
      ),
    ),
    ...section(bold("Held"), heldLines(held)),
    ...section(
      bold("Waits for a person"),
      attention.flatMap(({ cluster, command, kind, what }) => [
        `${cluster ?? kind}: ${shortTime(visible(what))}`,
        ...(command === null ? [] : [`  ${command}`]),
      ]),
    ),
  ];
  return sections.join("\n\n");
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [[title, ...lines.map((line) => `  ${line}`)].join("\n")];
}

function soakText(healthy: string | null, soaked: string | null, now: string): string {
  if (healthy === null || soaked === null) return "";
  return soaked <= now ? `healthy since ${shortTime(healthy)}` : `soaks until ${shortTime(soaked)}`;
}
