/** What the groups of nodes are called once they exist, by the worker's name in the definition. */
export interface WorkersRef {
  readonly auto_scaling_group_names: Readonly<Record<string, string>>;
  readonly node_role_arns: Readonly<Record<string, string>>;
}
