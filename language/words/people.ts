import { z } from "zod";

/** A person who is responsible: a name or an address. */
export const person = z
  .string()
  .trim()
  .min(2)
  .max(200)
  .meta({ examples: ["Kim Doe", "kim@example.com"] });

/** Why a person decided something. Later readers need more than a word. */
export const reason = (least = 10) => z.string().trim().min(least).max(500);
