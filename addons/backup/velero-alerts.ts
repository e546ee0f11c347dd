import { longestPause } from "../../language/words/schedules";
import type { Alert } from "../parts/monitoring";

/** Longest duration of a backup before the next one counts as missing. */
const HOURS_OF_A_BACKUP = 2;

/** Returns alerts about failed backups, and about backups that are older than the schedule allows. */
export function backupAlerts(schedule: string): readonly Alert[] {
  const hours = Math.ceil(longestPause(schedule)) + HOURS_OF_A_BACKUP;
  return [
    {
      name: "BackupFailed",
      when: 'max by (schedule) (velero_backup_last_status{schedule!=""}) == 0',
      during: "15m",
      summary: "The last backup of the schedule {{ $labels.schedule }} failed, or left something out",
    },
    {
      name: "BackupTooOld",
      when: `time() - max by (schedule) (velero_backup_last_successful_timestamp{schedule!=""}) > ${hours} * 3600`,
      during: "15m",
      summary: "The schedule {{ $labels.schedule }} has created no backup for {{ $value | humanizeDuration }}",
    },
    {
      name: "BackupLocationUnavailable",
      when: "min by (backup_location_name) (velero_backup_location_status_gauge) == 0",
      during: "30m",
      summary: "Velero cannot reach its bucket: {{ $labels.backup_location_name }}",
    },
  ];
}
