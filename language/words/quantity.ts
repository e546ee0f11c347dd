import { ownValue } from "../plain-map";

/** Units of bytes in quantities of Kubernetes; none is bytes, and m is thousandths of a byte. */
const BYTES: Readonly<Record<string, number>> = {
  ...{ m: 1e-3, "": 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 },
};

/** Returns the bytes of a quantity such as `1.5Gi`; undefined for other text. */
export function bytesOf(quantity: string): number | undefined {
  const [, number = "", unit = ""] = quantity.match(/^(\d{1,15}(?:\.\d{1,9})?)([A-Za-z]{0,2})$/) ?? [];
  const factor = ownValue(BYTES, unit);
  return number === "" || factor === undefined ? undefined : Number(number) * factor;
}

/** Returns thousandths of a CPU from a quantity such as `500m` or `0.5`; undefined for other text. */
export function millicpusOf(quantity: string): number | undefined {
  const [, number = "", unit = ""] = quantity.match(/^(\d{1,15}(?:\.\d{1,9})?)(m?)$/) ?? [];
  return number === "" ? undefined : Number(number) * (unit === "m" ? 1 : 1000);
}
