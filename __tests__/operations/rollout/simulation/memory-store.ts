import type { Content, ObjectStore } from "../../../../operations/rollout/stores/object-store";

/** A store in memory, in which two writers can meet between any two steps. */
export class MemoryStore implements ObjectStore {
  readonly location = "memory";
  private readonly objects = new Map<string, string>();
  /** In the order in which they were created, which is that of the keys of a log. */
  private readonly keys: string[] = [];

  async read(key: string): Promise<Content | undefined> {
    const text = this.objects.get(key);
    return text === undefined ? undefined : { text, tag: text };
  }

  async create(key: string, text: string): Promise<boolean> {
    await null;
    if (this.objects.has(key)) return false;
    this.objects.set(key, text);
    this.keys.push(key);
    return true;
  }

  async swap(key: string, text: string, tag: string | null): Promise<boolean> {
    await null;
    if ((this.objects.get(key) ?? null) !== tag) return false;
    this.objects.set(key, text);
    return true;
  }

  async list(prefix: string, after: string): Promise<readonly string[]> {
    const first = this.keys.findLastIndex((key) => key <= after) + 1;
    return this.keys.slice(first).filter((key) => key.startsWith(prefix));
  }
}
