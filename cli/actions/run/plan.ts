import type { Cluster } from "../../../fleet/model/cluster";
import { ExpectedError } from "../../../language/expected-error";
import { meantOrKnown } from "../../../language/suggest";
import { planCluster } from "../../../operations/deploy/plan-cluster";
import type { ClusterPlan, PlanReport } from "../../../operations/deploy/report";
import { createPlanFolder, savePlans } from "../../../operations/deploy/saved-plans";
import { type Target, targetOf } from "../../../operations/deploy/stack-runner";
import { withLines } from "../../../operations/deploy/with-lines";
import { prepareRehearsals } from "../../../operations/rehearse/prepare";
import { rehearse } from "../../../operations/rehearse/rehearse";
import { withWorkFolder } from "../../../operations/rehearse/work-folder";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { dayOf, definitionsDirectory, shippedDirectory } from "../../shared/definitions";
import { worst } from "../../shared/exit-code";
import { untilInterrupted } from "../../shared/interrupt";
import { printJson, printText } from "../../shared/print";
import { programPath } from "../../shared/program-root";
import { guardOf, originOf, prepareStack, stackHashes, synthesizeNamed } from "../../shared/stack-runs";
import { step } from "../../shared/step";
import { terminalOf } from "../../shared/terminal";
import { terraformVersion } from "../../shared/terraform-version";
import { planText } from "../../texts/deploy-text";

type Flags = {
  readonly out: string | undefined;
  readonly "skip-rehearsal": boolean;
  readonly stack: readonly string[];
  readonly today: string | undefined;
};

export const run = action(async ({ flags, json, positionals }: Input<Flags>) => {
  const today = dayOf(flags.today);
  const clusters = await synthesizeNamed(positionals, today);
  checkStacks(flags.stack, clusters);
  const out = flags.out ?? null;
  if (out !== null) createPlanFolder(out); // an error now, and not after the stacks are planned
  const from = { directory: definitionsDirectory(), shipped: shippedDirectory(), today };
  const judge = guardOf(today);
  const plans: ClusterPlan[] = [];
  const files = new Map<string, string>();
  await untilInterrupted(async (signal) => {
    for (const cluster of clusters) {
      const { name } = cluster;
      const planned = await step(`plan ${name}`, () =>
        planCluster(named(targetOf(cluster), flags.stack), {
          prepare: prepareStack,
          signal,
          judge,
          now: () => new Date(),
          fromNothing: async () => {
            if (flags["skip-rehearsal"]) return [];
            const [report] = await withWorkFolder(async (work) => {
              const version = { ...from, program: programPath("."), ref: null };
              const { rehearsals } = await prepareRehearsals({ ...version, select: name, work });
              return rehearse(rehearsals, { work, signal, step: (_, run) => run() });
            });
            return (report?.stacks ?? []).map(({ left: _left, resources: _resources, ...changes }) => changes);
          },
        }),
      );
      plans.push({ ...planned.report, stacks: withLines(planned.report.stacks, { ...from, select: name }) });
      for (const [stack, file] of planned.files) files.set(stack, file);
    }
  });
  if (out !== null) {
    const hashes = stackHashes(clusters);
    savePlans(out, new Map([...files].map(([stack, file]) => [stack, { file, hash: hashes.get(stack) ?? "" }])), {
      ...originOf(terraformVersion()),
      created: new Date().toISOString(),
    });
  }
  const report: PlanReport = { version: 1, clusters: plans, out };
  if (json) printJson(report);
  else {
    printText(plans.map((each) => planText(each, terminalOf(process.stdout))).join("\n\n"));
    if (out !== null) console.log(`\nThe plans are in ${out}. They contain secrets in clear: do not share them.`);
  }
  return worst(
    plans.flatMap(({ stacks }) =>
      stacks.map(({ errors, stopped_by }) => (errors.length > 0 ? 1 : stopped_by.length > 0 ? 2 : 0)),
    ),
  );
});

/** Returns the target with the stacks that the command line names, or all of them. */
function named(target: Target, names: readonly string[]): Target {
  return names.length === 0 ? target : { ...target, stacks: target.stacks.filter((stack) => names.includes(stack)) };
}

function checkStacks(names: readonly string[], clusters: readonly Cluster[]): void {
  const known: readonly string[] = [...new Set(clusters.flatMap((cluster) => targetOf(cluster).stacks))];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new ExpectedError(`--stack: no stack is named ${JSON.stringify(unknown)}${meantOrKnown(unknown, known)}`);
}
