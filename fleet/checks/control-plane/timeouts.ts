import type { Check } from "../../rules/finding";

/** Minutes that EKS needs at least: 10 to 15 for a cluster, and as long for an upgrade (EKS user guide, getting started and upgrades). */
const LEAST = { create_minutes: 10, update_minutes: 10, delete_minutes: 5 } as const;

/** Warns of a time after which Terraform gives up while EKS still works, so that the cluster is marked as failed. */
export const checkTimeouts: Check = ({ definition }) => {
  const { timeouts } = definition.tfvars.cluster;
  return (Object.keys(LEAST) as (keyof typeof LEAST)[]).flatMap((key) => {
    const minutes = timeouts[key];
    if (minutes === null || minutes >= LEAST[key]) return [];
    const message = `ends before EKS does, which needs at least about ${LEAST[key]} minutes, so Terraform fails although nothing is wrong. Raise it, or set null for the provider's default`;
    return [{ path: ["tfvars", "cluster", "timeouts", key], message, severity: "warning" as const }];
  });
};
