import { join } from "node:path";
import { buildFleet, resolveFleet } from "../../../fleet/load";
import { loadWithPeers, peersFirst } from "../../../fleet/peers";
import { synthesize } from "../../../operations/changes/changes";
import { rehearse } from "../../../operations/rehearse/rehearse";
import { withWorkFolder } from "../../../operations/rehearse/work-folder";
import { checkRelease, type Rehearse } from "../../../operations/release/check-release";
import type { Definitions } from "../../../operations/release/promoted-fleet";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import type { ExitCode } from "../../shared/exit-code";
import { untilInterrupted } from "../../shared/interrupt";
import { printJson, printText } from "../../shared/print";
import { step } from "../../shared/step";
import { terraformVersion } from "../../shared/terraform-version";
import { releaseCheckText } from "../../texts/release/release-text";
import { definitionsOf } from "./open-layers";

type Flags = {
  readonly channel: readonly string[];
  readonly "no-rehearse": boolean;
  readonly today: string | undefined;
};

export const run = action(async ({ flags, json, positionals: [release = ""] }: Input<Flags>): Promise<ExitCode> => {
  const rehearses = !flags["no-rehearse"];
  if (rehearses) terraformVersion(); // an error now, and not after everything is synthesized
  const report = await checkRelease(
    definitionsOf(flags.today),
    release,
    flags.channel,
    rehearses ? rehearseSample : undefined,
  );
  if (json) printJson(report);
  else printText(releaseCheckText(report));
  return report.errors.length > 0 || report.rehearsed.some(({ failed }) => failed !== null) ? 2 : 0;
});

/** Applies each cluster's current release to a simulated cloud, and then the new release. */
const rehearseSample: Rehearse = (before, after, names) => {
  const rehearseIn = async (folder: string, signal: AbortSignal) => {
    const load = ({ directory, shipped, today }: Definitions, select: readonly string[]) =>
      buildFleet(resolveFleet({ directory, shipped, today, select: select.join(",") })).clusters;
    if (names.length === 0) return [];
    const withPeers = loadWithPeers(names, (each) => load(after, each));
    const every = withPeers.map(({ name }) => name);
    const chosen = withPeers.filter(({ name }) => names.includes(name));
    const output = (name: string): string => join(folder, name);
    await step("synthesize a sample with both releases", async () => {
      await synthesize(output("before"), load(before, every), before);
      await synthesize(output("after"), withPeers, after);
    });
    const reports = await rehearse(
      chosen.map((cluster) => ({
        cluster: cluster.name,
        slug: cluster.slug,
        before: output("before"),
        after: output("after"),
        peers: peersFirst([cluster], withPeers).flatMap(({ name, slug }) => (name === cluster.name ? [] : [slug])),
      })),
      { work: folder, signal, step },
    );
    return reports.map(({ cluster, failed, stacks }) => {
      const left = stacks.flatMap((each) => each.left);
      const reason = left.length > 0 ? `a second plan would still change ${left.length} resources` : null;
      return { cluster, failed: failed === null ? reason : `${failed.stack}: ${failed.message}` };
    });
  };
  return untilInterrupted((signal) => withWorkFolder((folder) => rehearseIn(folder, signal)));
};
