import type { PlainMap } from "../../language/plain-map";

/** A resource that Terraform manages, or data that it only reads. */
export type Mode = "managed" | "data";

/** One resource of a synthesized stack. */
export interface Resource {
  /** Its address in the state: `aws_vpc.network_39EEAA36`, `data.aws_region.here`. */
  readonly address: string;
  /** The stack's folder: `staging-example-com-networking`. */
  readonly stack: string;
  readonly mode: Mode;
  readonly type: string;
  readonly name: string;
  /** Ids of its constructs, from the stack to the resource; empty if the file does not have them. */
  readonly path: string;
  /** Arguments for the provider. */
  readonly body: PlainMap;
  /** Arguments for Terraform itself, such as `depends_on` and `lifecycle`. */
  readonly meta: PlainMap;
}

/** A `moved` block: the state has the resource at `from`, and the configuration at `to`. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** A `removed` block: Terraform removes the address from the state, and destroys the resource only if the block requires that. */
export interface Removal {
  readonly from: string;
  readonly destroy: boolean;
}

/** An `import` block: Terraform adopts an existing object at an address. */
export interface Import {
  readonly to: string;
  readonly id: string;
}

/** The content of a stack's `cdk.tf.json`. */
export interface StackContent {
  readonly stack: string;
  /** Managed resources and data, in the order of their addresses. */
  readonly resources: readonly Resource[];
  /** Output -> its block. */
  readonly outputs: Readonly<Record<string, PlainMap>>;
  /** Variable -> its block. */
  readonly variables: Readonly<Record<string, PlainMap>>;
  /** Provider -> its configurations. */
  readonly providers: Readonly<Record<string, readonly PlainMap[]>>;
  /** Provider -> source and version. */
  readonly required_providers: Readonly<Record<string, PlainMap>>;
  /** Type of the backend and its settings; undefined if the state is a local file. */
  readonly backend: { readonly type: string; readonly settings: PlainMap } | undefined;
  readonly moved: readonly Move[];
  readonly removed: readonly Removal[];
  readonly imports: readonly Import[];
}
