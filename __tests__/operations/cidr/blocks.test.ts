import fc from "fast-check";
import { aligned } from "../../../language/words/cidr";
import {
  type Block,
  blockOf,
  blocksThatFit,
  blockText,
  freeBlocks,
  holds,
  inOrder,
  nextBlocks,
  outermost,
  parseBlock,
  sizeOf,
  touches,
} from "../../../operations/cidr/blocks";

const BITS = { 4: 32, 6: 128 } as const;
const lastOf = (block: Block): bigint => block.first + sizeOf(block) - 1n;

/** Blocks of one family that share their first bits, so that many nest and few are far apart. */
function near(family: 4 | 6, bits = 10): fc.Arbitrary<Block> {
  const base = family === 4 ? blockOf("10.0.0.0/8") : blockOf("2001:db8::/32");
  const offset = fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });
  return fc.tuple(offset, fc.integer({ min: 0, max: bits })).map(([number, length]) => {
    const prefix = base.prefix + length;
    const first = base.first + (number << BigInt(BITS[family] - base.prefix - bits));
    return { family, prefix, first: first - (first % sizeOf({ family, prefix })) };
  });
}

const family = fc.constantFrom(4 as const, 6 as const);
const some = family.chain((each) => fc.tuple(near(each), fc.array(near(each), { maxLength: 12 })));

describe("text", () => {
  test.each([
    ["10.0.5.7/16", "10.0.0.0/16"],
    ["10.0.5.7", "10.0.5.7/32"],
    ["255.255.255.255/0", "0.0.0.0/0"],
    ["2001:DB8:0:0::1/32", "2001:db8::/32"],
    ["2001:db8:ffff::/33", "2001:db8:8000::/33"],
    ["2001:db8::1", "2001:db8::1/128"],
    ["::1/0", "::/0"],
    ["fd00::1:0:0:1/112", "fd00::1:0:0:0/112"],
  ])("%s is the block %s", (given, expected) => {
    expect(blockText(blockOf(given))).toBe(expected);
  });

  test.each([
    "",
    "10.0.0",
    "10.0.0.256",
    "010.0.0.1",
    "0x0a.0.0.1",
    "10.0.0.0/33",
    "10.0.0.0/",
    "10.0.0.0/08",
    "10.0.0.0/-1",
    "10.0.0.0/8/8",
    "10.0.0.0 /8",
    "2001:db8::/129",
    "2001:db8::1::2",
    "fe80::1%eth0",
    "a.example.com",
  ])("refuses %j as a block", (given) => {
    expect(parseBlock(given)).toBeUndefined();
  });

  test("of a block is AWS's spelling, and means the same block", () => {
    fc.assert(
      fc.property(family.chain(near), (block) => {
        expect(blockOf(blockText(block))).toEqual(block);
        expect(aligned(blockText(block))).toBe(blockText(block));
      }),
    );
  });

  test("that is not a block is an error for text that a schema accepted", () => {
    expect(() => blockOf("10.0.0.0/33")).toThrow('"10.0.0.0/33" is not an address or a CIDR block');
  });
});

describe("two blocks", () => {
  test("hold and touch each other by their first and last addresses", () => {
    fc.assert(
      fc.property(
        family.chain((each) => fc.tuple(near(each), near(each))),
        ([a, b]) => {
          expect(holds(a, b)).toBe(a.first <= b.first && lastOf(b) <= lastOf(a));
          expect(touches(a, b)).toBe(a.first <= lastOf(b) && b.first <= lastOf(a));
        },
      ),
    );
  });

  test("of two families share nothing", () => {
    expect(touches(blockOf("0.0.0.0/0"), blockOf("::/0"))).toBe(false);
    expect(holds(blockOf("::/0"), blockOf("0.0.0.0/0"))).toBe(false);
  });

  test("are ordered by family, address, and the larger first", () => {
    const texts = ["::/0", "10.2.0.0/16", "10.0.0.0/24", "9.0.0.0/8", "10.0.0.0/16"];

    expect(texts.map(blockOf).sort(inOrder).map(blockText)).toEqual([
      "9.0.0.0/8",
      "10.0.0.0/16",
      "10.0.0.0/24",
      "10.2.0.0/16",
      "::/0",
    ]);
  });
});

