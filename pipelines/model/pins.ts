import data from "../data/pins.json";

/** Something that jobs download, pinned by what cannot change. */
export interface Pin {
  readonly name: string;
  /** The version as a tag. */
  readonly tag: string;
  /** A commit or a digest; null if it is not set, so that the tag decides. */
  readonly fixed: string | null;
}

const ACTIONS: Readonly<Record<string, { readonly tag: string; readonly commit: string | null }>> = data.actions;
const IMAGES: Readonly<Record<string, { readonly digest: string | null }>> = data.images;

export const TERRAFORM = data.tools.terraform;
export const TOFU = data.tools.tofu;
export const NODE_VERSION = data.tools.node.version;

/** The image of jobs by default, in systems whose jobs run in images. */
export const DEFAULT_IMAGE = "node:20-bookworm";

/** The resource of Concourse that finds pull requests by default. */
export const DEFAULT_PULL_REQUEST_RESOURCE = "teliaoss/github-pr-resource";

/** Returns the pin of an action. */
export function actionPin(name: string): Pin {
  const pin = ACTIONS[name];
  if (pin === undefined) throw new Error(`pipelines/data/pins.json has no action ${name}`);
  return { name, tag: pin.tag, fixed: pin.commit };
}

/** Returns `name@commit`, or `name@tag` if the commit is not set. */
export function actionReference(name: string): string {
  const { fixed, tag } = actionPin(name);
  return `${name}@${fixed ?? tag}`;
}

/** Returns the pin of an image, which may already contain its digest. */
export function imagePin(image: string): Pin {
  const [name = "", digest] = image.split("@");
  return { name, tag: name.slice(name.lastIndexOf("/") + 1), fixed: digest ?? IMAGES[name]?.digest ?? null };
}

/** Returns the image with its digest, or with its tag alone if the digest is not set. */
export function imageReference(image: string): string {
  const { fixed, name } = imagePin(image);
  return fixed === null ? name : `${name}@${fixed}`;
}

/** Returns the actions whose commit is not set. */
export function unpinnedActions(): readonly string[] {
  return Object.keys(ACTIONS).filter((name) => actionPin(name).fixed === null);
}

/** Returns those images whose digest is not set. */
export function unpinnedImages(images: readonly string[]): readonly string[] {
  return images.filter((image) => imagePin(image).fixed === null);
}
