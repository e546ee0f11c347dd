import { STORAGE_CLASS } from "../../../addons/storage/aws-ebs-csi-driver";
import { isMap } from "../../../language/plain-map";
import type { Path } from "../../../language/yaml/tree";
import { groupAndKind, type WrittenObject } from "../../addons/manifests";
import type { Definition } from "../../model/cluster";
import { hasAutoModeClasses } from "../../nodes/auto-mode";
import type { Check, Finding } from "../../rules/finding";

/** A class of storage or of Ingresses, and who makes it. */
interface Class {
  readonly kind: string;
  readonly name: unknown;
  readonly by: string;
  readonly path: Path;
  readonly is_default: boolean;
  /** What to set so that it is the default no more. */
  readonly otherwise: string;
}

const DRIVERS = ["aws_ebs_csi_driver", "aws_efs_csi_driver", "aws_fsx_csi_driver"] as const;

/** No two releases make a class of one name, which the second could not, and one class of a kind is the default. */
export const checkClasses: Check = ({ definition }) => {
  const classes = [...storageClasses(definition), ...ingressClasses(definition), ...written(definition)];
  return classes.flatMap((each, index): Finding[] => {
    const before = classes.slice(0, index).filter(({ kind }) => kind === each.kind);
    // Twice by one addon is told by the addon.
    const same = before.find(({ by, name }) => name === each.name && by !== each.by);
    if (same !== undefined)
      return [
        {
          path: each.path,
          message: `the ${each.kind} ${String(each.name)} is made by ${same.by} too: take a name of its own`,
        },
      ];
    const other = each.is_default ? before.find(({ by, is_default }) => is_default && by !== each.by) : undefined;
    if (other === undefined || !each.by.startsWith("extra_manifests")) return [];
    const message = `makes a second default ${each.kind}, and ${other.by} makes ${String(other.name)} the default: take that annotation away here, or set ${other.otherwise}`;
    return [{ path: each.path, message }];
  });
};

function storageClasses({ tfvars }: Definition): Class[] {
  const { addons } = tfvars;
  const ebs = addons.aws_ebs_csi_driver;
  const gp3: Class = {
    kind: "StorageClass",
    name: STORAGE_CLASS,
    by: "the addon aws_ebs_csi_driver",
    path: ["tfvars", "addons", "aws_ebs_csi_driver", "enabled"],
    is_default: ebs.options.default_storage_class,
    otherwise: "aws_ebs_csi_driver's default_storage_class: false",
  };
  const autoMode: Class = {
    ...gp3,
    by: "cluster.auto_mode.default_classes",
    path: ["tfvars", "cluster", "auto_mode", "default_classes"],
    is_default: true,
    otherwise: "auto_mode.default_classes: false",
  };
  return [
    ...(ebs.enabled ? [gp3] : hasAutoModeClasses({ tfvars }) ? [autoMode] : []),
    ...DRIVERS.filter((driver) => addons[driver].enabled).flatMap((driver) =>
      addons[driver].options.storage_classes.map(({ name }, index) => ({
        kind: "StorageClass",
        name,
        by: `the addon ${driver}`,
        path: ["tfvars", "addons", driver, "options", "storage_classes", index, "name"],
        is_default: false,
        otherwise: "",
      })),
    ),
  ];
}

/** Those of which one may be the default; names that they take are told by their own checks. */
function ingressClasses({ tfvars: { addons } }: Definition): Class[] {
  const of = (addon: "traefik" | "ingress_nginx", name: string): Class => ({
    kind: "IngressClass",
    name,
    by: `the addon ${addon}`,
    path: ["tfvars", "addons", addon, "options", "default_class"],
    is_default: addons[addon].options.default_class,
    otherwise: `${addon}'s default_class: false`,
  });
  return [
    ...(addons.traefik.enabled ? [of("traefik", "traefik")] : []),
    ...(addons.ingress_nginx.enabled ? [of("ingress_nginx", "nginx")] : []),
  ];
}

/** Annotation that makes a class the default. */
const DEFAULT: Readonly<Record<string, string>> = {
  "storage.k8s.io/StorageClass": "storageclass.kubernetes.io/is-default-class",
  "networking.k8s.io/IngressClass": "ingressclass.kubernetes.io/is-default-class",
};

function written({ tfvars }: Definition): Class[] {
  return tfvars.extra_manifests.flatMap(({ manifests, name: item }, index) =>
    manifests.flatMap((object: WrittenObject, place): Class[] => {
      const annotation = DEFAULT[groupAndKind(object)];
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
