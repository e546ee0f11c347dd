import type { Problem } from "../language/problem";
import { poolProblems } from "./checks/fleet/cidr-pools";
import { nameProblems } from "./checks/fleet/cluster-names";
import { accountProblems } from "./checks/fleet/layers";
import { overlapProblems } from "./checks/fleet/overlaps";
import { recordOwnerProblems } from "./checks/fleet/record-owners";
import { type BaseReleases, publishedProblems, releaseStepProblems } from "./checks/fleet/release-steps";
import { reservationProblems } from "./checks/fleet/reserved-ranges";
import { rolloutProblems } from "./checks/fleet/rollouts/rollout-problems";
import { seenVersionProblems } from "./checks/fleet/seen-versions";
import { sharedVpcProblems } from "./checks/fleet/shared-vpcs";
import { type BaseVersions, rollbacks, versionStepProblems } from "./checks/fleet/version-steps";
import type { readExceptions } from "./read/exceptions";
import { nameOfFile } from "./read/files";
import { knownNames } from "./read/known-names";
import type { Layers } from "./read/layers";
import type { readRollouts } from "./read/rollouts";
import type { ResolvedFile } from "./resolve";

/** A fleet whose clusters are resolved, each with its own problems. */
export interface FleetUnderCheck {
  readonly layers: Layers;
  /** The file of every cluster, selected or not. */
  readonly every: readonly string[];
  readonly selected: readonly ResolvedFile[];
  /** The selected clusters, and those that they are peered with. */
  readonly resolved: readonly ResolvedFile[];
  readonly rollouts: ReturnType<typeof readRollouts>;
  readonly exceptions: ReturnType<typeof readExceptions>["exceptions"] | undefined;
  readonly today: string;
  readonly base?: BaseVersions | undefined;
  readonly baseReleases?: BaseReleases | undefined;
}

/** Returns the problems of several clusters together, of accounts, and of changes since a base. */
export function fleetProblems(fleet: FleetUnderCheck): Problem[] {
  const { base, baseReleases, every, exceptions = [], layers, resolved, rollouts, selected, today } = fleet;
  const names = every.map(nameOfFile);
  const reserved = (account: string) => layers.reservedRanges(account);
  const ofRollouts = (read: NonNullable<typeof rollouts>): Problem[] =>
    rolloutProblems(read, selected, {
      accounts: layers.files.names("accounts").flatMap((name) => layers.account(name).own ?? []),
      clusterNames: names,
      names: knownNames(layers),
      support: layers.support,
      today,
    });
  return [
    ...accountProblems(layers),
    ...seenVersionProblems(layers),
    ...(rollouts === undefined ? [] : ofRollouts(rollouts)),
    ...nameProblems(every, resolved),
    ...overlapProblems(resolved, names, reserved),
    ...poolProblems(resolved, names, reserved),
    ...reservationProblems(layers, resolved, names),
    ...sharedVpcProblems(resolved),
    ...recordOwnerProblems(resolved),
    ...(baseReleases === undefined
      ? []
      : [...publishedProblems(baseReleases, layers), ...releaseStepProblems(baseReleases, selected, layers)]),
    ...(base === undefined ? [] : versionStepProblems(base, selected, rollbacks(exceptions, today))),
  ];
}
