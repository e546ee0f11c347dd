const REASONS: Readonly<Record<string, string>> = {
  EACCES: "cannot be accessed: permission denied. Check its permissions, or name another path",
  EISDIR: "is a folder. Name a file",
  ELOOP: "is a link that leads back to itself. Name another path",
  ENAMETOOLONG: "is longer than the file system allows. Use a shorter name",
  ENOENT: "does not exist. Check its spelling, and the folder in which the command runs",
  ENOSPC: "cannot be written: no space is left. Free some space, and run the command again",
  ENOTDIR: "is below a file instead of a folder. Check its spelling",
  EPERM: "cannot be accessed: permission denied. Check its permissions, or name another path",
  EROFS: "cannot be written: the file system is read-only. Name another folder",
};

/**
 * Returns an error of the file system in words; undefined for other errors.
 *
 * @param of the path that was used, which the error of a read does not contain
 */
export function systemErrorText(error: unknown, of?: string): string | undefined {
  const { code, path = of, syscall } = (error ?? {}) as { readonly [key: string]: unknown };
  if (typeof syscall !== "string" || typeof path !== "string") return undefined;
  const reason = REASONS[String(code)];
  return reason && `${path} ${reason}`;
}
