import { readFileSync, writeFileSync } from "node:fs";
import { DefinitionFiles, nameOfFile } from "../../../fleet/read/files";
import { ExpectedError } from "../../../language/expected-error";
import { type PlannedUpgrade, planUpgrade } from "../../../operations/upgrade/plan-upgrade";
import type { UpgradeReport } from "../../../operations/upgrade/report";
import { withVersion } from "../../../operations/upgrade/version-edit";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { dayOf, definitionsDirectory, loadNamed, shippedDirectory } from "../../shared/definitions";
import type { ExitCode } from "../../shared/exit-code";
import { printJson, printText } from "../../shared/print";
import { upgradeText } from "../../texts/upgrade-text";

type Flags = {
  readonly to: string | undefined;
  readonly write: boolean;
  readonly today: string | undefined;
};

export const run = action(({ flags, json, positionals }: Input<Flags>) => {
  const today = dayOf(flags.today);
  const [name = ""] = positionals;
  const { clusters } = loadNamed([name], today);
  const [cluster, ...others] = clusters;
  if (cluster === undefined || others.length > 0)
    throw new ExpectedError(
      `upgrade plans one cluster, but ${JSON.stringify(name)} selects ${clusters.length}. Name one`,
    );
  if (flags.to === undefined)
    throw new ExpectedError(
      `--to is required: the Kubernetes version, such as --to 1.36. ${cluster.name} has ${cluster.tfvars.cluster.kubernetes_version}`,
    );
  const files = new DefinitionFiles(definitionsDirectory(), shippedDirectory());
  const file = files.clusterFiles().find((each) => nameOfFile(each) === cluster.name);
  if (file === undefined) throw new TypeError(`${cluster.name} has no file`);
  const planned = planUpgrade({ files, cluster, file, to: flags.to, today });
  const report = flags.write ? write(planned, file) : planned.report;
  if (json) printJson(report);
  else printText(upgradeText(report));
  return exitCode(report);
});

/** Edits the cluster's file, and returns the report with that. */
function write({ edit, report }: PlannedUpgrade, file: string): UpgradeReport {
  if (edit === null || report.edit === null) {
    if (report.advice !== null) throw new ExpectedError(`nothing was written. ${report.advice}`);
    return report; // nothing to do
  }
  writeFileSync(file, withVersion(readFileSync(file, "utf8"), edit.value, edit.to));
  return { ...report, edit: { ...report.edit, written: true } };
}

/** Returns 2 if a change is required before the upgrade. */
function exitCode({ rounds }: UpgradeReport): ExitCode {
  const isFinding = rounds.some(
    ({ apis, kubelets, rules }) =>
      apis.some(({ status }) => status === "removed") ||
      rules.some(({ status }) => status === "found") ||
      kubelets.some(({ allowed }) => allowed === false),
  );
  return isFinding ? 2 : 0;
}
