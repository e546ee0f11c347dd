import data from "./data/terraform-permissions.json";

/** Actions that Terraform needs for a type of resource or data source. */
export interface TypePermissions {
  /** For a plan. */
  readonly read: readonly string[];
  /** To create and to update. */
  readonly write: readonly string[];
  /** To destroy, and for updates that remove something. */
  readonly delete: readonly string[];
  readonly sources: readonly string[];
}

/** Type, such as `aws_vpc` or `data.aws_vpc` -> the actions that it needs. */
export const TERRAFORM_PERMISSIONS: Readonly<Record<string, TypePermissions>> = data.types;
