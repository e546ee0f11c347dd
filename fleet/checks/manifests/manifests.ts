import { type AddonName, catalogue } from "../../../addons/catalogue";
import { isMap, ownValue } from "../../../language/plain-map";
import { repeated } from "../../../language/twice";
import type { Path } from "../../../language/yaml/tree";
import { groupAndKind, kindBrought, type WrittenObject } from "../../addons/manifests";
import type { Tfvars } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import type { Check, Finding } from "../../rules/finding";
import { malformedPart, unservedPart } from "./manifest-shape";

type Item = Tfvars["extra_manifests"][number];

/** An object of an item, and its place. */
interface Placed {
  readonly item: Item;
  readonly manifest: WrittenObject;
  readonly path: Path;
}

function objectsOf({ definition }: Subject): Placed[] {
  return definition.tfvars.extra_manifests.flatMap((item, index) =>
    item.manifests.map((manifest, place): Placed => {
      return { item, manifest, path: ["tfvars", "extra_manifests", index, "manifests", place] };
    }),
  );
}

/** Refuses an object that Kubernetes or Helm would refuse, as far as this is known without the API's schemas. */
export const checkManifestShapes: Check = (subject) =>
  objectsOf(subject).flatMap(({ manifest, path }) => {
    const malformed = malformedPart(manifest) ?? unservedPart(manifest, subject.support);
    return malformed === undefined ? [] : [{ path: [...path, ...malformed.path], message: malformed.message }];
  });

/** Refuses an object that is written twice. */
export const checkManifestsOnce: Check = (subject) =>
  repeated(objectsOf(subject), identityOf).map(({ first, item: { manifest, path } }) => {
    const { kind, metadata } = manifest as { readonly kind: string; readonly metadata: WrittenObject };
    const message = `${kind} ${String(metadata["name"])} is also in ${first.item.name}, and two releases cannot own it. Remove one of them`;
    return { path, message };
  });

/** Returns what Kubernetes identifies an object by; undefined for an object without it, which is reported by its shape. */
function identityOf({ item, manifest }: Placed): string | undefined {
  if (malformedPart(manifest) !== undefined) return undefined;
  const metadata = manifest["metadata"] as WrittenObject;
  return [groupAndKind(manifest), metadata["namespace"] ?? item.namespace, metadata["name"]].join(" ");
}

/** Refuses an object whose kind its own item creates. */
export const checkManifestsAfterKinds: Check = (subject) =>
  objectsOf(subject).flatMap(({ item, manifest, path }): Finding[] => {
    if (malformedPart(manifest) !== undefined) return [];
    if (!item.manifests.some((other) => kindBrought(other) === groupAndKind(manifest))) return [];
    const message = `has a kind that this item's CustomResourceDefinition creates, but Helm requires the kind before the release. Move it to another item with after: [${item.name}]`;
    return [{ path: [...path, "kind"], message }];
  });

const ADDONS = Object.keys(catalogue) as AddonName[];

/** Refuses a Secret with data wherever objects can be written, because it would be in git and in Terraform's state. */
export const checkSecretObjects: Check = ({ definition: { tfvars } }) => {
  const raw: (readonly [Path, unknown])[] = [
    ...tfvars.extra_charts.map(({ values }, index) => [["tfvars", "extra_charts", index, "values"], values] as const),
    ...tfvars.extra_manifests.map(
      ({ manifests }, index) => [["tfvars", "extra_manifests", index, "manifests"], manifests] as const,
    ),
    ...ADDONS.flatMap((addon) =>
      (["values", "further_values"] as const).map(
        (key) => [["tfvars", "addons", addon, key], ownValue<unknown>(tfvars.addons[addon], key)] as const,
      ),
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
