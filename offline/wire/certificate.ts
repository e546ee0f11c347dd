import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** A certificate in its two forms, with its key. */
export interface Certificate {
  readonly der: Buffer;
  readonly pem: string;
  readonly key: string;
}

function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const sequence = (...parts: Buffer[]) => element(0x30, ...parts);
const setOf = (...parts: Buffer[]) => element(0x31, ...parts);
const context = (number: number, ...parts: Buffer[]) => element(0xa0 + number, ...parts);
const bits = (bytes: Buffer, unused = 0) => element(0x03, Buffer.from([unused]), bytes);
const TRUE = element(0x01, Buffer.from([0xff]));

function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const groups = [part & 127];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 127) | 128);
    bytes.push(...groups);
  }
  return element(0x06, Buffer.from(bytes));
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return sequence(objectId(id), ...(critical ? [TRUE] : []), element(0x04, value));
}

function time(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replace(/[-:T]/g, "").slice(2, 14);
  return element(0x17, Buffer.from(`${digits}Z`));
}

const HOUR = 3_600_000;
const ECDSA_SHA256 = "1.2.840.10045.4.3.2";

/**
 * Returns a certificate for one run of a plugin, valid for 1 day. It is its own authority, as go-plugin's AutoMTLS requires. The
 * code is here because Node can sign but not create certificates, and one fixed form of certificate does not justify a package.
 */
export function selfSigned(name = "localhost"): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const algorithm = sequence(objectId(ECDSA_SHA256));
  const subject = sequence(setOf(sequence(objectId("2.5.4.3"), element(0x0c, Buffer.from(name)))));
  // The first byte keeps the number positive and without a leading zero, because DER allows the shortest form only.
  const serial = element(0x02, Buffer.concat([Buffer.from([0x4d]), randomBytes(15)]));
  const now = Date.now();
  const body = sequence(
    context(0, element(0x02, Buffer.from([2]))),
    serial,
    algorithm,
    subject,
    sequence(time(now - HOUR), time(now + 24 * HOUR)),
    subject,
    publicKey.export({ type: "spki", format: "der" }),
    context(
      3,
      sequence(
        extension("2.5.29.19", true, sequence(TRUE)), // basicConstraints: a CA
        extension("2.5.29.15", true, bits(Buffer.from([0b10101100]), 2)), // signature, encipherment, agreement, certSign
        extension("2.5.29.37", false, sequence(objectId("1.3.6.1.5.5.7.3.1"), objectId("1.3.6.1.5.5.7.3.2"))),
        extension("2.5.29.17", false, sequence(element(0x82, Buffer.from(name)))),
      ),
    ),
  );
  const der = sequence(body, algorithm, bits(sign("sha256", body, privateKey)));
  // Splitting avoids the empty last line that a line break after every 64 characters can leave, which OpenSSL refuses.
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  const pem = ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
  return { der, pem, key: privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
}
