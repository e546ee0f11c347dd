/** A type in Terraform's own notation, as `terraform providers schema -json` writes it. */
export type ValueType =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list" | "set" | "map", ValueType]
  | readonly ["object", Readonly<Record<string, ValueType>>];

/** How many of a nested block or attribute there are, and how they are told apart. */
export type Nesting = "single" | "list" | "set" | "map";

/** An attribute has a type, or, in providers built on the plugin framework, nested attributes. */
export interface Attribute {
  type?: ValueType;
  nested?: { readonly nesting: Nesting; readonly attributes: Record<string, Attribute> };
  required?: boolean;
  optional?: boolean;
  computed?: boolean;
  sensitive?: boolean;
  writeOnly?: boolean;
}

/** A block inside a block. */
export interface NestedBlock {
  nesting: Nesting;
  minItems?: number;
  maxItems?: number;
  block: Block;
}

/** The arguments and nested blocks of a resource, a data source or a provider. */
export interface Block {
  attributes: Record<string, Attribute>;
  blocks: Record<string, NestedBlock>;
}

/** The providers that are played. */
export const PROVIDERS = ["aws", "kubernetes", "helm"] as const;

/** The name of a provider that is played. */
export type ProviderName = (typeof PROVIDERS)[number];

/** All that is told to Terraform of one provider, limited to the types in use. */
export interface ProviderSchema {
  provider: ProviderName;
  /** The release the bindings were generated from. */
  version: string;
  config: Block;
  resources: Record<string, Block>;
  dataSources: Record<string, Block>;
}
