/** An object with a tag that changes with its content. */
export interface Content {
  readonly text: string;
  readonly tag: string;
}

/** A store of small objects. Every write is a comparison with what is there: two writers at the same instant cannot both succeed. */
export interface ObjectStore {
  /** As people write it. */
  readonly location: string;
  /** Returns undefined if there is no such object. */
  read(key: string): Promise<Content | undefined>;
  /** Creates an object. Returns false and changes nothing if the key exists. */
  create(key: string, text: string): Promise<boolean>;
  /** Replaces the object that has the tag, or creates it if the tag is null; false if it is another one by now. */
  swap(key: string, text: string, tag: string | null): Promise<boolean>;
  /** Returns the keys with a prefix that come after a key, in their order. */
  list(prefix: string, after: string): Promise<readonly string[]>;
}
