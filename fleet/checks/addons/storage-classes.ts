import { STORAGE_CLASS } from "../../../addons/parts/storage-class";
import { isMap, ownValue, type PlainMap, valueAt } from "../../../language/plain-map";
import { didYouMean, listed } from "../../../language/suggest";
import type { Path } from "../../../language/yaml/tree";
import { isProvided } from "../../addons/cluster-services";
import { groupAndKind, type WrittenObject } from "../../addons/manifests";
import { namedIn } from "../../addons/named-in-charts";
import type { Definition } from "../../model/cluster";
import { ofEachAddon } from "../../model/enabled-addons";
import { hasAutoModeClasses } from "../../nodes/auto-mode";
import type { Check, Finding } from "../../rules/finding";

/** A class of storage or of Ingresses, and what creates it. */
interface Class {
  readonly kind: string;
  readonly name: unknown;
  readonly by: string;
  readonly path: Path;
  readonly is_default: boolean;
  /** True for storage on EBS. */
  readonly is_block?: boolean;
  /** Setting that makes it no longer the default. */
  readonly otherwise: string;
}

/** Refuses a second class of a name, which could not be created, and a second default class of a kind. */
export const checkClasses: Check = ({ definition }) => {
  const classes = [...storageClasses(definition), ...ingressClasses(definition), ...written(definition)];
  return classes.flatMap((each, index): Finding[] => {
    const before = classes.slice(0, index).filter(({ kind }) => kind === each.kind);
    // The addon itself reports a name that it has twice.
    const same = before.find(({ by, name }) => name === each.name && by !== each.by);
    if (same !== undefined)
      return [
        {
          path: each.path,
          message: `the ${each.kind} ${String(each.name)} is also created by ${same.by}. Rename it`,
        },
      ];
    const other = each.is_default ? before.find(({ by, is_default }) => is_default && by !== each.by) : undefined;
    if (other === undefined || !each.by.startsWith("extra_manifests")) return [];
    const message = `creates a second default ${each.kind}, but ${String(other.name)}, created by ${other.by}, is the default. Remove the annotation, or set ${other.otherwise}`;
    return [{ path: each.path, message }];
  });
};

/** The class that EKS itself creates in a new cluster. */
const OF_EKS = "gp2";

/** Warns of claims in manifests whose class nothing creates: their volumes never exist, and their pods stay Pending. */
export const checkUsedClasses: Check = ({ definition }) => {
  const { extra_charts, extra_manifests } = definition.tfvars;
  const created = [...storageClasses(definition), ...written(definition)].filter(({ kind }) => kind === "StorageClass");
  const known = [OF_EKS, ...created.map(({ name }) => String(name))];
  const charts = namedIn(extra_charts); // a chart may create the class that its values name
  return extra_manifests.flatMap(({ manifests }, item) =>
    manifests.flatMap((object, index) =>
      claimsOf(object).flatMap(([path, claim]): Finding[] => {
        const name = valueAt(claim, "spec", "storageClassName");
        if (typeof name !== "string" || name === "" || known.includes(name) || charts.has(name)) return [];
        const meant = didYouMean(name, known) || ` (created: ${listed(known)})`;
        const message = `nothing in this definition creates the StorageClass ${name}, so the volume never exists${meant}`;
        const place = ["tfvars", "extra_manifests", item, "manifests", index];
        return [{ path: [...place, ...path, "spec", "storageClassName"], message, severity: "warning" }];
      }),
    ),
  );
};

/** Modes in which pods of several nodes mount a volume. */
const SHARED: readonly unknown[] = ["ReadWriteMany", "ReadOnlyMany"];

