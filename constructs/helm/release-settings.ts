/** Name of a Helm release, from the key of its chart; it never changes, because renaming a release replaces all that is in it. */
export function releaseName(key: string): string {
  return key.replaceAll("_", "-");
}

/** Returns the settings that all Helm releases have in common. */
export function releaseSettings(wait: boolean) {
  return {
    wait,
    atomic: wait, // half an addon that others lean on is worse than the version before
    cleanupOnFail: true, // otherwise the next attempt finds the remains of this one
    timeout: 600, // seconds: three minutes for a node, and time to pull images and start
    maxHistory: 5, // each revision is a Secret of up to 1 MiB in the cluster's etcd; 0, the default, keeps them all
  } as const;
}
