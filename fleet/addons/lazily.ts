/** Returns an object whose values are computed when they are read, each once. */
export function lazily<Value extends object>(values: { readonly [Key in keyof Value]: () => Value[Key] }): Value {
  const object: Partial<Value> = {};
  for (const key of Object.keys(values) as (keyof Value)[]) {
    Object.defineProperty(object, key, {
      enumerable: true,
      configurable: true,
      get: () => {
        const value = values[key]();
        Object.defineProperty(object, key, { enumerable: true, value });
        return value;
      },
    });
  }
  return object as Value;
}
