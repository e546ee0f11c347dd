/** Names of the groups of nodes in AWS, by the worker's name in the definition. */
export interface WorkersRef {
  readonly auto_scaling_group_names: Readonly<Record<string, string>>;
  readonly node_role_arns: Readonly<Record<string, string>>;
}
