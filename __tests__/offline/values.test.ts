import { X509Certificate } from "node:crypto";
import { ExtData, encode } from "@msgpack/msgpack";
import { selfSigned } from "../../offline/wire/certificate";
import { procedures } from "../../offline/wire/protocol";
import { containsUnknown, decodeValue, encodeValue, UNKNOWN, Unknown, type Value } from "../../offline/wire/values";

const back = (value: Value) => decodeValue(encodeValue(value));

describe("values on the wire", () => {
  test.each<[string, Value]>([
    ["null", null],
    ["what is known only after apply", UNKNOWN],
    ["a refined unknown", new Unknown(12, new Uint8Array([0x81, 0x01, 0xc2]))],
    ["numbers around the limits of 32 bits", [2 ** 31 - 1, 2 ** 31, 2 ** 32, -(2 ** 31), -(2 ** 31) - 1]],
    [
      "numbers around the limits of exactness",
      [Number.MAX_SAFE_INTEGER, BigInt(Number.MAX_SAFE_INTEGER) + 2n, -(2n ** 63n)],
    ],
    ["fractions", [0.5, -1e300]],
    ["text", ["", "ä€😀", "x".repeat(70_000)]],
    ["a value of dynamic type", [new Uint8Array([0x22, 0x73, 0x22]), { nested: [true, false, {}] }]],
    ["a map of many", Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`k${index}`, index]))],
  ])("%s survives encoding and decoding", (_, value) => {
    expect(back(value)).toEqual(value);
  });

  test("encodes an unknown value in the bytes of Terraform", () => {
    expect(Buffer.from(encodeValue(UNKNOWN).msgpack ?? []).toString("hex")).toBe("d40000");
  });

  test("encodes an integer beyond 32 bits without loss", () => {
    expect(encodeValue(2 ** 53 - 1).msgpack?.[0]).toBe(0xcf);
  });

  test("refuses an extension that is not Terraform's", () => {
    expect(() => decodeValue({ msgpack: encode(new ExtData(5, new Uint8Array([1]))) })).toThrow("extension type 5");
  });

  test("accepts a value in JSON, and an absent value", () => {
    expect(decodeValue({ json: Buffer.from('{"a":[1]}') })).toEqual({ a: [1] });
    expect(decodeValue(null)).toBeNull();
  });

  test("finds unknown values at any depth", () => {
    expect(containsUnknown([{ a: [{ b: UNKNOWN }] }])).toBe(true);
    expect(containsUnknown([{ a: [{ b: "known" }] }])).toBe(false);
  });
});

describe("messages", () => {
  test("have the field numbers of the protocol", () => {
    const plan = procedures.find(({ name }) => name === "PlanResourceChange");
    const reply = plan?.encode({ requiresReplace: [{ steps: [{ attributeName: "a" }, { elementKeyInt: 0 }] }] });

    // requires_replace 2 { steps 1 { attribute_name 1 "a" } steps 1 { element_key_int 3: 0 } }
    expect(Buffer.from(reply ?? []).toString("hex")).toBe("12090a030a01610a021800");
  });
});

describe("the certificate of a plugin", () => {
  test("is its own authority for localhost, with any random parts", () => {
    for (let round = 0; round < 50; round += 1) {
      const { pem, der } = selfSigned();
      const read = new X509Certificate(pem);

      expect(pem).not.toContain("\n\n");
      expect(read.raw.equals(der)).toBe(true);
      expect(read.verify(read.publicKey)).toBe(true);
      expect([read.ca, read.subjectAltName]).toEqual([true, "DNS:localhost"]);
    }
  });
});
