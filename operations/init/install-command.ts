/** Lock file, or file of a workspace -> package manager. */
const LOCK_FILES = {
  "pnpm-workspace.yaml": "pnpm",
  "pnpm-lock.yaml": "pnpm",
  "yarn.lock": "yarn",
  "package-lock.json": "npm",
} as const;

/**
 * Returns the command that installs the packages of a folder, by its lock file, or else by the package manager that started the program.
 *
 * @param agent npm_config_user_agent, such as "pnpm/10.0.0 npm/? node/v20.20.2 linux x64"
 */
export function installCommand(entries: readonly string[], agent: string | undefined): string {
  const [, locked] = Object.entries(LOCK_FILES).find(([file]) => entries.includes(file)) ?? [];
  const [, started] = agent?.match(/^(pnpm|yarn)\//) ?? [];
  return `${locked ?? started ?? "npm"} install`;
}
