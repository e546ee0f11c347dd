import { ExpectedError } from "../language/expected-error";
import { DefinitionError } from "../language/problem";
import { ifCertain } from "../language/refused";
import { type AccountPlan, planAccount } from "./accounts/plan";
import { type RecordsBucket, recordsBucketOf, recordsMistake } from "./accounts/records-access";
import { isBootstrapped } from "./accounts/roles";
import { accountProblems } from "./checks/fleet/layers";
import type { LoadOptions } from "./load";
import type { Account } from "./model/cluster";
import { DefinitionFiles } from "./read/files";
import { Layers } from "./read/layers";
import { readRollouts } from "./read/rollouts";

/**
 * Loads an account with its plan. Only the files of accounts and `records` of `rollouts.yaml` count: an error in a cluster does not
 * stop the preparation of the account.
 *
 * @throws DefinitionError with the problems of the accounts' files
 * @throws ExpectedError if the account does not exist, or has no `bootstrap`
 */
export function loadAccountPlan(
  name: string,
  { directory, shipped }: Pick<LoadOptions, "directory" | "shipped">,
): AccountPlan {
  const files = new DefinitionFiles(directory, shipped);
  const layers = new Layers(files);
  if (!files.names("accounts").includes(name)) throw new ExpectedError(layers.files.unknown("accounts", name));
  for (const each of files.names("accounts")) layers.account(each);
  const problems = [...layers.problems, ...accountProblems(layers)].filter(({ severity }) => severity === "error");
  if (problems.length > 0) throw new DefinitionError(problems);
  const account = layers.account(name).own;
  if (account === undefined) throw new ExpectedError(`accounts/${name}.yaml cannot be read`);
  if (!isBootstrapped(account))
    throw new ExpectedError(
      `accounts/${name}.yaml has no key bootstrap, which lists the CI systems and people that use the account. Add at least bootstrap: {}; docs/operations/bootstrap-an-account.md shows more`,
    );
  const partition = layers.regions[account.state.region]?.partition ?? "aws";
  const peers = (account.bootstrap.peered_accounts ?? []).flatMap((peer) => layers.account(peer).own ?? []);
  const accounts = files.names("accounts").flatMap((each) => layers.account(each).own ?? []);
  return planAccount(account, partition, peers, recordsOf(files, accounts));
}

/**
 * @throws DefinitionError if `rollouts.yaml` has `records` that cannot be read: the roles would lack them
 * @throws ExpectedError if they are among states
 */
function recordsOf(files: DefinitionFiles, accounts: readonly Account[]): RecordsBucket | undefined {
  const read = readRollouts(files);
  if (read === undefined) return undefined;
  const location = ifCertain(() => read.value?.records);
  if (location === undefined) throw new DefinitionError(read.problems);
  const mistake = recordsMistake(location, accounts);
  if (mistake !== undefined) throw new ExpectedError(`rollouts.yaml: records ${mistake}`);
  return recordsBucketOf(location, accounts);
}