/** Reports claims in manifests that several nodes mount, in classes of EBS: such a volume has one node, except as a block device of io2. */
export const checkSharedClaims: Check = ({ definition }) => {
  const classes = storageClasses(definition).filter(({ is_block }) => is_block);
  const names = [OF_EKS, ...classes.map(({ name }) => String(name))];
  const standard = classes.find(({ is_default }) => is_default)?.name;
  return definition.tfvars.extra_manifests.flatMap(({ manifests }, item) =>
    manifests.flatMap((object, index) =>
      claimsOf(object).flatMap(([path, claim]): Finding[] => {
        const { accessModes, storageClassName = standard, volumeMode, volumeName } = asMap(valueAt(claim, "spec"));
        if (!names.includes(String(storageClassName)) || volumeMode === "Block" || volumeName !== undefined) return [];
        const mode = Array.isArray(accessModes) ? accessModes.find((each) => SHARED.includes(each)) : undefined;
        if (mode === undefined) return [];
        const message = `${String(mode)} is not possible in the StorageClass ${String(storageClassName)}, because one node mounts a volume of EBS. Use ReadWriteOnce, or a class of EFS`;
        const place = ["tfvars", "extra_manifests", item, "manifests", index];
        return [{ path: [...place, ...path, "spec", "accessModes"], message }];
      }),
    ),
  );
};

const asMap = (value: unknown): PlainMap => (isMap(value) ? value : {});

function claimsOf(object: WrittenObject): readonly (readonly [Path, unknown])[] {
  if (groupAndKind(object) === "/PersistentVolumeClaim") return [[[], object]];
  const templates = valueAt(object, "spec", "volumeClaimTemplates");
  if (groupAndKind(object) !== "apps/StatefulSet" || !Array.isArray(templates)) return [];
  return templates.map((claim: unknown, index) => [["spec", "volumeClaimTemplates", index], claim] as const);
}

function storageClasses({ tfvars }: Definition): Class[] {
  const created = ofEachAddon({ tfvars }, ({ addon, name: by, options }) =>
    (addon.storage_classes?.(options) ?? []).map(({ default: choice, name, path }): Class => {
      const otherwise = choice === undefined ? "" : `${by}'s ${choice.option}: false`;
      return {
        kind: "StorageClass",
        name,
        by: `the addon ${by}`,
        path: ["tfvars", "addons", by, ...path],
        is_default: choice?.is_default ?? false,
        is_block: addon.provides?.includes("block_volumes") ?? false,
        otherwise,
      };
    }),
  );
  // The EBS driver's own class has this name: a cluster has one of the two.
  if (!hasAutoModeClasses({ tfvars }) || isProvided("block_volumes", tfvars)) return created;
  const autoMode: Class = {
    kind: "StorageClass",
    name: STORAGE_CLASS,
    by: "cluster.auto_mode.default_classes",
    path: ["tfvars", "cluster", "auto_mode", "default_classes"],
    is_default: true,
    is_block: true,
    otherwise: "auto_mode.default_classes: false",
  };
  return [autoMode, ...created];
}

/** Returns the ingress classes that can be the default. Addons check the names of their other classes themselves. */
function ingressClasses(definition: Definition): Class[] {
  return ofEachAddon(definition, ({ addon, name: by, options }) =>
    (addon.ingress_classes ?? []).flatMap(({ is_default, name }): Class[] =>
      is_default === undefined
        ? []
        : [
            {
              kind: "IngressClass",
              name,
              by: `the addon ${by}`,
              path: ["tfvars", "addons", by, "options", "default_class"],
              is_default: is_default(options),
              otherwise: `${by}'s default_class: false`,
            },
          ],
    ),
  );
}

/** Annotation that makes a class the default. */
const DEFAULT: Readonly<Record<string, string>> = {
  "storage.k8s.io/StorageClass": "storageclass.kubernetes.io/is-default-class",
  "networking.k8s.io/IngressClass": "ingressclass.kubernetes.io/is-default-class",
};

function written({ tfvars }: Definition): Class[] {
  return tfvars.extra_manifests.flatMap(({ manifests, name: item }, index) =>
    manifests.flatMap((object: WrittenObject, place): Class[] => {
      const annotation = ownValue(DEFAULT, groupAndKind(object));
      const { metadata } = object;
      if (annotation === undefined || !isMap(metadata)) return [];
      const { annotations } = metadata;
      return [
        {
          kind: String(object["kind"]),
          name: metadata["name"],
          by: `extra_manifests[${item}]`,
          path: ["tfvars", "extra_manifests", index, "manifests", place],
          is_default: isMap(annotations) && annotations[annotation] === "true",
          otherwise: "",
        },
      ];
    }),
  );
}
