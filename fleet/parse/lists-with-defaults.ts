/** Lists of `tfvars` whose items inherit defaults from another key. */
export const LISTS_WITH_DEFAULTS = [
  { list: "workers", defaults: "worker_defaults" },
  { list: "node_pools", defaults: "node_pool_defaults" },
  { list: "extra_charts", defaults: "extra_chart_defaults" },
] as const;
