import type { Values } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { restoreDrill } from "./velero-restore-drill";

/** Options that shape the schedule of backups and of the drill. */
interface Scheduled {
  readonly schedule: string | null;
  readonly included_namespaces: readonly string[];
  readonly excluded_namespaces: readonly string[];
  readonly volumes: "ebs_snapshots" | "files" | "none";
  readonly restore_drill_schedule: string | null;
  readonly restore_from: object | null;
}

/** Returns when backups start; null if they do not. */
export function scheduleOf({ service_level }: AddonContext, { schedule }: Scheduled): string | null {
  return schedule ?? service_level.backup_schedule;
}

/** Returns the schedule of the drill, which cannot tell the newest backup from one of another cluster with such a schedule. */
export function drillOf({ restore_drill_schedule, restore_from }: Scheduled): string | null {
  return restore_from === null ? restore_drill_schedule : null;
}

/** Name of the schedule's object: the chart puts its release's name before the key. */
export const SCHEDULE = "platform";

/** Returns the chart's values of the schedule. */
export function schedules(context: AddonContext, given: Scheduled, ttl: string): Values {
  const schedule = scheduleOf(context, given);
  if (schedule === null) return {};
  const all = given.included_namespaces.includes("*");
  const drill = drillOf(given) !== null && !all ? [restoreDrill.namespace] : [];
  return {
    [SCHEDULE]: {
      disabled: false,
      schedule,
      useOwnerReferencesInBackup: false, // backups outlive a schedule that was deleted by mistake
      template: {
        ttl,
        storageLocation: "default",
        includedNamespaces: [...given.included_namespaces, ...drill],
        excludedNamespaces: given.excluded_namespaces,
        ...(all && { includeClusterResources: true }), // else those that the namespaces' objects refer to
        snapshotVolumes: given.volumes === "ebs_snapshots",
        defaultVolumesToFsBackup: given.volumes === "files",
        ...(given.volumes === "ebs_snapshots" && { volumeSnapshotLocations: ["default"] }),
      },
    },
  };
}
