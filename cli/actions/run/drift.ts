import { targetOf } from "../../../operations/deploy/stack-runner";
import { driftCluster } from "../../../operations/drift/drift-cluster";
import type { ClusterDrift, DriftReport } from "../../../operations/drift/report";
import { withDriftLines } from "../../../operations/drift/with-lines";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { dayOf, definitionsDirectory, shippedDirectory } from "../../shared/definitions";
import { worst } from "../../shared/exit-code";
import { untilInterrupted } from "../../shared/interrupt";
import { printJson, printText } from "../../shared/print";
import { prepareStack, synthesizeNamed } from "../../shared/stack-runs";
import { step } from "../../shared/step";
import { driftText } from "../../texts/drift-text";

type Flags = { readonly today: string | undefined };

export const run = action(async ({ flags, json, positionals }: Input<Flags>) => {
  const today = dayOf(flags.today);
  const clusters = await synthesizeNamed(positionals, today);
  const from = { directory: definitionsDirectory(), shipped: shippedDirectory(), today };
  const found: ClusterDrift[] = [];
  await untilInterrupted(async (signal) => {
    for (const cluster of clusters) {
      const drift = await step(`compare ${cluster.name}`, () =>
        driftCluster(targetOf(cluster), { prepare: prepareStack, signal, now: () => new Date() }),
      );
      found.push(withDriftLines(drift, { ...from, select: cluster.name }));
    }
  });
  const report: DriftReport = { version: 1, clusters: found };
  if (json) printJson(report);
  else printText(found.map(driftText).join("\n\n"));
  return worst(
    found.flatMap(({ stacks }) => stacks.map((each) => (each.error !== null ? 1 : each.found.length > 0 ? 2 : 0))),
  );
});
