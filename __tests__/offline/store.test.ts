import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Store } from "../../offline/store/store";
import { scratchDirectory } from "./support/program";

const scratch = scratchDirectory();
const store = new Store(join(scratch.path, "store"));
const place = (key: string) => ({ scope: ["aws", "111122223333", "eu-west-1"], type: "aws_vpc", key });

afterAll(() => scratch.remove());

describe("the store", () => {
  test("keeps one readable file for each object, with all its values", () => {
    const state = { id: "vpc-1", big: 2n ** 60n, typed: [new Uint8Array([34, 115, 34]), "x"], none: null };

    expect(store.create(place("vpc-1"), state)).toBe(true);
    expect(store.read(place("vpc-1"))?.state).toEqual(state);
    const file = join(store.directory, "objects/aws/111122223333/eu-west-1/aws_vpc/vpc-1.json");
    expect(JSON.parse(readFileSync(file, "utf8")).state.id).toBe("vpc-1");
  });

  test("gives a place to the first object only", () => {
    expect(store.create(place("vpc-1"), { id: "another" })).toBe(false);
    expect(store.only("aws_vpc").state["id"]).toBe("vpc-1");
  });

  test.each(["a/b:c", "..", ".hidden", "%2F", "ä", `${"x".repeat(300)}1`, `${"x".repeat(300)}2`])(
    "takes the key %j",
    (key) => {
      expect(store.create(place(key), { key })).toBe(true);
      expect(store.read(place(key))?.state).toEqual({ key });
      store.remove({ place: place(key) });
      expect(store.read(place(key))).toBeUndefined();
    },
  );

  test("finds the only object with some attributes, and throws if there are none or more", () => {
    store.create(place("vpc-2"), { id: "vpc-2" });

    expect(store.only("aws_vpc", { id: "vpc-2" }).place.key).toBe("vpc-2");
    expect(() => store.only("aws_vpc")).toThrow("expected one aws_vpc with {} in the store, but found 2");
    expect(() => store.only("aws_vpc", { id: "vpc-3" })).toThrow("but found 0");
  });

  test("names the file that is not JSON", () => {
    const file = join(store.directory, "objects/aws/111122223333/eu-west-1/aws_vpc/vpc-2.json");
    writeFileSync(file, "{");

    expect(() => store.read(place("vpc-2"))).toThrow(`${file} is not JSON`);
    store.remove({ place: place("vpc-2") });
  });

  test("removes empty folders", () => {
    store.remove({ place: place("vpc-1") });

    expect(store.objects()).toEqual([]);
    expect(readdirSync(store.directory)).toEqual([]);
  });

  test("counts each name separately", () => {
    expect([store.count("a"), store.count("a"), store.count("b"), store.count("a")]).toEqual([1, 2, 1, 3]);
  });
});
