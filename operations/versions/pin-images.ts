import { isMap, isScalar, type Pair, parse, parseDocument, type Scalar } from "yaml";
import { ExpectedError } from "../../language/expected-error";
import { type ChartRef, RegistryError } from "./chart-registry";

/** An image of pipelines that only its tag pins, and the key of pipelines.yaml that names it. */
export interface UnpinnedImage {
  readonly path: readonly [system: string, key: string];
  readonly image: string;
}

/** An image with the digest that its tag has now, or why that could not be found out. */
export type ResolvedImage = UnpinnedImage & ({ readonly digest: string } | { readonly problem: string });

/** Looks up what tags mean. */
export interface DigestSource {
  /** @throws RegistryError */
  digest(image: ChartRef, tag: string): Promise<string>;
}

/** Returns the digest that each image has now. */
export function resolveImages(images: readonly UnpinnedImage[], source: DigestSource): Promise<ResolvedImage[]> {
  return Promise.all(
    images.map(async (each) => {
      const { tag, ...ref } = locate(each.image);
      try {
        return { ...each, digest: await source.digest(ref, tag) };
      } catch (error) {
        if (!(error instanceof RegistryError)) throw error;
        return { ...each, problem: error.message };
      }
    }),
  );
}

/** Returns the registry, the repository and the tag of an image as Docker parses its name: without a host, it is on Docker Hub. */
function locate(image: string): ChartRef & { readonly tag: string } {
  const [, name = "", tag = "latest"] = /^(.*?)(?::([\w.-]+))?$/.exec(image) ?? [];
  const parts = name.split("/");
  const [first = ""] = parts;
  const isHost = parts.length > 1 && (/[.:]/.test(first) || first === "localhost");
  const host = isHost ? first : "docker.io";
  const path = isHost ? parts.slice(1) : parts.length === 1 ? ["library", ...parts] : parts;
  return { repository: `oci://${[host, ...path.slice(0, -1)].join("/")}`, chart: path.at(-1) ?? "", tag };
}

/** Returns the text of pipelines.yaml with the digests of images. Every other character stays. */
export function withDigests(text: string, resolved: readonly ResolvedImage[]): string {
  return resolved.reduce(
    (edited, each) => ("digest" in each ? withImage(edited, each.path, `${each.image}@${each.digest}`) : edited),
    text,
  );
}

function withImage(text: string, path: UnpinnedImage["path"], image: string): string {
  const document = parseDocument(text);
  const [system, key] = path;
  const named: unknown = document.getIn(path, true);
  const part: unknown = document.get(system, true);
  const edited = isScalar(named)
    ? replaced(text, named, image)
    : part === undefined
      ? `${text.trimEnd()}\n\n${system}:\n  ${key}: ${image}\n`
      : isMap(part) && part.flow !== true
        ? insertedBefore(text, part.items[0] as Pair, `${key}: ${image}`)
        : text;
  const now: unknown = parse(edited);
  const found = (now as Record<string, Record<string, unknown>>)[system]?.[key];
  if (found !== image)
    throw new ExpectedError(`pipelines.yaml cannot be edited at ${path.join(".")}. Set it to ${image} by hand`);
  return edited;
}

function replaced(text: string, { anchor, range }: Scalar, image: string): string {
  return !range || anchor !== undefined ? text : text.slice(0, range[0]) + image + text.slice(range[1]);
}

/** Inserts a line before the first key of a map, with its indentation. */
function insertedBefore(text: string, { key }: Pair, line: string): string {
  const start = isScalar(key) && key.range ? key.range[0] : text.length;
  const indentation = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  return `${text.slice(0, start)}${line}\n${indentation}${text.slice(start)}`;
}
