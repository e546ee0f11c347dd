import { z } from "zod";
import { given } from "../../language/given";
import { sharedTwice } from "../../language/twice";
import { objectName } from "../../language/words/kubernetes";
import type { Manifest } from "../contract/addon";
import type { CreatedStorageClass } from "../contract/cluster-wide";
import type { AddonFinding } from "../contract/rule";

/** Kubernetes accepts no change of a class except of its annotations; any other fails during the apply. */
export const IMMUTABLE =
  "A class that exists cannot be changed: make another, or delete it first (its volumes stay as they are).";

/** The class that claims of the platform name: EBS gp3, created by the EBS driver or for EKS Auto Mode. */
export const STORAGE_CLASS = "gp3";

export const reclaimPolicy = z.enum(["Delete", "Retain"]);

export const className = objectName.describe(`Name of the class. ${IMMUTABLE}`);

export interface StorageClassSettings {
  readonly name: string;
  readonly provisioner: string;
  readonly parameters: Readonly<Record<string, string | number | undefined>>;
  readonly reclaim_policy: z.output<typeof reclaimPolicy>;
  readonly mount_options?: readonly string[];
  /** Absent if the class never decides that. */
  readonly is_default?: boolean;
  /** WaitForFirstConsumer: a volume is made in the zone of its pod, not before. Immediate: for file systems of all zones. */
  readonly binding: "WaitForFirstConsumer" | "Immediate";
  readonly expandable: boolean;
}

/** Returns a storage class. Kubernetes requires its parameters as text. For undefined ones, the defaults of the driver apply. */
export function storageClass(settings: StorageClassSettings): Manifest {
  const { binding, expandable, is_default, mount_options, name, provisioner, reclaim_policy } = settings;
  const parameters = Object.entries(settings.parameters).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)] as const],
  );
  const annotations = { "storageclass.kubernetes.io/is-default-class": String(is_default) };
  return {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name, ...(is_default !== undefined && { annotations }) },
    provisioner,
    parameters: Object.fromEntries(parameters),
    ...given({ mountOptions: mount_options }),
    reclaimPolicy: reclaim_policy,
    volumeBindingMode: binding,
    allowVolumeExpansion: expandable,
  };
}

/** Path of the option that all addons with further storage classes have, within their section. */
export const STORAGE_CLASSES = ["options", "storage_classes"] as const;

/** Returns the classes that an addon creates of its option `storage_classes`. */
export function furtherClasses(classes: readonly { readonly name: string }[]): CreatedStorageClass[] {
  return classes.map(({ name }, index) => ({ name, path: [...STORAGE_CLASSES, index, "name"] }));
}

/** Reports classes whose name another class of the addon has: the second one would replace the first. */
export function classNames(
  _subject: unknown,
  { storage_classes: classes }: { readonly storage_classes: readonly { readonly name: string }[] },
): readonly AddonFinding[] {
  return sharedTwice(
    classes,
    ({ name }) => name,
    STORAGE_CLASSES,
    "name",
    (name) => `${name} is the name of another class of this addon. Rename one of them`,
  );
}
