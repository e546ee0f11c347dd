import { isMap } from "../../language/plain-map";
import { documentIn } from "./document";
import type { Stacks } from "./stack-changes";

/**
 * Returns the images that only the stacks after an upgrade use, and whose registry or repository the definition names. Somebody must
 * copy them there before.
 *
 * @param values values of charts, as the definition sets them
 */
export function newImages(before: Stacks, after: Stacks, values: readonly unknown[]): readonly string[] {
  const own = values.flatMap(sourcesIn);
  const known = new Set(imagesOf(before));
  return [...new Set(imagesOf(after))].filter(
    (image) => !known.has(image) && own.some((source) => image.startsWith(source)),
  );
}

function imagesOf(stacks: Stacks): string[] {
  const releases = [...(stacks.get("addons")?.values() ?? [])].filter(({ type }) => type === "helm_release");
  return releases.flatMap(({ body }) => [body["values"]].flat().flatMap((values) => imagesIn(documentIn(values))));
}

/** Returns the images in the values of a chart: `image: a/b:1`, or a map with repository and tag. */
function imagesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(imagesIn);
  if (!isMap(value)) return [];
  const { image, registry, repository, tag } = value;
  const named = typeof repository === "string" && typeof tag === "string" ? [`${repository}:${tag}`] : [];
  return [
    ...named.map((each) => (typeof registry === "string" && registry !== "" ? `${registry}/${each}` : each)),
    ...(typeof image === "string" ? [image] : []),
    ...Object.values(value).flatMap(imagesIn),
  ];
}

/** Returns the images, repositories and registries that values name. */
function sourcesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    typeof each === "string" ? (/image|repository|registry/i.test(key) && each !== "" ? [each] : []) : sourcesIn(each),
  );
}
