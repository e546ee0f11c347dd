/** A type in Terraform's notation, as in `terraform providers schema -json`. */
export type ValueType =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list" | "set" | "map", ValueType]
  | readonly ["object", Readonly<Record<string, ValueType>>];

/** Collection of a nested block or attribute. */
export type Nesting = "single" | "list" | "set" | "map";

/** An attribute with a type or, in providers with the plugin framework, with nested attributes. */
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

/** Arguments and nested blocks of a resource, a data source or a provider. */
export interface Block {
  attributes: Record<string, Attribute>;
  blocks: Record<string, NestedBlock>;
}

/** Simulated providers. */
export const PROVIDERS = ["aws", "kubernetes", "helm"] as const;

/** Name of a simulated provider. */
export type ProviderName = (typeof PROVIDERS)[number];

/** Schema of one provider for Terraform, limited to the types in use. */
export interface ProviderSchema {
  provider: ProviderName;
  /** Release from which the bindings were generated. */
  version: string;
  config: Block;
  resources: Record<string, Block>;
  dataSources: Record<string, Block>;
}
