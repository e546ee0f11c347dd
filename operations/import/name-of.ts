/** Returns a name for an item that has an ARN only: its last part, in the letters that names have here. */
export function nameOf(text: string, taken: Set<string>, longest = 31): string {
  const last = text.split("/").at(-1) ?? text;
  const words = last
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[^a-z0-9]/)
    .filter((word) => word !== "");
  const first = words.findIndex((word) => /^[a-z]/.test(word));
  const shortened = words
    .slice(Math.max(first, 0))
    .join("-")
    .slice(0, longest - 3);
  const plain = first === -1 ? "" : shortened.endsWith("-") ? shortened.slice(0, -1) : shortened;
  const base = plain === "" ? "entry" : plain;
  const name = taken.has(base) ? numbered(base, taken) : base;
  taken.add(name);
  return name;
}

function numbered(base: string, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number += 1) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`;
}
