import fc from "fast-check";
import {
  addressAt,
  aligned,
  blockWithin,
  compareBlocks,
  contains,
  firstFree,
  overlaps,
  prefixLength,
} from "../../../language/words/cidr";

const octet = fc.integer({ min: 0, max: 255 });
const cidr = fc
  .tuple(octet, octet, octet, octet, fc.integer({ min: 0, max: 32 }))
  .map(([a, b, c, d, prefix]) => `${a}.${b}.${c}.${d}/${prefix}`);
const block = cidr.map(aligned);

/** First and last address of a block, the slow and certain way. */
function bounds(text: string): [bigint, bigint] {
  const [address = "", prefix = "0"] = text.split("/");
  const number = address.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const host = (1n << BigInt(32 - Number(prefix))) - 1n;
  return [number & ~host, number | host];
}

describe("blocks", () => {
  test("begin at the first address of the block", () => {
    expect(aligned("10.0.5.7/16")).toBe("10.0.0.0/16");
    expect(aligned("255.255.255.255/0")).toBe("0.0.0.0/0");
    expect(aligned("192.0.2.1/32")).toBe("192.0.2.1/32");
    fc.assert(fc.property(cidr, (text) => bounds(aligned(text))[0] === bounds(text)[0]));
    fc.assert(fc.property(block, (text) => aligned(text) === text));
  });

  test.each([
    ["2001:db8::/32", "2001:db8::/32"],
    ["2001:DB8:0:0::1/32", "2001:db8::/32"],
    ["2001:db8:ffff::/33", "2001:db8:8000::/33"],
    ["2001:db8:1:2:3:4:5:6/128", "2001:db8:1:2:3:4:5:6/128"],
    ["fd00:0:0:1::/64", "fd00:0:0:1::/64"],
    ["::1/0", "::/0"],
  ])("the IPv6 block %s is written as %s", (given, expected) => {
    expect(aligned(given)).toBe(expected);
  });

  test("overlap if they share an address", () => {
    fc.assert(
      fc.property(cidr, cidr, (a, b) => {
        const [[a1, a2], [b1, b2]] = [bounds(a), bounds(b)];
        expect(overlaps(a, b)).toBe(a1 <= b2 && b1 <= a2);
        expect(contains(a, b)).toBe(a1 <= b1 && b2 <= a2);
      }),
    );
    expect(overlaps("10.0.0.0/16", "10.0.255.0/24")).toBe(true);
    expect(overlaps("10.0.0.0/16", "10.1.0.0/24")).toBe(false);
    expect(contains("10.0.0.0/24", "10.0.0.0/16")).toBe(false);
  });

  test("are ordered by address, then the larger first", () => {
    expect(["10.2.0.0/16", "10.0.0.0/24", "9.0.0.0/8", "10.0.0.0/16"].sort(compareBlocks)).toEqual([
      "9.0.0.0/8",
      "10.0.0.0/16",
      "10.0.0.0/24",
      "10.2.0.0/16",
    ]);
  });

  test("number their sub-blocks from the start", () => {
    expect(blockWithin("10.0.0.0/16", 20, 0)).toBe("10.0.0.0/20");
    expect(blockWithin("10.0.0.0/16", 20, 15)).toBe("10.0.240.0/20");
    expect(blockWithin("10.0.0.0/16", 20, 16)).toBeUndefined();
    expect(blockWithin("10.0.0.0/16", 8, 0)).toBeUndefined();
  });

  test("number their addresses from the start", () => {
    expect(addressAt("172.20.0.0/16", 0)).toBe("172.20.0.0");
    expect(addressAt("172.20.0.0/16", 10)).toBe("172.20.0.10");
    expect(addressAt("172.20.0.0/16", 300)).toBe("172.20.1.44");
  });

  test("have the size of their prefix length", () => {
    expect(prefixLength("10.0.0.0/8")).toBe(8);
  });
});

describe("the first free block", () => {
  test("is the lowest block that overlaps no used block", () => {
    expect(firstFree(["10.0.0.0/14"], 16, ["10.0.0.0/16", "10.1.128.0/20"])).toBe("10.2.0.0/16");
    expect(firstFree(["10.0.0.0/16", "10.9.0.0/16"], 16, ["10.0.0.0/24"])).toBe("10.9.0.0/16");
  });

  test("is undefined if the pools are full, too small or missing", () => {
    expect(firstFree(["10.0.0.0/16"], 16, ["10.0.0.0/16"])).toBeUndefined();
    expect(firstFree(["10.0.0.0/24"], 16, [])).toBeUndefined();
    expect(firstFree([], 16, [])).toBeUndefined();
  });
});
