import { visible } from "../../language/problem";

const LONGEST = 80;

/** Returns a text for a message: without characters that a terminal obeys, and not too long. */
export function shortened(text: string, most = LONGEST): string {
  const letters = [...visible(text)];
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : letters.join("");
}
