import { type AddonName, catalogue } from "../../../addons/catalogue";
import { isMap } from "../../../language/plain-map";
import type { Path } from "../../../language/yaml/tree";
import { groupAndKind, kindBrought, type WrittenObject } from "../../addons/manifests";
import type { Check, Finding } from "../../rules/finding";
import { malformedPart } from "./manifest-shape";

/** Refuses Kubernetes objects that the API would refuse, as far as this is known without its schemas. */
export const checkManifests: Check = ({ definition }) => {
  const { extra_manifests } = definition.tfvars;
  const known = new Map<string, string>();
  return extra_manifests.flatMap(({ manifests, name, namespace }, item) => {
    const customKinds = new Set(manifests.map(kindBrought));
    return manifests.flatMap((manifest, index): Finding[] => {
      const path = ["tfvars", "extra_manifests", item, "manifests", index];
      const malformed = malformedPart(manifest);
      if (malformed !== undefined) return [{ path: [...path, ...malformed.path], message: malformed.message }];
      const kind = groupAndKind(manifest);
      const metadata = manifest["metadata"] as WrittenObject;
      const key = [kind, metadata["namespace"] ?? namespace, metadata["name"]].join(" ");
      const first = known.get(key);
      known.set(key, name);
      if (first !== undefined) {
        const message = `${String(manifest["kind"])} ${String(metadata["name"])} is also in ${first}, and two releases cannot own it. Remove one of them`;
        return [{ path, message }];
      }
      if (!customKinds.has(kind)) return [];
      const message = `has a kind that this item's CustomResourceDefinition creates, but Helm requires the kind before the release. Move it to another item with after: [${name}]`;
      return [{ path: [...path, "kind"], message }];
    });
  });
};

const ADDONS = Object.keys(catalogue) as AddonName[];

/** Refuses a Secret with data wherever objects can be written, because it would be in git and in Terraform's state. */
export const checkSecretObjects: Check = ({ definition: { tfvars } }) => {
  const raw: (readonly [Path, unknown])[] = [
    ...tfvars.extra_charts.map(({ values }, index) => [["tfvars", "extra_charts", index, "values"], values] as const),
    ...tfvars.extra_manifests.map(
      ({ manifests }, index) => [["tfvars", "extra_manifests", index, "manifests"], manifests] as const,
    ),
    ...ADDONS.filter((addon) => Object.keys(tfvars.addons[addon].values).length > 0).map(
      (addon) => [["tfvars", "addons", addon, "values"], tfvars.addons[addon].values] as const,
    ),
  ];
  return raw.flatMap(([path, value]) => secretObjects(value, path));
};

function secretObjects(value: unknown, path: Path): Finding[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => secretObjects(item, [...path, index]));
  if (!isMap(value)) return [];
  const filled = ["data", "stringData"].filter((key) => isMap(value[key]) && Object.keys(value[key]).length > 0);
  if (value["kind"] === "Secret" && filled.length > 0) {
    const message =
      "a Secret with data would be stored in git and in Terraform's state. Store it in AWS Secrets Manager, and create the Secret with external-secrets";
    return filled.map((key) => ({ path: [...path, key], message }));
  }
  return Object.entries(value).flatMap(([key, item]) => secretObjects(item, [...path, key]));
}