test("the outermost blocks of a list cover the same addresses, and none is in another", () => {
  fc.assert(
    fc.property(
      family.chain((each) => fc.array(near(each), { maxLength: 12 })),
      (blocks) => {
        const kept = outermost(blocks);
        for (const block of blocks) expect(kept.filter((each) => holds(each, block))).toHaveLength(1);
        for (const block of kept) expect(kept.filter((each) => touches(each, block))).toEqual([block]);
      },
    ),
  );
});

describe("free space", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["10.0.0.0/16", [], ["10.0.0.0/16"]],
    ["10.0.0.0/16", ["10.1.0.0/16"], ["10.0.0.0/16"]],
    ["10.0.0.0/16", ["10.0.0.0/8"], []],
    ["10.0.0.0/16", ["10.0.0.0/16"], []],
    ["10.0.0.0/16", ["10.0.64.0/18", "10.0.64.0/20"], ["10.0.0.0/18", "10.0.128.0/17"]],
    ["10.0.0.0/30", ["10.0.0.1/32", "10.0.0.2/31"], ["10.0.0.0/32"]],
    ["2001:db8::/32", ["2001:db8:8000::/34"], ["2001:db8::/33", "2001:db8:c000::/34"]],
  ])("of %s without %j is %j", (block, used, free) => {
    expect(freeBlocks(blockOf(block), used.map(blockOf)).map(blockText)).toEqual(free);
  });

  test("and used space are the whole block, and share no address", () => {
    fc.assert(
      fc.property(some, ([pool, used]) => {
        const free = freeBlocks(pool, used);
        const inside = outermost(used.filter((block) => touches(block, pool)));
        const taken = inside.some((block) => holds(block, pool)) ? [pool] : inside;
        const total = [...free, ...taken].reduce((sum, block) => sum + sizeOf(block), 0n);
        expect(total).toBe(sizeOf(pool));
        for (const block of free) {
          expect(holds(pool, block)).toBe(true);
          expect([...used, ...free].filter((each) => touches(each, block))).toEqual([block]);
        }
      }),
    );
  });

  test("is in blocks as large as they can be, in order", () => {
    fc.assert(
      fc.property(some, ([pool, used]) => {
        const free = freeBlocks(pool, used);
        expect([...free].sort(inOrder)).toEqual(free);
        for (const block of free) {
          const twice = parseBlock(blockText({ ...block, prefix: block.prefix - 1 }));
          const larger = block.prefix === pool.prefix ? undefined : twice;
          if (larger !== undefined) expect(used.some((each) => touches(each, larger))).toBe(true);
        }
      }),
    );
  });

  test("has as many blocks of a size as can be listed, and no more", () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: 12 }), ([pool, used], further) => {
        const free = freeBlocks(pool, used);
        const prefix = pool.prefix + further;
        const count = blocksThatFit(free, prefix);
        fc.pre(count <= 4096);
        const listed = nextBlocks(free, prefix, 5000);
        expect(listed).toHaveLength(count);
        expect(outermost(listed)).toEqual(listed);
        expect(listed.filter((block) => used.some((each) => touches(each, block)))).toEqual([]);
      }),
    );
  });

  test("lists the next blocks across free blocks that are large enough, up to a number", () => {
    const free = ["10.0.0.0/17", "10.1.0.0/16", "10.4.0.0/15"].map(blockOf);

    expect(nextBlocks(free, 16, 2).map(blockText)).toEqual(["10.1.0.0/16", "10.4.0.0/16"]);
    expect(nextBlocks(free, 16, 9).map(blockText)).toEqual(["10.1.0.0/16", "10.4.0.0/16", "10.5.0.0/16"]);
    expect(nextBlocks(free, 14, 9)).toEqual([]);
    expect(blocksThatFit(free, 16)).toBe(3);
    expect(blocksThatFit(free, 17)).toBe(7);
  });
});
