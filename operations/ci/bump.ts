import type { VersionsReport } from "../versions/report";
import { tableCell } from "./comment";

/** The proposed changes, and the versions that could not be compared. */
export interface Bump {
  /** Markdown of the pull request. */
  readonly body: string;
  readonly problems: readonly string[];
  /** False if no registry responded, so that newer versions may exist. */
  readonly reached: boolean;
}

/** Returns the pull request for what `fleet versions --write` found. */
export function bumpOf({ releases, written }: VersionsReport): Bump {
  const charts = releases.flatMap((release) => release.charts);
  const rows = [
    ...releases.flatMap(({ kubernetes }) =>
      kubernetes.flatMap(({ pins, version: minor }) =>
        pins.flatMap(({ newer, path, version }) =>
          newer === null
            ? []
            : [`| ${tableCell(path)}, Kubernetes ${minor} | ${tableCell(version)} | ${tableCell(newer)} |`],
        ),
      ),
    ),
    ...charts.flatMap(({ addon, newer, version }) =>
      newer === null ? [] : [`| ${tableCell(addon)} | ${tableCell(version)} | ${tableCell(newer.version)} |`],
    ),
  ];
  const files = written.length === 0 ? [] : [`Written: ${written.map((file) => `\`${file}\``).join(", ")}.`, ""];
  return {
    body: [
      ...files,
      ...(rows.length === 0 ? ["Nothing is newer."] : ["| pin | version | newer |", "| --- | --- | --- |", ...rows]),
      "",
    ].join("\n"),
    problems: [...new Set(charts.flatMap(({ not_checked }) => not_checked ?? []))],
    reached: charts.length === 0 || charts.some(({ not_checked }) => not_checked === null),
  };
}
