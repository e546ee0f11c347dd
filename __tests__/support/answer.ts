import Ajv from "ajv";
import { answerSchema } from "../../cli/answer-schema";

/** Returns what in a command's answer its schema does not describe; null if there is nothing. */
export function wrongInAnswer(command: string, stdout: string): unknown {
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
  const validate = ajv.compile(answerSchema(command, { strict: true }));
  validate(JSON.parse(stdout));
  return validate.errors ?? null;
}
